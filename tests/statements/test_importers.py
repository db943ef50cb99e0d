"""Statements and Voorbeeldstad: loaded again without harm, refused as a whole."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from parties.importers.tables import FixtureError
from parties.models import Contest, Election, Municipality, Party
from statements.importers.example import load_example
from statements.importers.statements import load_statements
from statements.models import (
    Background,
    Position,
    Source,
    Statement,
    Term,
    Theme,
    Translation,
)
from tests.parties.mistakes import Mistake, change, contents

pytestmark = pytest.mark.django_db
OF_THE_TEXTS = (Source, Theme, Term, Statement, Background, Translation)
OF_THE_EXAMPLE = (Municipality, Contest, Party, Position)
STATEMENT, THEME, TERM, SOURCE = "[[statement]]", "[[theme]]", "[[term]]", "[[source]]"
FIRST = "groen-voorbeeldstad,kleine-opvang-in-de-wijk,2,"


@pytest.fixture
def election() -> Election:
    return Election.objects.get(slug="gr2022")


@pytest.fixture
def texts(data: Path, tmp_path: Path) -> Path:
    """A copy of the statements, themes, glossary and sources."""
    return Path(shutil.copytree(data / "statements", tmp_path / "statements"))


@pytest.fixture
def example(data: Path, tmp_path: Path) -> Path:
    """A copy of Voorbeeldstad."""
    return Path(shutil.copytree(data / "voorbeeldstad", tmp_path / "voorbeeldstad"))


def load(election: Election, texts: Path) -> int:
    return load_statements(election, texts, texts / "gr2022.toml", timezone.now()).count


def backgrounds() -> list[tuple[object, ...]]:
    return list(Background.objects.values_list("statement__key", "order", "text", "source__key"))


def test_statements_can_be_loaded_again(election: Election, texts: Path) -> None:
    before, facts = contents(Source, Theme, Term, Statement), backgrounds()
    assert load(election, texts) == 24
    assert contents(Source, Theme, Term, Statement) == before
    assert backgrounds() == facts != []


def test_example_can_be_loaded_again(election: Election, example: Path) -> None:
    before = contents(*OF_THE_EXAMPLE)
    assert load_example(election, example) == 204
    assert contents(*OF_THE_EXAMPLE) == before


def test_loading_statements_again_updates_what_changed(election: Election, texts: Path) -> None:
    change(texts / "gr2022.toml", 'text = "', 'text = "Nieuw. " # "')
    change(texts / "gr2022.toml", "[[statement.background]]\ntext", 'text2 = ""\nhelp')
    change(texts / "gr2022.toml", 'text2 = ""\nhelp = "', '[[statement.background]]\ntext = "Ook ')
    change(texts / "themes.toml", 'name = "', 'name = "Nieuw: ')
    change(texts / "glossary.toml", 'explanation = "', 'explanation = "Nieuw: ')
    change(texts / "sources.toml", 'title = "', 'title = "Nieuw: ')
    before = [len(rows) for rows in contents(*OF_THE_TEXTS)]
    statement = Statement.objects.all()[0]
    load(election, texts)
    statement.refresh_from_db()
    assert statement.text == "Nieuw."
    assert statement.backgrounds.all()[0].text.startswith("Ook ")
    assert Theme.objects.all()[0].name.startswith("Nieuw: ")
    assert Term.objects.get(key="asielzoeker").explanation.startswith("Nieuw: ")
    assert Source.objects.get(key="stemhulp-2022").title.startswith("Nieuw: ")
    assert [len(rows) for rows in contents(*OF_THE_TEXTS)] == before


def test_statement_that_left_the_file_stays_with_its_positions(
    election: Election, texts: Path
) -> None:
    for name in ("gr2022.toml", "gr2022.en.toml"):
        path = texts / name
        head, _, rest = path.read_text().split(STATEMENT + "\n", 2)
        path.write_text(f"{head}{STATEMENT}\n{rest}")
    before = contents(Position)
    assert load(election, texts) == 23
    assert Statement.objects.count() == 24
    assert contents(Position) == before


def test_loading_the_example_again_updates_what_changed(election: Election, example: Path) -> None:
    change(example / "parties.csv", ",1,Groen Voorbeeldstad,3,", ",1,Groener Voorbeeldstad,4,")
    change(example / "positions.csv", FIRST, FIRST.replace(",2,", ",-1,"))
    before = [len(rows) for rows in contents(*OF_THE_EXAMPLE)]
    position = Position.objects.get(
        party__slug="groen-voorbeeldstad", statement__key="kleine-opvang-in-de-wijk"
    )
    load_example(election, example)
    position.refresh_from_db()
    assert position.stance == -1
    assert position.party.name == "Groener Voorbeeldstad"
    assert position.party.contest.seats == 28
    assert [len(rows) for rows in contents(*OF_THE_EXAMPLE)] == before


def test_text_of_140_characters_fits(election: Election, texts: Path) -> None:
    change(texts / "gr2022.toml", 'text = "', f'text = "{"x" * 140}" # "')
    load(election, texts)
    assert Statement.objects.filter(text="x" * 140).exists()


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake(
            "gr2022.toml", 'theme = "', 'theme = "sport" # "', "theme is 'sport'", 0, STATEMENT
        ),
        Mistake("gr2022.toml", 'source = "', 'source = "x" # "', "source is 'x'", 0, STATEMENT),
        Mistake(
            "gr2022.toml",
            "recommendation = ",
            "recommendation = 3 # ",
            "recommendation is 3; it must lie between -2 and 2",
            entry=STATEMENT,
        ),
        Mistake(
            "gr2022.toml",
            "recommendation = ",
            "recommendation = true # ",
            "recommendation is True, not a whole number",
            entry=STATEMENT,
        ),
        Mistake(
            "gr2022.toml",
            "recommendation = ",
            "# recommendation = ",
            "recommendation is empty",
            entry=STATEMENT,
        ),
        Mistake(
            "gr2022.toml",
            'text = "',
            f'text = "{"x" * 141}" # "',
            "text has 141 characters; at most 140 fit",
            entry=STATEMENT,
        ),
        Mistake("gr2022.toml", 'text = "', 'text = " " # "', "text is empty", 0, STATEMENT),
        Mistake("gr2022.toml", 'text = "', 'text = 1 # "', "text must be a text", 0, STATEMENT),
        Mistake("gr2022.toml", 'reason = "', 'reason = "" # "', "reason is empty", 0, STATEMENT),
        Mistake("gr2022.toml", 'reason = "', 'reden = "', "unknown field reden", 0, STATEMENT),
        Mistake(
            "gr2022.toml",
            'explanation = "',
            'explanation = "\\u0000',
            "explanation contains a NUL character",
            entry=STATEMENT,
        ),
        Mistake(
            "gr2022.toml",
            'key = "opvang-buiten-de-bebouwde-kom"',
            'key = "kleine-opvang-in-de-wijk"',
            "the same as line",
            entry=STATEMENT,
        ),
        Mistake(
            "gr2022.toml",
            "[[statement.background]]\ntext",
            '[[statement.background]]\ntext = "" #',
            "text is empty",
            entry=STATEMENT + "\n",
        ),
        Mistake(
            "gr2022.toml",
            'key = "opvang-buiten-de-bebouwde-kom"',
            'background = "x"\nkey = "opvang-buiten-de-bebouwde-kom"',
            "background must be written as [[statement.background]]",
            entry=STATEMENT,
        ),
        Mistake("gr2022.toml", STATEMENT, f"[[x]]\n{STATEMENT}", "unknown: x;", below=None),
        Mistake("gr2022.toml", 'theme = "', "theme = ", "Invalid value (at line 12, ", below=None),
        Mistake("gr2022.toml", 'theme = "', 'theme = "\udce9', "'utf-8' codec", below=None),
        Mistake("themes.toml", 'question = "', 'vraag = "', "unknown field vraag", 0, THEME),
        Mistake("themes.toml", 'summary = "', 'summary = "" # "', "summary is empty", 0, THEME),
        Mistake("glossary.toml", "forms = [", "forms = [1, ", "forms must be a list", 0, TERM),
        Mistake("glossary.toml", "forms = [", 'forms = "x" # [', "forms must be a list", 0, TERM),
        Mistake("glossary.toml", 'key = "', 'key = "A ', "key is 'A asielzoeker'", 0, TERM),
        Mistake("sources.toml", "year = 2022", "year = 22", "year is 22; it must lie", 0, SOURCE),
        Mistake("sources.toml", 'title = "', 'title = "" # "', "title is empty", 0, SOURCE),
        Mistake("gr2022.toml", 'key = "', 'key = ["x"] # "', "key must be", 0, STATEMENT),
        Mistake("gr2022.toml", 'key = "', f'key = "{"x" * 41}" # "', "key has 41", 0, STATEMENT),
        Mistake(
            "gr2022.toml",
            "[[statement.background]]\n",
            '[[statement.background]]\nbron = "x"\n',
            "unknown field bron",
            entry=STATEMENT + "\n",
        ),
        Mistake("glossary.toml", 'forms = ["', 'forms = ["\\u0000', "forms", 0, TERM),
    ],
    ids=str,
)
def test_wrong_texts_are_refused_whole(election: Election, texts: Path, mistake: Mistake) -> None:
    if mistake.file != "sources.toml":
        change(texts / "sources.toml", 'title = "', 'title = "Nieuw: ')
    beginning = mistake.make(texts)
    before = contents(*OF_THE_TEXTS)
    with pytest.raises(FixtureError) as refusal:
        load(election, texts)
    assert str(refusal.value).startswith(f"{beginning}{mistake.reason}")
    assert contents(*OF_THE_TEXTS) == before


@pytest.mark.parametrize("name", ["sources.toml", "themes.toml", "glossary.toml", "gr2022.toml"])
def test_missing_file_of_texts_is_refused_whole(election: Election, texts: Path, name: str) -> None:
    change(texts / "sources.toml", 'title = "', 'title = "Nieuw: ')
    (texts / name).unlink()
    before = contents(*OF_THE_TEXTS)
    with pytest.raises(FixtureError, match=f"{name}: cannot be read: No such file"):
        load(election, texts)
    assert contents(*OF_THE_TEXTS) == before


def test_file_without_statements_is_refused(election: Election, texts: Path) -> None:
    (texts / "gr2022.toml").write_text("# nothing yet\n")
    with pytest.raises(FixtureError, match=r"gr2022.toml: holds no \[\[statement\]\]"):
        load(election, texts)


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("parties.csv", "slug,number,name", "slug,name,number", "the header must be"),
        Mistake("parties.csv", ",1,Groen", ",0,Groen", "number is 0; it must lie between"),
        Mistake("parties.csv", ",1,Groen", ",een,Groen", "number is 'een', not a whole number"),
        Mistake("parties.csv", ",1,Groen Voorbeeldstad,", ",1,,", "name is empty"),
        Mistake("parties.csv", '"Verzonnen', '"' + "x" * 141, "description has"),
        Mistake("parties.csv", "samen-voorbeeldstad,", "groen-voorbeeldstad,", "the same as line"),
        Mistake("positions.csv", "party,statement", "partij,stelling", "the header must be"),
        Mistake(
            "positions.csv",
            FIRST,
            "groen-voorbeeldstad,kleine-opvang-in-de-wijk,7,",
            "stance is 7;",
        ),
        Mistake("positions.csv", FIRST, FIRST.replace(",2,", ",ja,"), "stance is 'ja', not a"),
        Mistake("positions.csv", FIRST, FIRST.replace("groen-", "rood-"), "party is 'rood-"),
        Mistake("positions.csv", FIRST, FIRST.replace("kleine-", "reuze-"), "statement is 'reuze-"),
        Mistake("positions.csv", FIRST, FIRST + ",", "has 6 columns instead of 5"),
        Mistake("positions.csv", FIRST, f'{FIRST}"",\n{FIRST}', "the same as line", below=1),
        Mistake("positions.csv", FIRST + '"', f'{FIRST}"{"x" * 500}', "motivation has"),
        Mistake("positions.csv", FIRST + '"', f'{FIRST}"\x00', "motivation contains a NUL"),
        Mistake("positions.csv", "één keer", "\udce9\udce9n keer", "is not UTF-8", below=None),
        Mistake(
            "parties.csv", "samen-voorbeeldstad,2,", "samen-voorbeeldstad,1,", "the same as line 3"
        ),
        Mistake("parties.csv", "samen-voorbeeldstad,", f"{'x' * 61},", "slug has 61"),
        Mistake("parties.csv", "https://groen.example,", "g,", "website is 'g', not a web address"),
        Mistake("parties.csv", "https://groen.example/p", "ftp://g.example/p", "programme is 'ftp"),
    ],
    ids=str,
)
def test_wrong_example_is_refused_whole(
    election: Election, example: Path, mistake: Mistake
) -> None:
    if mistake.file == "positions.csv":
        change(example / "parties.csv", ",1,Groen Voorbeeldstad,3,", ",1,Blauw Voorbeeldstad,9,")
    beginning = mistake.make(example)
    before = contents(*OF_THE_EXAMPLE)
    with pytest.raises(FixtureError) as refusal:
        load_example(election, example)
    assert str(refusal.value).startswith(f"{beginning}{mistake.reason}")
    assert contents(*OF_THE_EXAMPLE) == before


@pytest.mark.parametrize("name", ["parties.csv", "positions.csv"])
def test_missing_file_of_the_example_is_refused_whole(
    election: Election, example: Path, name: str
) -> None:
    change(example / "parties.csv", ",1,Groen Voorbeeldstad,3,", ",1,Blauw Voorbeeldstad,9,")
    (example / name).unlink()
    before = contents(*OF_THE_EXAMPLE)
    with pytest.raises(FixtureError, match=f"{name}: cannot be read: No such file"):
        load_example(election, example)
    assert contents(*OF_THE_EXAMPLE) == before


def test_themes_may_change_places(election: Election, texts: Path) -> None:
    path = texts / "themes.toml"
    comment, first, second, *rest = path.read_text().split(THEME)
    path.write_text(THEME.join([comment, second, first, *rest]))
    load(election, texts)
    assert [theme.key for theme in Theme.objects.all()[:2]] == ["doorstroom", "opvang"]


def test_invented_parties_may_exchange_their_numbers(election: Election, example: Path) -> None:
    change(example / "parties.csv", "groen-voorbeeldstad,1,", "groen-voorbeeldstad,2,")
    change(example / "parties.csv", "samen-voorbeeldstad,2,", "samen-voorbeeldstad,1,")
    load_example(election, example)
    assert Party.objects.get(slug="samen-voorbeeldstad").number == 1
