"""The pages that show a voter's answers, made by filling moulds. Nothing of a voter stays here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from statements.matching import Method, Verdict
from statements.models import Stance
from stemhulp.editions.edition import Edition, Statement
from stemhulp.quiz.addresses import address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.moulds import Mould, joined, kept_mould, kept_moulds, shared_mould
from stemhulp.quiz.result import (
    Certainty,
    Result,
    by_method,
    calculate,
    participation,
)
from stemhulp.quiz.scores import (
    PERCENTS,
    names,
    number_word,
    percent,
    stance_label,
    stance_mark,
    whole_percents,
    width,
)

MOST_CONTENDERS = 4
OPINIONS = {
    stance: SafeString(stance_label(stance).lower()) for stance in [None, *map(int, Stance)]
}
NOT_ANSWERED = SafeString("niet beantwoord")
VERDICTS = {"is_firm": Verdict.FIRM, "is_mostly": Verdict.MOSTLY, "is_open": Verdict.OPEN}
BUTTONS = [*(str(stance.value) for stance in Stance), "geen"]
# Per answer, which of its buttons is pressed: "" before there is any.
PRESSED = {
    answer: {
        f"pressed-{each}": SafeString("true" if each == answer else "false") for each in BUTTONS
    }
    for answer in [*BUTTONS, ""]
}


@dataclass(frozen=True)
class Page:
    """What goes into the frame: a whole page, or the fragment that htmx puts in one."""

    address: str
    title: str
    mould: Mould
    values: Mapping[str, Any]

    def main(self, *, is_fragment: bool) -> SafeString:
        return self.mould.fill({**self.values, "is_fragment": is_fragment})


def statement_page(edition: Edition, given: Answers, asked: Statement) -> Page:
    """One statement, with the answer that was given to it."""
    count, number = len(edition.statements), asked.number
    is_answered = asked.key in given.stances
    return Page(
        address("statement", edition, number),
        f"Stelling {number} van {count} · {edition.municipality.name}",
        kept_mould(
            edition,
            "quiz/statement.html",
            number,
            context=lambda: {
                "statement": asked,
                "stances": Stance,
                "url": address("statement", edition, number),
                "previous": address("statement", edition, number - 1) if number > 1 else "",
                "following": _following(edition, asked),
            },
        ),
        {
            "is_answered": is_answered,
            "answered": _answered_in(edition, given),
            **PRESSED[_button(given.stances.get(asked.key), is_answered=is_answered)],
        },
    )


def overview_page(edition: Edition, given: Answers) -> Page:
    """All statements, each with the answer that was given to it."""
    values: dict[str, Any] = {"answered": _answered_in(edition, given)}
    for each in edition.statements:
        is_answered = each.key in given.stances
        values[f"is_answered-{each.number}"] = is_answered
        values[f"opinion-{each.number}"] = stance_label(given.stances.get(each.key))
    return Page(
        address("overview", edition),
        f"Alle stellingen · {edition.municipality.name}",
        kept_mould(edition, "quiz/overview.html"),
        values,
    )


def weights_page(edition: Edition, given: Answers) -> Page:
    """Which themes and statements count double."""
    open_number = given.first_open(edition)
    values: dict[str, Any] = {
        "is_incomplete": open_number is not None,
        "first_open": open_number,
        "first_open_address": address("statement", edition, open_number or 1),
    }
    for theme, statements in edition.by_theme:
        doubled = [each.key for each in statements if each.key in given.statements]
        values[f"theme-{theme.key}"] = theme.key in given.themes
        values[f"has_own-{theme.key}"] = bool(doubled)
        for each in statements:
            values[f"statement-{each.key}"] = each.key in doubled
    return Page(
        address("weights", edition),
        f"Extra belangrijk · {edition.municipality.name}",
        kept_mould(edition, "quiz/weights.html"),
        values,
    )


def result_page(edition: Edition, given: Answers, changed: Statement | None = None) -> Page:
    """The result; `changed` is the statement whose answer was just changed: it stays in view."""
    result, known = calculate(edition, given), participation(edition)
    url = address("result", edition)
    return Page(
        f"{url}#stelling-{changed.number}" if changed else url,
        f"Jouw uitslag in {edition.municipality.name}",
        kept_mould(edition, "quiz/result.html", context=lambda: {"participation": known}),
        {
            "answered": result.answered,
            "is_thin": result.is_thin,
            "is_changed": changed is not None,
            "has_ranking": bool(result.ranked),
            "has_ties": result.has_ties,
            "you": width(result.voter.score),
            "certainty": _certainty(edition, result.certainty),
            "ranking": _ranking(edition, result),
            "statements": _statements(edition, given, result, changed),
            **_profile(edition, result),
            **_left_out(edition, result),
        },
    )


def answer_page(edition: Edition, given: Answers, asked: Statement) -> Page:
    """One statement of the result: the voter's answer, a way to change it, and the others'."""
    number = asked.number
    return Page(
        address("answer", edition, number),
        f"Stelling {number}: jij en de anderen · {edition.municipality.name}",
        kept_mould(
            edition,
            "quiz/answer.html",
            number,
            context=lambda: {"statement": asked, "stances": Stance},
        ),
        {"answer": answer_part(edition, given, asked)},
    )


def answer_part(edition: Edition, given: Answers, asked: Statement) -> SafeString:
    """What unfolds under a statement of the result."""
    mould = kept_mould(
        edition,
        "quiz/_answer.html",
        asked.number,
        context=lambda: {"statement": asked, "stances": Stance},
    )
    button = _button(given.stances.get(asked.key), is_answered=asked.key in given.stances)
    return mould.fill({**PRESSED[button], "positions": _positions(edition, asked)})


def methods_page(edition: Edition, given: Answers) -> Page:
    """How the count works, with this voter's result under every method."""
    moulds = kept_moulds(
        edition,
        "quiz/_method_row.html",
        lambda: {
            slug: {"party": party, "methods": list(Method)}
            for slug, party in participation(edition).ranking.items()
        },
    )
    rows = []
    for row in by_method(edition, given):
        values: dict[str, Any] = {}
        for method, place in zip(Method, row.places, strict=True):
            values[f"rank-{method}"] = place.rank
            values[f"score-{method}"] = percent(place.score)
        rows.append(moulds[row.party.slug].fill(values))
    return Page(
        address("own_methods", edition),
        f"Hoe rekenen we? · {edition.municipality.name}",
        kept_mould(edition, "quiz/own_methods.html"),
        {"rows": joined(rows), "has_rows": bool(rows)},
    )


# The parts of a page


def _following(edition: Edition, asked: Statement) -> str:
    """The address after a statement. Without parties there is no agreement to weigh."""
    if asked.number < len(edition.statements):
        return address("statement", edition, asked.number + 1)
    return address("weights" if edition.is_answered else "result", edition)


def _answered_in(edition: Edition, given: Answers) -> int:
    """How many statements have an answer, "geen mening" included."""
    return sum([each.key in given.stances for each in edition.statements])


def _button(stance: int | None, *, is_answered: bool) -> str:
    """The button that gives this answer."""
    if not is_answered:
        return ""
    return "geen" if stance is None else str(stance)


def _positions(edition: Edition, asked: Statement) -> SafeString:
    """What each party holds of a statement, in the order of the ballot."""
    mould = shared_mould("quiz/_position.html")
    return joined(
        mould.fill(
            {
                "party": party.name,
                "mark": stance_mark(position.stance),
                "opinion": None if position.stance is None else OPINIONS[position.stance],
                "motivation": position.motivation,
                "source": position.source,
            }
        )
        for party in edition.parties
        if (position := party.positions.get(asked.key))
    )


def _ranking(edition: Edition, result: Result) -> SafeString:
    """The rows of the parties that have a rank, best first."""
    if result.compared is None:
        return SafeString()
    rounded = whole_percents(result.compared.part, result.compared.whole)
    moulds = kept_moulds(edition, "quiz/_ranked.html", lambda: _parties(edition))
    rows = []
    for party, is_shared, row in result.ranked:
        *themes, score = rounded[row.place]
        values = {
            **{f"theme-{number}": PERCENTS[each] for number, each in enumerate(themes)},
            "rank": row.rank,
            "is_shared": is_shared,
            "alike": row.alike,
            "compared": row.compared,
            "compared_one": row.compared == 1,
            "score": PERCENTS[score],
            "width": score,
        }
        rows.append(moulds[party.slug].fill(values))
    return joined(rows)


def _parties(edition: Edition) -> dict[str, dict[str, Any]]:
    """Per party, by its slug: what its row says to every voter alike."""
    known = participation(edition)
    return {
        slug: {
            "party": party,
            "friendliness": known.friendliness[slug].score,
            "themes": [
                (theme, known.friendliness[slug].groups[theme.key]) for theme in edition.themes
            ],
        }
        for slug, party in known.ranking.items()
    }


def _certainty(edition: Edition, certainty: Certainty | None) -> SafeString:
    if certainty is None:
        return SafeString()
    shown = certainty.contenders[:MOST_CONTENDERS]
    values: dict[str, Any] = {
        **{name: certainty.verdict is verdict for name, verdict in VERDICTS.items()},
        "leaders": names(certainty.leaders),
        "one_leader": len(certainty.leaders) == 1,
        "leader": certainty.leader.party.name,
        "count": number_word(len(certainty.contenders)).capitalize(),
        "contenders": names([each.party for each in certainty.contenders]),
        "variants": certainty.variants,
    }
    for place in range(MOST_CONTENDERS):
        values[f"has_contender-{place}"] = place < len(shown)
    for place, each in enumerate(shown):
        values[f"contender-{place}"] = each.party.name
        values[f"width-{place}"] = width(each.share)
        values[f"first-{place}"] = each.first
    mould = kept_mould(
        edition, "quiz/_certainty.html", context=lambda: {"places": range(MOST_CONTENDERS)}
    )
    return mould.fill(values)


def _profile(edition: Edition, result: Result) -> dict[str, Any]:
    """The voter's own refugee-friendliness, whole and per theme."""
    values: dict[str, Any] = {"friendliness": percent(result.voter.score)}
    for theme, score in result.voter.groups.items():
        values[f"has_theme-{theme}"] = score is not None
        values[f"theme-{theme}"] = percent(score)
        values[f"theme_width-{theme}"] = width(score)
    return values


def _left_out(edition: Edition, result: Result) -> dict[str, Any]:
    """The parties that stand apart, and the statements that did not count."""
    known, unranked = participation(edition), {party.slug for party in result.unranked}
    skipped = [each.stance is None for each in result.statements]
    values: dict[str, Any] = {
        "has_apart": bool(known.few_answers or known.no_answers or unranked),
        "has_unranked": bool(unranked),
        "has_skipped": bool(result.answered) and any(skipped),
        "skipped": sum(skipped),
        "skipped_one": sum(skipped) == 1,
    }
    if unranked:
        values |= {f"is_unranked-{slug}": slug in unranked for slug in known.ranking}
    if values["has_skipped"]:
        values |= {f"is_skipped-{number}": each for number, each in enumerate(skipped, start=1)}
    return values


def _statements(
    edition: Edition, given: Answers, result: Result, changed: Statement | None
) -> SafeString:
    """The rows of all statements, each with what the voter answered."""
    moulds = kept_moulds(
        edition,
        "quiz/_answered.html",
        lambda: {each.number: {"statement": each} for each in edition.statements},
    )
    rows = []
    for statement, is_answered, stance, counts_double in result.statements:
        values = {
            "mark": stance_mark(stance),
            "opinion": OPINIONS[stance] if is_answered else NOT_ANSWERED,
            "counts_double": counts_double and stance is not None,
        }
        if statement is changed:
            rows.append(_changed(edition, given, result, statement, values))
        else:
            rows.append(moulds[statement.number].fill(values))
    return joined(rows)


def _changed(
    edition: Edition, given: Answers, result: Result, changed: Statement, values: dict[str, Any]
) -> SafeString:
    """The row of a changed answer: what it led to, and the folded part, which stays open."""
    leader = result.ranked[0] if result.ranked else None
    mould = kept_mould(
        edition, "quiz/_changed.html", changed.number, context=lambda: {"statement": changed}
    )
    return mould.fill(
        {
            **values,
            "leader": leader.party.name if leader else "",
            "leader_score": percent(result.score_of(leader) if leader else None),
            "answer": answer_part(edition, given, changed),
        }
    )
