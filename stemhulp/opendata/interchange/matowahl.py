"""A contest as the files of Mat-O-Wahl, a voting aid that needs no more than a web server.

The files lie in its folder `data/`: `definition.js`, and two tables without a header, separated by
semicolons (msteudtn/Mat-O-Wahl: data/definition.js; system/general.js, fnTransformCsvToArray). Of
the questions: a short name and the question. Of the parties, for each five rows that tell of it, a
row per question (1, 0 or -1, and why) and a row that ends it.

It puts every text into a page as HTML: here they are written so that they show what they say.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.utils.html import escape

from statements.models import Stance
from stemhulp.editions.edition import Edition, Imprint, Party, Position, Statement

SEPARATOR = ";"
NO_ANSWER = 99  # neither 1, 0 nor -1: shown as skipped, and worth no point
GUARDED = tuple("=+-@＝＋－＠")  # would be a formula in a spreadsheet
MOMENT = (1980, 1, 1, 0, 0, 0)  # the same edition is the same bytes
NO_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'
QUESTIONS, PARTIES, LOGO = "questions.csv", "parties.csv", "no-logo.svg"
PLAIN = re.compile(r"-?\d+|#|Partei_\w+:")  # first cells that stand unquoted in its own files
FROM_PROGRAMME = "Gelezen in het verkiezingsprogramma door VluchtelingenWerk."


def zipped(edition: Edition, imprint: Imprint) -> bytes | None:
    """The files that go into `data/`, as a zip; None while no list answered anything.

    A list without any answer is left out, and named on the first page: beside the others it would
    be ranked as if it disagreed with everybody.
    """
    answered = [each for each in edition.parties if each.answered]
    if not answered:
        return None
    files = {
        "README.txt": _readme(edition, imprint),
        "definition.js": _definition(edition, answered, imprint),
        QUESTIONS: _table(_questions(edition.statements)),
        PARTIES: _table(row for each in answered for row in _party(each, edition.statements)),
        LOGO: NO_LOGO,
    }
    return _zip(files)


def _zip(files: Mapping[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # wherever it is made
            archive.writestr(entry, content)
    return written.getvalue()


# The tables


def _questions(statements: Iterable[Statement]) -> Iterable[Sequence[str]]:
    for each in statements:
        yield html(f"{each.number}. {each.theme.name}"), html(each.text)


def _party(party: Party, statements: Sequence[Statement]) -> Iterable[Sequence[str]]:
    """In exactly this order: Mat-O-Wahl counts rows, and does not look at their names."""
    yield "Partei_kurz:", html(party.name)
    yield "Partei_lang:", html(party.name)
    yield "Partei_Beschreibung:", html(_description(party, len(statements)))
    yield "Partei_URL:", html(party.website)
    yield "Partei_Bild:", f"data/{LOGO}"
    for each in statements:
        position = party.positions.get(each.key)
        yield str(three(position.stance if position else None)), html(opinion(position))
    yield "#", ""


def _description(party: Party, asked: int) -> str:
    known = "" if party.answered == asked else f"Beantwoordde {party.answered} van de {asked}."
    return f"{party.description} {known}".strip()


def three(stance: int | None) -> int:
    """Of five answers one of three: how strongly is lost here, and stands in words (`opinion`).

    >>> [three(stance) for stance in (-2, -1, 0, 1, 2, None)]
    [-1, -1, 0, 1, 1, 99]
    """
    return NO_ANSWER if stance is None else (stance > 0) - (stance < 0)


def opinion(position: Position | None) -> str:
    """What the list said in words, and why; a line for each."""
    if position is None:
        return "Niet beantwoord."
    stance = position.stance
    told = [f"{_labels()[stance]}.", position.motivation]
    told += [FROM_PROGRAMME] if position.from_programme else []
    told += [f"Bron: {position.source}"] if position.source else []
    if position.correction:
        told.append(f"Verbeterd op {position.correction.on}: {position.correction.reason}")
    if position.withheld:
        told.append("VluchtelingenWerk liet de toelichting weg.")
    return "\n".join(each for each in told if each)


@cache
def _labels() -> Mapping[int | None, str]:
    """Each stance in Dutch words."""
    return {None: "Geen mening", **{each.value: each.in_dutch for each in Stance}}


def html(text: str) -> str:
    """A text as HTML, on one line; its first sign never begins a formula in a spreadsheet."""
    lines = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    written = escape(lines).replace("\n", "<br />")
    return f"&#{ord(written[0])};{written[1:]}" if written.startswith(GUARDED) else written


def _table(rows: Iterable[Sequence[str]]) -> str:
    """No quotation mark is left in a text (`html`), so nothing has to be doubled.

    A first cell that is a number stands by itself, as in Mat-O-Wahl's own files.
    """
    return "".join(f"{_first(each[0])}{SEPARATOR}{_quoted(each[1])}\n" for each in rows)


def _first(cell: str) -> str:
    return cell if PLAIN.fullmatch(cell) else _quoted(cell)


def _quoted(cell: str) -> str:
    return f'"{cell}"'


# What it is and how it is shown


def _definition(edition: Edition, answered: Sequence[Party], imprint: Imprint) -> str:
    """All that Mat-O-Wahl 0.6 wants to know, in the order of its own file."""
    settings: dict[str, str | int | list[str]] = {
        "fileQuestions": QUESTIONS,
        "intQuestions": len(edition.statements),
        "fileAnswers": PARTIES,
        "intParties": len(answered),
        "intPartyLogosImgWidth": "10%",
        "intPartyLogosImgHeight": "10%",
        "descriptionShowOnStart": 1,
        "descriptionHeading1": html(edition.municipality.name),
        "descriptionHeading2": html(edition.election.name),
        "descriptionExplanation": _explanation(edition),
        "imprintLink": "system/imprint.html",
        "imprintGeneral": "",
        "imprintContact": "",
        "imprintVATid": "",
        "imprintDisputeResultion": "",  # so it is spelt there
        "imprintEditors": html(_credits(imprint)),
        "imprintProgramming": "",
        "imprintPictures": "",
        "imprintPrivacyUrl": "",
        "separator": SEPARATOR,
        "design": ["default.css", "buttons-colors-off.css", "progressbar.css"],
        "addons": [],
        "language": "en",  # it has no Dutch
        "statsRecord": 0,  # what voters answer is nobody's business
        "statsServer": "",
    }
    lines = [f"var {name} = {_script(value)};" for name, value in settings.items()]
    return "\n".join([*_comment(edition, imprint), *lines, ""])


def _script(value: str | int | list[str]) -> str:
    """A value in JavaScript that is harmless in a page as well."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e")


def _comment(edition: Edition, imprint: Imprint) -> Iterable[str]:
    return (f"// {line}".rstrip() for line in _readme(edition, imprint).splitlines())


def _explanation(edition: Edition) -> str:
    """What must be said before the first question, in HTML."""
    silent = [each.name for each in edition.parties if not each.answered]
    told = [
        "De stellingen zijn van VluchtelingenWerk Nederland.",
        "In de Stemhulp kiezen partijen uit vijf antwoorden. Hier zijn het er drie: "
        "‘helemaal mee eens’ telt als ‘mee eens’. Bij elke partij lees je wat ze precies koos.",
    ]
    if edition.municipality.is_example:
        told.insert(0, "Deze gemeente en haar partijen zijn verzonnen.")
    if silent:
        told.append(f"Deze partijen hebben niet geantwoord: {', '.join(silent)}.")
    return " ".join(f"<p>{html(each)}</p>" for each in told)


def _credits(imprint: Imprint) -> str:
    return (
        f"Stellingen en standpunten: Stemhulp van VluchtelingenWerk Nederland, CC BY 4.0, editie "
        f"{imprint.number}, SHA-256 {imprint.digest}"
    )


def _readme(edition: Edition, imprint: Imprint) -> str:
    place, election = edition.municipality, edition.election
    invented = "\nThe municipality, its parties and their positions are invented.\n"
    return f"""\
{place.name} ({place.code}), {election.slug}, {election.date}, for Mat-O-Wahl 0.6

Put these files into the folder "data" of Mat-O-Wahl, and fill in imprintGeneral and
imprintContact in definition.js. Then open index.html on a web server.
{invented if place.is_example else ""}
Statements and positions: Stemhulp by VluchtelingenWerk Nederland, CC BY 4.0.
Edition {imprint.number}, SHA-256 {imprint.digest}.

Of five answers three are left: completely agree and agree are 1, neutral is 0, disagree and
completely disagree are -1. No opinion is {NO_ANSWER}. What a list chose exactly begins its text.
Lists that answered nothing are left out. What VluchtelingenWerk recommends, explanations,
arguments, the statements' sources and other languages have no place here.
"""
