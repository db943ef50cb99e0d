"""The page with a voter's result, and what unfolds on it."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from statements.matching import Verdict
from statements.models import Stance, Withholding
from stemhulp.editions.edition import Edition, Party, Position, Statement
from stemhulp.quiz.addresses import address, contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.features import told_behind
from stemhulp.quiz.moulds import Mould, joined, kept_mould
from stemhulp.quiz.pages import Page, mould_of_questions, mould_of_statement, pressed
from stemhulp.quiz.result import Certainty, Result, calculate, participation
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
from stemhulp.quiz.what_now import what_now

MOST_CONTENDERS = 6
VERDICTS = {"is_firm": Verdict.FIRM, "is_mostly": Verdict.MOSTLY, "is_open": Verdict.OPEN}
OPINIONS = {
    stance: SafeString(stance_label(stance).lower()) for stance in [None, *map(int, Stance)]
}
NOT_ANSWERED = SafeString("niet beantwoord")
GROUNDS = {ground.value: str(ground.label) for ground in Withholding.Ground}


def result_page(edition: Edition, given: Answers, changed: Statement | None = None) -> Page:
    """The result; `changed` is the statement whose answer was just changed: it stays in view."""
    result = calculate(edition, given)
    rows = _statements(edition, given, result, changed)
    return _result_page(edition, result, rows, _skipped(edition, result), changed)


def preview_page(edition: Edition, given: Answers) -> Page:
    """The result for a party that looks at itself: everything unfolded, nothing to press."""
    mould = mould_of_questions(edition, "quiz/_previewed.html")
    rows = joined(
        mould.fill(
            {
                "number": each.number,
                "theme": each.theme.key,
                "text": each.text,
                "positions": _positions(edition, each),
            }
        )
        for each in edition.statements
    )
    return _result_page(edition, calculate(edition, given), rows, SafeString())


def _result_page(
    edition: Edition,
    result: Result,
    statements: SafeString,
    skipped: SafeString,
    changed: Statement | None = None,
) -> Page:
    url = address("result", edition)
    context = {"edition": edition, "participation": participation(edition)}
    return Page(
        f"{url}#stelling-{changed.number}" if changed else url,
        f"Jouw uitslag in {edition.municipality.name}",
        kept_mould(edition.beside, "quiz/result.html", context=lambda: context),
        {
            "answered": result.answered,
            "is_thin": result.is_thin,
            "is_changed": changed is not None,
            "has_ranking": bool(result.ranked),
            "has_ties": result.has_ties,
            "you": width(result.voter.score),
            "certainty": _certainty(edition, result.certainty),
            "ranking": _ranking(edition, result),
            "statements": statements,
            "skipped": skipped,
            "what_now": what_now(edition),
            **_profile(result),
            **_left_out(edition, result),
        },
    )


def answer_page(edition: Edition, given: Answers, asked: Statement) -> Page:
    """One statement of the result: the voter's answer, a way to change it, and the others'."""
    return Page(
        address("answer", edition, asked.number),
        f"Stelling {asked.number}: jij en de anderen · {edition.municipality.name}",
        mould_of_statement(edition, "quiz/answer.html", asked),
        {"contest": contest_address(edition), "answer": answer_part(edition, given, asked)},
    )


def answer_part(edition: Edition, given: Answers, asked: Statement) -> SafeString:
    """What unfolds under a statement of the result."""
    return mould_of_statement(edition, "quiz/_answer.html", asked).fill(
        {
            "contest": contest_address(edition),
            "positions": _positions(edition, asked),
            "features": told_behind(edition, asked),
            **pressed(given, asked),
        }
    )


def _positions(edition: Edition, asked: Statement) -> SafeString:
    """What each party holds of a statement, in the order of the ballot."""
    mould = mould_of_questions(edition, "quiz/_position.html")
    return joined(
        mould.fill(
            {
                "party": party.name,
                "mark": stance_mark(position.stance),
                "opinion": None if position.stance is None else OPINIONS[position.stance],
                "motivation": position.motivation,
                "source": position.source,
                "from_programme": position.from_programme,
                "withheld": GROUNDS.get(position.withheld, position.withheld),
                **_correction(position),
            }
        )
        for party in edition.parties
        if (position := party.positions.get(asked.key))
    )


def _correction(position: Position) -> dict[str, Any]:
    if position.correction is None:
        return {"corrected": None, "correction": None}
    on = date_format(position.correction.on, "j F Y")
    return {"corrected": on, "correction": position.correction.reason}


def _ranking(edition: Edition, result: Result) -> SafeString:
    """The rows of the parties that have a rank, best first."""
    if result.compared is None:
        return SafeString()
    rounded = whole_percents(result.compared.part, result.compared.whole)
    moulds, rows = _rows_of_parties(edition), []
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


def _rows_of_parties(edition: Edition) -> Mapping[str, Mould]:
    """Per party, by its slug: its row, with what that says to every voter alike."""
    found: Mapping[str, Mould] | None = edition.beside.get("quiz/_ranked.html")
    if found is None:
        any_party, known = mould_of_questions(edition, "quiz/_ranked.html"), participation(edition)
        found = edition.beside["quiz/_ranked.html"] = {
            slug: any_party.partly(
                {
                    "party": party.name,
                    **_programme(party),
                    "friendliness": percent(known.friendliness[slug].score),
                    "friendliness_width": width(known.friendliness[slug].score),
                    **{
                        f"friendly-{number}": percent(score)
                        for number, score in enumerate(known.friendliness[slug].themes.values())
                    },
                }
            )
            for slug, party in known.ranking.items()
        }
    return found


def _programme(party: Party) -> dict[str, Any]:
    """On how many statements we only know a party from its programme."""
    count = party.from_programme
    return {
        "from_programme": count,
        "all_from_programme": count > 0 and count == party.answered,
        "some_from_programme": 0 < count < party.answered,
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
        "more": len(certainty.contenders) - len(shown),
    }
    for place in range(MOST_CONTENDERS):
        values[f"has_contender-{place}"] = place < len(shown)
    for place, each in enumerate(shown):
        values[f"contender-{place}"] = each.party.name
        values[f"width-{place}"] = width(each.share)
        values[f"first-{place}"] = each.first
    mould = mould_of_questions(
        edition, "quiz/_certainty.html", context=lambda: {"places": range(MOST_CONTENDERS)}
    )
    return mould.fill(values)


def _profile(result: Result) -> dict[str, Any]:
    """The voter's own refugee-friendliness, whole and per theme."""
    values: dict[str, Any] = {"friendliness": percent(result.voter.score)}
    for theme, score in result.voter.themes.items():
        values[f"has_theme-{theme}"] = score is not None
        values[f"theme-{theme}"] = percent(score)
        values[f"theme_width-{theme}"] = width(score)
    return values


def _left_out(edition: Edition, result: Result) -> dict[str, Any]:
    """The parties that stand apart."""
    known, unranked = participation(edition), {party.slug for party in result.unranked}
    return {
        "has_apart": bool(known.few_answers or known.no_answers or unranked),
        "has_unranked": bool(unranked),
        **({f"is_unranked-{slug}": slug in unranked for slug in known.ranking} if unranked else {}),
    }


def _skipped(edition: Edition, result: Result) -> SafeString:
    """The statements that did not count, where there are others that did."""
    skipped = [each.stance is None for each in result.statements]
    if not result.answered or not any(skipped):
        return SafeString()
    return mould_of_questions(edition, "quiz/_skipped.html").fill(
        {
            "contest": contest_address(edition),
            "skipped": sum(skipped),
            "is_one": sum(skipped) == 1,
            **{f"is_skipped-{number}": each for number, each in enumerate(skipped, start=1)},
        }
    )


def _statements(
    edition: Edition, given: Answers, result: Result, changed: Statement | None
) -> SafeString:
    """The rows of all statements, each with what the voter answered."""
    moulds, rows = _rows_of_statements(edition), []
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


def _changed(
    edition: Edition, given: Answers, result: Result, changed: Statement, values: dict[str, Any]
) -> SafeString:
    """The row of a changed answer: what it led to, and the folded part, which stays open."""
    leader = result.ranked[0] if result.ranked else None
    return mould_of_statement(edition, "quiz/_changed.html", changed).fill(
        {
            **values,
            "leader": leader.party.name if leader else "",
            "leader_score": percent(result.score_of(leader) if leader else None),
            "answer": answer_part(edition, given, changed),
        }
    )
