"""The field on the page: the drawing of `field` as moulds, and the same as a table."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from numpy.typing import NDArray

from statements.matching import Comparison
from stemhulp.editions.edition import Edition
from stemhulp.quiz.drawings import has_level
from stemhulp.quiz.field import ROW, WIDE, Ground, beside, ground
from stemhulp.quiz.moulds import Mould, kept_mould
from stemhulp.quiz.pages import mould_of_questions
from stemhulp.quiz.result import Result, participation
from stemhulp.quiz.scores import once_per_language, percent, percents, whole_percent

TICKS = (100, 50, 0)  # percent of refugee-friendliness that are named at the side
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def em(tenths: float) -> SafeString:
    """A length in a drawing."""
    return SafeString(f"{tenths / 10:g}em")


EMS = [em(tenths) for tenths in range(5000)]  # enough for two hundred parties on either side
ACROSS = [f"{100 * part / WIDE:g}%" for part in range(WIDE + 1)]
# A screen too narrow for names has a letter beside each dot, and the names below. No numbers: these
# would be taken for places, which parties can share.
SIGNS = [LETTERS[at % 26] * (at // 26 + 1) for at in range(400)]


@dataclass(frozen=True)
class _Drawing:
    """What is the same for every voter, made once per edition."""

    ground: Ground
    order: NDArray[np.intp]  # per place in the drawing, its place in the comparison
    # Per place the texts of its line, its dot and its name, with a gap between each two
    marks: Sequence[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]
    signed: Sequence[tuple[str, ...]]  # per place, the text of its name below the drawing
    rows: dict[str, tuple[str, ...]]  # of the table, by the party's slug; so here
    friendliness: Sequence[Fraction]  # ascending
    frame: Mould


def field(edition: Edition, result: Result, rounded: Sequence[Sequence[int]]) -> SafeString:
    """The field of one voter; nothing where there is nobody to draw.

    `rounded` is the score of each party in the comparison, the last of its row, as a place in
    `percents`.
    """
    own, compared = result.voter.score, result.compared
    if (
        not (edition.questionnaire.shows_recommendation and result.ranked and compared)
        or own is None
    ):
        return SafeString()
    drawing, shown = _drawing(edition), percents()
    parties = len(drawing.friendliness)
    return drawing.frame.fill(
        {
            **_marks(drawing, compared),
            "rows": SafeString(
                "".join(
                    [
                        shown[rounded[each.match.place][-1]].join(drawing.rows[each.party.slug])
                        for each in result.ranked
                    ]
                )
            ),
            "has_own": has_level(result),
            "own": shown[whole_percent(own)],
            "own_level": em(drawing.ground.level(float(own))),
            "friendlier": _friendlier(parties)[parties - bisect_right(drawing.friendliness, own)],
        }
    )


def _marks(drawing: _Drawing, compared: Comparison) -> dict[str, SafeString]:
    """Lines, dots, the names on either side, and those below it: the nearest to the voter first."""
    part, whole = compared.part[drawing.order, -1], compared.whole[drawing.order, -1]
    across = (WIDE * part // np.maximum(whole, 1)).tolist()
    if not whole.all():
        across = [x if full else None for x, full in zip(across, whole.tolist(), strict=True)]
    shown = sorted(
        (place for place, x in enumerate(across) if x is not None), key=lambda place: -across[place]
    )
    signs = dict(zip(shown, SIGNS, strict=False))
    lines, dots, columns = [], [], []
    for names, edge in zip(beside(drawing.ground, across), ("0", "100%"), strict=True):
        foot, column = 0, []  # of the name above it, in tenths of an em
        for place, row in names:
            x, (line, dot, name) = ACROSS[across[place]], drawing.marks[place]
            lines.append(f"{line[0]}{x}{line[1]}{edge}{line[2]}{EMS[row]}{line[3]}")
            dots.append(f"{dot[0]}{x}{dot[1]}")
            column.append(f"{name[0]}{EMS[row + ROW // 2 - foot]}{name[1]}{signs[place]}{name[2]}")
            foot = row + ROW // 2
        columns.append(column)
    below = [signs[place].join(drawing.signed[place]) for place in shown]
    kinds = {
        "lines": lines,
        "dots": dots,
        "below": below,
        "before": columns[0],
        "after": columns[1],
    }
    return {kind: SafeString("".join(each)) for kind, each in kinds.items()}


def _drawing(edition: Edition) -> _Drawing:
    found: _Drawing | None = edition.beside.get("field")
    if found is None:
        found = edition.beside["field"] = _new_drawing(edition)
    return found


def _new_drawing(edition: Edition) -> _Drawing:
    known = participation(edition)
    exact = {slug: Fraction(each.score or 0) for slug, each in known.friendliness.items()}
    on = ground({slug: float(score) for slug, score in exact.items()})
    in_panel = {slug: place for place, slug in enumerate(known.ranking)}
    line, dot, name, signed, row = (
        mould_of_questions(edition, f"quiz/_field_{part}.html")
        for part in ("line", "dot", "name", "signed", "row")
    )
    fixed = [
        {
            "party": known.ranking[each.key].name,
            "friendliness": percent(exact[each.key]),
            "level": em(each.level),
        }
        for each in on.places
    ]
    context = {
        "height": em(on.height),
        "middle": em(on.level(0.5)),
        "ticks": [(tick, percents()[tick], em(on.level(tick / 100))) for tick in TICKS],
    }
    return _Drawing(
        ground=on,
        order=np.array([in_panel[each.key] for each in on.places], dtype=np.intp),
        marks=[
            (
                line.partly(each).around("x", "edge", "row"),
                dot.partly(each).around("x"),
                name.partly(each).around("height", "sign"),
            )
            for each in fixed
        ],
        signed=[signed.partly(each).around("sign") for each in fixed],
        rows={
            place.key: row.partly(each).around("score")
            for place, each in zip(on.places, fixed, strict=True)
        },
        friendliness=sorted(exact.values()),
        frame=kept_mould(edition.beside, "quiz/_field.html", context=lambda: context),
    )


@once_per_language
def _friendlier(count: int) -> Sequence[str]:
    """How many parties stand above the voter's own line, by that number."""
    return [
        gettext("Geen enkele partij staat erboven."),
        *(
            ngettext(
                "%(number)s van de %(count)s partijen staat erboven.",
                "%(number)s van de %(count)s partijen staan erboven.",
                number,
            )
            % {"number": number, "count": count}
            for number in range(1, count)
        ),
        gettext("Alle partijen staan erboven."),
    ]
