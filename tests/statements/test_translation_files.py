"""Our texts in other languages, from the files beside the Dutch: whole, fresh, and never forced."""

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django.fixtures import Settings

from parties.importers.tables import FixtureError, read_toml
from parties.models import Election, Event, User
from statements import translations
from statements.importers.content import load_content
from statements.importers.statements import Loaded, load_statements
from statements.models import Feature, Statement, Term, Theme, Translation
from statements.translations import Published, digest, feature_texts, statement_texts, theme_texts
from tests.curation.staff import KEY
from tests.parties.mistakes import Mistake, change, contents

pytestmark = pytest.mark.django_db
FILES = {
    "statements/gr2022": "statement",
    "statements/themes": "theme",
    "statements/glossary": "term",
    "content": "feature",
}
STATEMENT, ENGLISH = "[[statement]]", "gr2022.en.toml"
DUTCH_TEXT = 'text = "De gemeente moet kleine opvanglocaties'
ENGLISH_TEXT = 'text = "The municipality should make small reception centres'
KHALED = "khaled-natuurkunde"


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A copy of the statements, themes and glossary, with what lies beside them."""
    return Path(shutil.copytree(data / "statements", tmp_path / "statements"))


@pytest.fixture
def content(data: Path, tmp_path: Path) -> Path:
    """A copy of what is told beside the statements, with its English."""
    shutil.copy(data / "content.en.toml", tmp_path)
    return Path(shutil.copy(data / "content.toml", tmp_path))


def load(folder: Path) -> Loaded:
    election = Election.objects.get(slug="gr2022")
    return load_statements(election, folder, folder / "gr2022.toml", timezone.now())


def said(command: str, *arguments: str, **options: Any) -> str:
    output = io.StringIO()
    call_command(command, *arguments, stdout=output, **options)
    return output.getvalue()


def statement() -> Statement:
    return Statement.objects.get(key=KEY, election__slug="gr2022")


def row(subject: str = "") -> Translation:
    return Translation.objects.get(language="en", subject=subject or f"statement:{statement().pk}")


def fresh() -> Any:
    """What of the statement would be published in English; None when nothing is."""
    found = statement()
    dutch = statement_texts(found, list(found.backgrounds.all()))
    subject = f"statement:{found.pk}"
    return Published({subject: dutch}).of(subject).get("en")


def taken_over(subject: str = "", **values: Any) -> User:
    """Someone changes a translation in the browser."""
    nina = User.objects.create_user("nina@example.nl", "Nina")
    texts = row(subject).texts | {"text": "Ours."}
    changes = {"texts": texts, "written_by": nina, "reviewed_at": None} | values
    Translation.objects.filter(pk=row(subject).pk).update(**changes)
    return nina


# What the repository holds


def texts_of(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text of an entry with its name, those of its backgrounds too."""
    for name, value in entry.items():
        if name in translations.STATEMENT_TEXTS or name in {
            *translations.THEME_TEXTS,
            *translations.TERM_TEXTS,
            *translations.FEATURE_TEXTS,
        }:
            yield name, value
    for order, background in enumerate(entry.get("background", ()), 1):
        yield f"background-{order}", background["text"]


@pytest.mark.parametrize(("name", "head"), FILES.items())
def test_everything_that_is_said_in_dutch_is_said_in_english(
    data: Path, name: str, head: str
) -> None:
    """A new statement, term, theme or feature comes with its English, made of that very Dutch."""
    dutch = {each["key"]: each for each in read_toml(data / f"{name}.toml")[head]}
    english = {each["key"]: each for each in read_toml(data / f"{name}.en.toml")[head]}
    assert list(english) == list(dutch)
    for key, entry in dutch.items():
        made_of, texts = dict(texts_of(entry)), dict(texts_of(english[key]))
        assert texts.keys() == made_of.keys(), key
        assert english[key]["made_of"] == digest(made_of), f"read {key} again"


def pairs(data: Path) -> Iterator[tuple[str, str, str]]:
    """Every text: where it stands, in Dutch, in English."""
    for name, head in FILES.items():
        dutch = {
            each["key"]: dict(texts_of(each)) for each in read_toml(data / f"{name}.toml")[head]
        }
        for entry in read_toml(data / f"{name}.en.toml")[head]:
            for field, text in texts_of(entry):
                yield f"{entry['key']}, {field}", dutch[entry["key"]][field], text


def test_nothing_but_names_was_left_in_dutch(data: Path) -> None:
    assert {text for _, dutch, text in pairs(data) if text == dutch} == {
        *("COA", "UWV", "VluchtelingenWerk", "Kennisplatform Integratie & Samenleving")
    }


def test_english_is_as_plain_as_the_dutch(data: Path) -> None:
    """English takes some more words to say the same: at most 28 in a sentence, on average 15."""
    lengths = {
        sentence: len(sentence.split())
        for _, _, text in pairs(data)
        for sentence in re.split(r"(?<=[.!?])\s+", text)
    }
    assert [sentence for sentence, length in lengths.items() if length > 28] == []
    assert sum(lengths.values()) / len(lengths) <= 15


def test_statement_is_one_sentence_of_at_most_140_characters_in_english_too(data: Path) -> None:
    texts = [each["text"] for each in read_toml(data / "statements" / ENGLISH)["statement"]]
    assert [text for text in texts if len(text) > 140] == []
    assert [text for text in texts if not re.fullmatch(r"[^.!?;]+[.]", text)] == []


def test_figures_are_the_same_in_both_languages(data: Path) -> None:
    """Percentages, years and months; what the Dutch has in letters, the English has too."""
    for place, dutch, text in pairs(data):
        assert Counter(re.findall(r"\d+", text)) == Counter(re.findall(r"\d+", dutch)), place


def test_claim_is_a_demand_where_the_dutch_is_one(data: Path) -> None:
    """Where it says moet, the English says should: must and have to are kept for the law."""
    dutch = read_toml(data / "statements" / "gr2022.toml")["statement"]
    english = read_toml(data / "statements" / ENGLISH)["statement"]
    for original, entry in zip(dutch, english, strict=True):
        is_demand = bool(re.search(r"\bmoet(en)?\b", original["text"]))
        assert (" should " in entry["text"]) is is_demand, entry["key"]
        assert not re.search(r"\b(must|have to|has to)\b", entry["text"]), entry["key"]


# What the demo loaded


def test_what_a_file_says_is_reviewed_and_by_nobody() -> None:
    rows = list(Translation.objects.filter(language="en"))
    dutch = contents(Statement, Theme, Term, Feature)
    assert len(rows) == sum(map(len, dutch))
    assert {(each.written_by, each.reviewed_by) for each in rows} == {(None, None)}
    assert all(each.reviewed_at for each in rows)
    assert fresh()["text"].startswith("The municipality should make small reception centres")


def test_translations_can_be_loaded_again(folder: Path, content: Path) -> None:
    before = contents(Translation)
    load(folder)
    load_content(content, timezone.now())
    assert contents(Translation) == before != [[]]


# Loading


def test_another_translation_of_the_same_dutch_is_the_next_version(folder: Path) -> None:
    before = row()
    change(folder / ENGLISH, ENGLISH_TEXT, f"{ENGLISH_TEXT.partition('The')[0]}Truly, the")
    load(folder)
    assert fresh()["text"].startswith("Truly, ")
    assert (row().version, row().pk) == (before.version + 1, before.pk)
    assert row().reviewed_at == row().written_at > before.written_at
    assert Translation.objects.filter(version=2).count() == 1


def test_file_that_a_person_names_brings_the_languages_beside_it(folder: Path) -> None:
    for name in ("gr2022.toml", ENGLISH):
        (folder / name).rename(folder / name.replace("gr2022", "stellingen"))
    Translation.objects.all().delete()
    file = folder / "stellingen.toml"
    result = said("load_statements", "2022", folder=folder, file=file)
    assert result == "Gemeenteraadsverkiezingen 2022: 24 statements. In en: 61 texts.\n"
    assert fresh() is not None


def test_texts_without_another_language_are_loaded_as_before(folder: Path, content: Path) -> None:
    for file in [*folder.glob("*.en.toml"), content.with_name("content.en.toml")]:
        file.unlink()
    before = contents(Translation)
    assert said("load_statements", "2022", folder=folder, file=folder / "gr2022.toml") == (
        "Gemeenteraadsverkiezingen 2022: 24 statements.\n"
    )
    assert said("load_content", file=content) == f"Content: {Feature.objects.count()} features.\n"
    assert contents(Translation) == before


def test_dutch_that_changed_without_its_translation_is_not_published_as_translated(
    folder: Path,
) -> None:
    """Also not when the Dutch file beside it says so: who changed that, forgot the English."""
    change(folder / "gr2022.toml", DUTCH_TEXT, DUTCH_TEXT.replace("kleine", "piepkleine"))
    result = said("load_statements", "2022", folder=folder, file=folder / "gr2022.toml")
    assert "piepkleine" in statement().text
    assert result.endswith(f"made of other Dutch, so not published: statement {KEY}.\n")
    assert fresh() is None
    load(folder)
    assert fresh() is None


def test_translation_that_was_read_again_is_published_again(folder: Path) -> None:
    change(folder / "gr2022.toml", DUTCH_TEXT, DUTCH_TEXT.replace("kleine", "piepkleine"))
    load(folder)
    found = statement()
    change(
        folder / ENGLISH,
        row().source_digest,
        digest(statement_texts(found, list(found.backgrounds.all()))),
    )
    assert load(folder).translated[0].stale == []
    assert fresh() is not None


def test_dutch_that_staff_changed_leaves_a_loaded_translation_stale(content: Path) -> None:
    nina = User.objects.create_user("nina@example.nl", "Nina")
    told = Feature.objects.get(key=KHALED)
    Feature.objects.filter(pk=told.pk).update(text="Van ons.", written_by=nina, approved_at=None)
    loaded = load_content(content, timezone.now())
    assert (loaded.kept, loaded.translated[0].stale) == ([KHALED], [])
    subject = f"feature:{told.pk}"
    changed = feature_texts(Feature.objects.get(key=KHALED))
    assert Published({subject: changed}).of(subject) == {}
    assert Published({subject: feature_texts(told)}).of(subject).keys() == {"en"}


@pytest.mark.parametrize("reviewed", [False, True], ids=["draft", "reviewed"])
def test_what_staff_translated_is_kept_and_named(folder: Path, *, reviewed: bool) -> None:
    taken_over()
    if reviewed:
        reader = User.objects.create_user("bert@example.nl", "Bert")
        change_to = {"reviewed_by": reader, "reviewed_at": timezone.now()}
        Translation.objects.filter(pk=row().pk).update(**change_to)
    before = contents(Translation)
    result = said("load_statements", "2022", folder=folder, file=folder / "gr2022.toml")
    assert f"In en: 61 texts; left as staff changed them: statement {KEY}." in result
    assert contents(Translation) == before


def test_kept_feature_is_named_by_its_kind(content: Path) -> None:
    told = Feature.objects.get(key=KHALED)
    taken_over(f"feature:{told.pk}")
    said_so = f" texts; left as staff changed them: feature {KHALED}.\n"
    assert said("load_content", file=content).endswith(said_so)


def test_what_left_the_file_is_kept(folder: Path) -> None:
    path = folder / "themes.en.toml"
    path.write_text(path.read_text().rpartition("[[theme]]")[0])
    before = contents(Translation)
    assert [each.count for each in load(folder).translated] == [24, 3, 33]
    assert contents(Translation) == before


def test_several_languages_are_loaded_and_told_apart(folder: Path) -> None:
    theme = Theme.objects.all()[0]
    (folder / "themes.tr.toml").write_text(
        f'[[theme]]\nkey = "{theme.key}"\nmade_of = "{digest(theme_texts(theme))}"\n'
        'name = "N"\nquestion = "Q"\nsummary = "S"\n'
    )
    result = said("load_statements", "2022", folder=folder, file=folder / "gr2022.toml")
    assert result.endswith("statements. In en: 61 texts. In tr: 1 texts.\n")
    subject = f"theme:{theme.key}"
    assert Published({subject: theme_texts(theme)}).of(subject).keys() == {"en", "tr"}


@pytest.mark.parametrize("language", ["de", "nl", "EN", "en.old"])
def test_language_that_we_do_not_translate_into_is_refused(folder: Path, language: str) -> None:
    file = Path(shutil.copy(folder / "themes.en.toml", folder / f"themes.{language}.toml"))
    change(folder / "sources.toml", 'title = "', 'title = "Nieuw: ')
    before = contents(Statement, Theme, Translation)
    with pytest.raises(CommandError) as refusal:
        said("load_statements", "2022", folder=folder, file=folder / "gr2022.toml")
    assert str(refusal.value) == (
        f"Refused, nothing loaded. {file}: {language!r} is not a language of TRANSLATED_INTO "
        "(en,ar,uk,tr); add it there or take the file away"
    )
    assert contents(Statement, Theme, Translation) == before


def test_languages_are_those_of_the_configuration(content: Path, settings: Settings) -> None:
    settings.TRANSLATED_INTO = ["fa"]
    with pytest.raises(FixtureError, match=r"content\.en\.toml: 'en' is not a language of .*\(fa"):
        load_content(content, timezone.now())


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake(ENGLISH, 'text = "', f'text = "{"x" * 141}" # "', "text has 141", 0, STATEMENT),
        Mistake(ENGLISH, 'text = "', 'text = "" # "', "text is empty", 0, STATEMENT),
        Mistake(ENGLISH, 'reason = "', '# reason = "', "reason is empty", 0, STATEMENT),
        Mistake(ENGLISH, 'reason = "', 'reason = 1 # "', "reason must be a text", 0, STATEMENT),
        Mistake(ENGLISH, 'reason = "', 'why = "', "unknown field why", 0, STATEMENT),
        Mistake(ENGLISH, f'key = "{KEY}"', 'key = "x"', "key is 'x', which is not", 0, STATEMENT),
        Mistake(
            ENGLISH,
            'key = "opvang-buiten-de-bebouwde-kom"',
            f'key = "{KEY}"',
            "the same as line",
            entry=STATEMENT,
        ),
        Mistake(ENGLISH, 'made_of = "', 'made_of = "x', "made_of is 'x", entry=STATEMENT),
        Mistake(
            ENGLISH,
            "[[statement.background]]\ntext",
            "[[statement.background]]\nsource",
            "unknown field source",
            entry=STATEMENT + "\n",
        ),
        Mistake(
            ENGLISH,
            "\n[[statement.background]]\n",
            '\n[[statement.background]]\ntext = "x"\n\n[[statement.background]]\n',
            "has not as many backgrounds as the Dutch that it was made of",
            entry=STATEMENT + "\n",
        ),
        Mistake(ENGLISH, STATEMENT, f"[[x]]\n{STATEMENT}", "unknown: x;", below=None),
        Mistake("themes.en.toml", 'name = "', f'name = "{"x" * 61}', "name has", 0, "[[theme]]"),
        Mistake(
            "themes.en.toml",
            'question = "',
            f'question = "{"x" * 141}',
            "question has",
            0,
            "[[theme]]",
        ),
        Mistake("glossary.en.toml", 'term = "', f'term = "{"x" * 61}', "term has", 0, "[[term]]"),
        Mistake("glossary.en.toml", 'term = "', 'forms = "', "unknown field forms", 0, "[[term]]"),
    ],
    ids=str,
)
def test_wrong_translation_is_refused_with_all_that_lies_beside_it(
    folder: Path, mistake: Mistake
) -> None:
    change(folder / "gr2022.toml", DUTCH_TEXT, DUTCH_TEXT.replace("kleine", "piepkleine"))
    change(folder / "sources.toml", 'title = "', 'title = "Nieuw: ')
    before = contents(Statement, Theme, Translation)
    beginning = mistake.make(folder)
    if mistake.reason.startswith("has not as many"):  # only of what says that it is fresh
        change(folder / "gr2022.toml", "piepkleine", "kleine")
    with pytest.raises(FixtureError) as refusal:
        load(folder)
    assert str(refusal.value).startswith(f"{beginning}{mistake.reason}")
    assert contents(Statement, Theme, Translation) == before


def test_feature_that_is_too_long_is_refused_whole(content: Path) -> None:
    change(content, 'title = "Khaled wilde weer lesgeven"', 'title = "Weer voor de klas"')
    change(content.with_name("content.en.toml"), 'title = "', f'title = "{"x" * 121}')
    before = contents(Feature, Translation)
    with pytest.raises(FixtureError, match=r"title has \d+ characters; at most 120"):
        load_content(content, timezone.now())
    assert contents(Feature, Translation) == before


def test_entry_without_a_digest_is_told_which_it_should_be(folder: Path) -> None:
    made_of = row().source_digest
    change(folder / ENGLISH, made_of, "")
    with pytest.raises(FixtureError, match=f"that of the Dutch is now {made_of}"):
        load(folder)


def test_log_says_what_was_loaded_and_left() -> None:
    taken_over("theme:werk", texts={"name": "N", "question": "Q", "summary": "S"})
    said("load_statements", "2022")
    event = Event.objects.get(act="command-run")
    assert event.what.endswith("In en: 61 texts; left as staff changed them: theme werk.")


def test_file_does_not_touch_the_translations_of_another_election(folder: Path) -> None:
    other = Election.objects.create(
        slug="gr2030",
        name="Gemeenteraadsverkiezingen 2030",
        date=date(2030, 3, 20),
        municipality_year=2022,
    )
    before = contents(Translation)
    load_statements(other, folder, folder / "gr2022.toml", timezone.now())
    assert Translation.objects.count() == len(before[0]) + 24
    assert set(before[0]) <= set(contents(Translation)[0])
