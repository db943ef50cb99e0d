"""The catalogues that voters read from: whole, and true to the Dutch in all that can be counted."""

import re

import polib
import pytest
from django.conf import settings

from tests.languages.catalogues import LOCALE, PLURALS, compiled, metadata, source
from tests.languages.collecting import collect
from tests.languages.faults import faults

each_language = pytest.mark.parametrize("language", sorted(PLURALS))


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(source(language)))


def test_there_is_a_catalogue_for_every_language_but_dutch() -> None:
    assert [LOCALE] == settings.LOCALE_PATHS
    assert {"nl", *PLURALS} == {code for code, _ in settings.LANGUAGES}


@each_language
def test_what_python_reads_is_what_people_translated(language: str) -> None:
    """`make messages` compiles them."""
    assert compiled(language).read_bytes() == catalogue(language).to_binary()


@each_language
def test_head_of_a_catalogue_never_changes(language: str) -> None:
    assert catalogue(language).metadata == metadata(language)


@each_language
def test_translations_fill_in_the_same_and_hold_the_same_html(language: str) -> None:
    wrong = {
        entry.msgid: found
        for entry in catalogue(language).translated_entries()
        if (found := faults(entry, PLURALS[language]))
    }
    assert wrong == {}


@each_language
def test_everything_is_translated_and_looked_at(language: str) -> None:
    entries = catalogue(language)
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert entries.obsolete_entries() == []


@pytest.mark.usefixtures("gettext")
@each_language
def test_no_text_is_forgotten(language: str) -> None:
    """`make messages` collects them."""

    def known(entries: polib.POFile) -> set[tuple[str, ...]]:
        return {(each.msgctxt or "", each.msgid, each.msgid_plural) for each in entries}

    assert known(catalogue(language)) == known(collect(LOCALE.parents[1]))


def singular(text: str, translation: str) -> polib.POEntry:
    return polib.POEntry(msgid=text, msgstr=translation)


def plural(text: str, many: str, *forms: str) -> polib.POEntry:
    return polib.POEntry(msgid=text, msgid_plural=many, msgstr_plural=dict(enumerate(forms)))


@pytest.mark.parametrize(
    ("language", "entry"),
    [
        ("en", singular("Stelling", "Statement")),
        ("en", singular("%(a)s en {b} <br>\n", "<br>{b} and %(a)s\n")),
        ("en", plural("Eén partij", "%(n)s partijen", "One party", "%(n)s parties")),
        ("uk", plural("%(n)s partij", "%(n)s partijen", *["%(n)s партій"] * 3)),
        ("ar", plural("%(n)s stap", "%(n)s stappen", "%(n)s", *["خطوة"] * 2, *["%(n)s"] * 3)),
        ("ar", plural("Eén partij", "%(n)s partijen", *["حزب"] * 3, *["%(n)s حزب"] * 3)),
    ],
)
def test_faithful_translation_passes(language: str, entry: polib.POEntry) -> None:
    assert faults(entry, PLURALS[language]) == []


@pytest.mark.parametrize(
    ("language", "entry", "says"),
    [
        ("en", singular("Van %(party)s", "Of %(partij)s"), "fills in"),
        ("en", singular("Van {party}", "Of the party"), "fills in"),
        ("en", singular("%(n)s%% eens", "%(n)s% agree"), "fills in"),
        ("ar", singular("<b>Ja</b>", "<b>نعم<b>"), "other HTML"),
        ("ar", singular("Ja&nbsp;nee", "نعم لا"), "other HTML"),
        ("tr", singular("Ja ", "Evet"), "other space"),
        ("tr", singular("Ja", "\nEvet"), "other space"),
        ("uk", plural("%(n)s partij", "%(n)s partijen", "%(n)s партія", "%(n)s партії"), "needs 3"),
        ("ar", plural("%(n)s partij", "%(n)s partijen", *["%(n)s حزب"] * 5, ""), "needs 6"),
        ("uk", plural("Eén partij", "%(n)s partijen", "одна партія", *["%(n)s"] * 2), "form 0"),
        ("en", plural("Eén partij", "%(n)s partijen", "One party", "Parties"), "form 1"),
    ],
)
def test_unfaithful_translation_is_said(language: str, entry: polib.POEntry, says: str) -> None:
    assert says in " ".join(faults(entry, PLURALS[language]))


# What was said in two ways, or says something else than is meant; "wa" stands apart from no word.
OUTWORN = {
    "ar": r"ودّ|مجلس البلدية|جهازنا|الكمبيوتر|(^| )و [A-Za-z%]|من أصل %\(\w+\)s من ال",
    "en": r"^Friendliness$",
    "tr": r"^Dostluk$|doldurursa|ifadeden %",
}


@pytest.mark.parametrize("language", OUTWORN)
def test_one_thing_has_one_name(language: str) -> None:
    said = [
        text
        for entry in catalogue(language)
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if re.search(OUTWORN[language], text)
    ]
    assert said == []
