"""What is wrapped is found, and comes into the catalogues without undoing what is translated."""

import gettext as reader
from pathlib import Path

import polib
import pytest

from tests.languages.catalogues import compiled, source, update
from tests.languages.collecting import collect

pytestmark = pytest.mark.usefixtures("gettext")

TEMPLATE = """
{% load i18n %}<h1>{% translate "Vorige stelling" %}</h1>
{% gap "choice" as choice %}{% blocktranslate trimmed %}
  Jij kiest: <strong>{{ choice }}</strong>
{% endblocktranslate %}
{% blocktranslate trimmed count number=parties|length with town=place %}
  Eén partij in {{ town }}
{% plural %}
  {{ number }} partijen in {{ town }}
{% endblocktranslate %}
"""
CODE = """
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LABEL = gettext_lazy("Helemaal mee eens")

def of(count: int) -> str:
    return _("Nog {left} te gaan").format(left=ngettext("%(n)s vraag", "%(n)s vragen", count))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A product with one template and one module."""
    for name, text in {"templates/quiz/a.html": TEMPLATE, "stemhulp/quiz/b.py": CODE}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
    return tmp_path


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    return tmp_path / "locale"


def by_text(catalogue: polib.POFile) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in catalogue}


def translate(language: str, locale: Path, text: str, *translations: str) -> None:
    """As a translator does it, in the file."""
    catalogue = polib.pofile(str(source(language, locale)), wrapwidth=0)
    entry = by_text(catalogue)[text]
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(translations))
    else:
        [entry.msgstr] = translations
    catalogue.save()


def test_every_wrapped_text_is_found_with_the_file_it_stands_in(root: Path) -> None:
    found = {entry.msgid: (entry.msgid_plural, entry.occurrences) for entry in collect(root)}
    template, code = [("templates/quiz/a.html", "")], [("stemhulp/quiz/b.py", "")]
    assert found == {
        "Vorige stelling": ("", template),
        "Jij kiest: <strong>%(choice)s</strong>": ("", template),
        "Eén partij in %(town)s": ("%(number)s partijen in %(town)s", template),
        "Helemaal mee eens": ("", code),
        "Nog {left} te gaan": ("", code),
        "%(n)s vraag": ("%(n)s vragen", code),
    }


def test_template_that_cannot_be_translated_is_named(root: Path) -> None:
    (root / "templates/quiz/a.html").write_text(
        "{% blocktranslate %}Jij kiest {% gap 'choice' %}{% endblocktranslate %}"
    )
    with pytest.raises(SyntaxError, match=r"templates/quiz/a\.html"):
        collect(root)


def test_update_changes_nothing_when_nothing_changed(root: Path, locale: Path) -> None:
    update("ar", collect(root), locale)
    translate("ar", locale, "Vorige stelling", "العبارة السابقة")
    update("ar", collect(root), locale)
    before = source("ar", locale).read_bytes(), compiled("ar", locale).read_bytes()
    update("ar", collect(root), locale)
    assert (source("ar", locale).read_bytes(), compiled("ar", locale).read_bytes()) == before


def test_python_reads_what_was_translated(root: Path, locale: Path) -> None:
    update("uk", collect(root), locale)
    translate("uk", locale, "Vorige stelling", "Попереднє твердження")
    translate("uk", locale, "%(n)s vraag", "%(n)s питання", "%(n)s питання", "%(n)s питань")
    update("uk", collect(root), locale)
    with compiled("uk", locale).open("rb") as file:
        read = reader.GNUTranslations(file)
    assert read.gettext("Vorige stelling") == "Попереднє твердження"
    assert read.ngettext("%(n)s vraag", "%(n)s vragen", 25) == "%(n)s питань"
    assert read.gettext("Helemaal mee eens") == "Helemaal mee eens"  # not translated yet


def test_changed_text_keeps_its_translation_for_a_person_to_look_at(
    root: Path, locale: Path
) -> None:
    update("en", collect(root), locale)
    translate("en", locale, "Helemaal mee eens", "Completely agree")
    (root / "stemhulp/quiz/b.py").write_text(
        CODE.replace("Helemaal mee eens", "Helemaal mee eens!")
    )
    entry = by_text(update("en", collect(root), locale))["Helemaal mee eens!"]
    assert (entry.fuzzy, entry.msgstr) == (True, "Completely agree")
    with compiled("en", locale).open("rb") as file:
        read = reader.GNUTranslations(file)
    assert read.gettext("Helemaal mee eens!") == "Helemaal mee eens!"  # not shown until then


def test_text_that_is_gone_leaves_the_catalogue(root: Path, locale: Path) -> None:
    update("tr", collect(root), locale)
    translate("tr", locale, "Helemaal mee eens", "Tamamen katılıyorum")
    (root / "stemhulp/quiz/b.py").unlink()
    update("tr", collect(root), locale)
    assert "Tamamen" not in source("tr", locale).read_text()
