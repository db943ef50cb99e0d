"""Mat-O-Wahl's way of reading its folder `data/`, described as facts and followed to the letter.

From github.com/msteudtn/Mat-O-Wahl (0.6): data/definition.js at 15418d3 (names, two columns, one
separator everywhere, the order of a party's rows); system/general.js at 00fb885
(`fnTransformCsvToArray`: the first `intQuestions` rows are questions; of each party five rows, a
row per question and one that is skipped, the last of which may be missing; `fnEvaluation`: a
position equal to the voter's gives a point, a neutral one half a point, anything else nothing);
system/output.js (every text goes into the page as HTML). The next version, system/backend.js at
307deff, counts the parties itself: as many as `rows / (questions + 6)`, rounded.
"""

import csv
import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

LINES_OF_A_PARTY = 6  # five that tell of it, and one that is skipped
DECLARED = {
    *("fileQuestions", "intQuestions", "fileAnswers", "intParties", "separator", "language"),
    *("intPartyLogosImgWidth", "intPartyLogosImgHeight", "descriptionShowOnStart"),
    *("descriptionHeading1", "descriptionHeading2", "descriptionExplanation", "imprintLink"),
    *("imprintGeneral", "imprintContact", "imprintVATid", "imprintDisputeResultion"),
    *("imprintEditors", "imprintProgramming", "imprintPictures", "imprintPrivacyUrl"),
    *("design", "addons", "statsRecord", "statsServer"),
}


@dataclass(frozen=True)
class Party:
    short: str
    long: str
    description: str
    website: str
    logo: str
    positions: list[int]
    opinions: list[str]


@dataclass(frozen=True)
class Quiz:
    settings: dict[str, Any]
    short: list[str]
    questions: list[str]
    parties: list[Party]
    files: dict[str, bytes]


def opened(archive: bytes) -> Quiz:
    """What voters would see of these files."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        files = {name: found.read(name) for name in found.namelist()}
    settings = _settings(files["definition.js"].decode())
    asked = _rows(files, settings["fileQuestions"], settings)[: settings["intQuestions"]]
    rows = _rows(files, settings["fileAnswers"], settings)
    size = LINES_OF_A_PARTY + len(asked)
    assert round(len(rows) / size) == settings["intParties"], "the next version counts for itself"
    return Quiz(
        settings,
        [shown(each[0]) for each in asked],
        [shown(each[1]) for each in asked],
        [_party(rows[size * each : size * (each + 1)]) for each in range(settings["intParties"])],
        files,
    )


def _settings(script: str) -> dict[str, Any]:
    """The declarations; everything else is a comment. A line ends where JavaScript ends it."""
    settings = {}
    for line in re.split(r"[\n\r\u2028\u2029]", script):
        if line and not line.startswith("//"):
            declared = re.fullmatch(r"var (\w+) = (.+);", line)
            assert declared, f"no declaration: {line}"
            settings[declared[1]] = json.loads(declared[2])
    return settings


def _rows(files: dict[str, bytes], name: str, settings: dict[str, Any]) -> list[list[str]]:
    table = io.StringIO(files[name].decode(), newline="")
    return [*csv.reader(table, delimiter=settings["separator"], strict=True)]


def _party(rows: list[list[str]]) -> Party:
    short, long, description, website, logo = (shown(each[1]) for each in rows[:5])
    positions = [int(each[0]) for each in rows[5:-1]]
    opinions = [shown(each[1]) for each in rows[5:-1]]
    return Party(short, long, description, website, logo, positions, opinions)


def shown(cell: str) -> str:
    """The text that stands in the page. A tag that is no line break would be obeyed, not shown."""
    text = cell.replace("<br />", "\n")
    assert not re.search(r"""[<>"']""", text), f"not written as HTML: {text}"
    return html.unescape(text)


def points(party: Party, voter: list[int | None]) -> float:
    """As it counts: of the voter's 1, 0, -1, or None for a question that is skipped."""
    found = 0.0
    for own, theirs in zip(voter, party.positions, strict=True):
        if own is None:
            continue
        if own == theirs:
            found += 1
        elif 0 in (own, theirs):
            found += 0.5
    return found
