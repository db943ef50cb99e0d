"""The statements on the result, one by one: what the voter answered, and what unfolds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from statements.matching.panel import ALMOST_THE_SAME
from stemhulp.editions.edition import Edition, Party, Statement, Theme
from stemhulp.quiz.addresses import contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.features import told_behind
from stemhulp.quiz.moulds import Mould, joined, kept_mould
from stemhulp.quiz.pages import mould_of_questions, mould_of_statement, pressed
from stemhulp.quiz.positions import positions_on
from stemhulp.quiz.result import Result, StatementResult, answered
from stemhulp.quiz.scores import (
    MARKS,
    NOT_ANSWERED,
    once_per_language,
    opinion,
    own_answers,
    percent,
)

LIST = "stellingenlijst"  # the id of what holds the rows
NOTHING = SafeString()


@dataclass(frozen=True)
class Chosen:
    """Which of the statements are shown: all, or those to which all of this applies."""

    theme: str = ""  # its key
    party: Party | None = None  # with which the voter does not agree, not even almost
    important: bool = False  # it counts double

    @property
    def is_all(self) -> bool:
        return not (self.theme or self.party or self.important)

    @property
    def query(self) -> str:
        """What the address of the result says of it, with its "?"; nothing where all are shown."""
        asked = {
            "onderwerp": self.theme,
            "oneens": self.party.slug if self.party else "",
            "extra": "ja" if self.important else "",
        }
        return "" if self.is_all else f"?{urlencode({k: v for k, v in asked.items() if v})}"

    def takes(self, row: StatementResult) -> bool:
        """Whether this statement is shown."""
        return (
            (not self.theme or row.statement.theme.key == self.theme)
            and (not self.important or (row.counts_double and row.stance is not None))
            and (self.party is None or _disagrees(self.party, row))
        )


ALL = Chosen()


@dataclass(frozen=True)
class Change:
    """An answer that was just changed on the result, and what its row says of that."""

    statement: Statement
    row: Mapping[str, Any]


def change_of(edition: Edition, given: Answers, result: Result, changed: Statement) -> Change:
    """What the change led to, and the folded part, which stays open."""
    leader = result.ranked[0] if result.ranked else None
    return Change(
        changed,
        {
            "leader": leader.party.name if leader else "",
            "leader_score": percent(result.score_of(leader) if leader else None),
            "answer": answer_part(edition, given, changed),
        },
    )


def listed(
    edition: Edition,
    rows: Sequence[StatementResult],
    chosen: Chosen = ALL,
    change: Change | None = None,
) -> dict[str, Any]:
    """What _list.html shows: the chosen statements by theme, and how many there are, in words.

    The one that was just changed stays in view, also where the choice no longer takes it.
    """
    moulds = _rows_of_statements(edition)
    changed = change.statement if change else None
    is_left = changed is not None and not chosen.takes(rows[changed.number - 1])
    kept: Sequence[StatementResult] = rows
    if not chosen.is_all:
        kept = [row for row in rows if row.statement is changed or chosen.takes(row)]
    shown = {}
    for statement, values in _values(kept):
        if chosen.party and not (is_left and statement is changed):
            values["other"] = _other(edition, chosen.party, statement)
        if change and statement is changed:
            mould = mould_of_statement(edition, "quiz/_changed.html", statement)
            shown[statement.number] = mould.fill({**values, **change.row, "is_left": is_left})
        else:
            shown[statement.number] = moulds[statement.number].fill(values)
    return {
        "statements": _by_theme(edition, shown),
        "found": NOTHING if chosen.is_all else _found(len(kept) - is_left, len(rows)),
        "has_filter": not chosen.is_all,
        "has_statements": bool(shown),
    }


def filtered_list(edition: Edition, given: Answers, chosen: Chosen) -> SafeString:
    """What htmx puts in the place of the list."""
    return mould_of_questions(edition, "quiz/_filtered.html").fill(
        {
            "contest": contest_address(edition),
            **listed(edition, answered(edition, given), chosen),
        }
    )


def filter_form(edition: Edition, chosen: Chosen) -> SafeString:
    """The choice of statements; the same for every voter who did not choose yet."""
    kept: SafeString | None = edition.beside.get("filter") if chosen.is_all else None
    if kept is not None:
        return kept
    parties = [each for each in edition.parties if each.answered]
    context = {"questionnaire": edition.questionnaire, "parties": parties}
    form = kept_mould(edition.beside, "quiz/_filter.html", context=lambda: context).fill(
        {
            "contest": contest_address(edition),
            **{
                f"theme-{each.key}": each.key == chosen.theme
                for each in edition.questionnaire.themes
            },
            **{f"party-{each.slug}": each == chosen.party for each in parties},
            "important": chosen.important,
        }
    )
    if chosen.is_all:
        edition.beside["filter"] = form
    return form


def answer_part(edition: Edition, given: Answers, asked: Statement) -> SafeString:
    """What unfolds under a statement of the result."""
    return mould_of_statement(edition, "quiz/_answer.html", asked).fill(
        {
            "contest": contest_address(edition),
            "positions": positions_on(edition, asked, edition.parties),
            "features": told_behind(edition, asked),
            **pressed(given, asked),
        }
    )


def previewed_statements(edition: Edition) -> SafeString:
    """The rows as a party sees them that looks at itself: unfolded, nothing to press."""
    mould = mould_of_questions(edition, "quiz/_previewed.html")
    return _by_theme(
        edition,
        {
            each.number: mould.fill(
                {
                    "number": each.number,
                    "theme": each.theme.key,
                    "text": each.text,
                    "positions": positions_on(edition, each, edition.parties),
                }
            )
            for each in edition.statements
        },
    )


def skipped_statements(edition: Edition, result: Result) -> SafeString:
    """The statements that did not count, where there are others that did."""
    skipped = [each.stance is None for each in result.statements]
    if not result.answered or not any(skipped):
        return SafeString()
    return mould_of_questions(edition, "quiz/_skipped.html").fill(
        {
            "contest": contest_address(edition),
            "skipped": _without_opinion(sum(skipped)),
            **{f"is_skipped-{number}": each for number, each in enumerate(skipped, start=1)},
        }
    )


def _by_theme(edition: Edition, rows: Mapping[int, SafeString]) -> SafeString:
    """These rows, by the number of their statement, under the theme that each belongs to."""
    parts = []
    for theme, statements in edition.questionnaire.by_theme:
        shown = [rows[each.number] for each in statements if each.number in rows]
        if shown:
            parts.append(_of_theme(edition, theme).fill({"statements": joined(shown)}))
    return joined(parts)


def _of_theme(edition: Edition, theme: Theme) -> Mould:
    return mould_of_questions(
        edition, "quiz/_themed.html", theme.key, context=lambda: {"theme": theme}
    )


def _values(rows: Iterable[StatementResult]) -> list[tuple[Statement, dict[str, Any]]]:
    """Each statement with what its row says."""
    words = own_answers()
    return [
        (
            statement,
            {
                "mark": MARKS[stance],
                "own": words[
                    stance if is_answered else NOT_ANSWERED, counts_double and stance is not None
                ],
                "other": NOTHING,
            },
        )
        for statement, is_answered, stance, counts_double in rows
    ]


def _disagrees(party: Party, row: StatementResult) -> bool:
    position = party.positions.get(row.statement.key)
    if row.stance is None or position is None or position.stance is None:
        return False
    return abs(row.stance - position.stance) > ALMOST_THE_SAME


def _other(edition: Edition, party: Party, asked: Statement) -> SafeString:
    """What the party holds with which the voter disagrees."""
    stance = party.positions[asked.key].stance
    mould = mould_of_questions(edition, "quiz/_other.html")
    return mould.fill({"party": party.name, "opinion": opinion(stance)})


@once_per_language
def _found(count: int, total: int) -> str:
    return ngettext(
        "%(count)s van de %(total)s stellingen past bij je keuze.",
        "%(count)s van de %(total)s stellingen passen bij je keuze.",
        count,
    ) % {"count": count, "total": total}


@once_per_language
def _without_opinion(count: int) -> str:
    return ngettext(
        "Over %(count)s stelling gaf je geen mening. Die telt niet mee in je overeenkomst met de "
        "partijen.",
        "Over %(count)s stellingen gaf je geen mening. Die tellen niet mee in je overeenkomst met "
        "de partijen.",
        count,
    ) % {"count": count}


def _rows_of_statements(edition: Edition) -> Mapping[int, Mould]:
    """Per statement, by its number: its row, in this contest."""
    found: Mapping[int, Mould] | None = edition.beside.get("quiz/_answered.html")
    if found is None:
        values = {"contest": contest_address(edition), "has_parties": edition.is_answered}
        found = edition.beside["quiz/_answered.html"] = {
            each.number: mould_of_statement(edition, "quiz/_answered.html", each).partly(values)
            for each in edition.statements
        }
    return found
