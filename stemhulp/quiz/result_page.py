"""The page with a voter's result."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from statements.matching import Verdict
from stemhulp.editions.edition import Edition, Party, Statement
from stemhulp.quiz.addresses import address, contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.drawings import BARS, bars, friendly, rounded_scores, you
from stemhulp.quiz.field_drawing import field
from stemhulp.quiz.moulds import Mould, joined, kept_mould
from stemhulp.quiz.pages import Page, mould_of_questions, mould_of_statement
from stemhulp.quiz.result import Certainty, Result, calculate, participation
from stemhulp.quiz.scores import (
    agreements,
    names_in_html,
    once_per_language,
    percents,
    places,
    width,
)
from stemhulp.quiz.statement_list import (
    ALL,
    Chosen,
    answer_part,
    change_of,
    filter_form,
    listed,
    previewed_statements,
    skipped_statements,
)
from stemhulp.quiz.what_now import what_now

MOST_CONTENDERS = 6
VERDICTS = {"is_firm": Verdict.FIRM, "is_mostly": Verdict.MOSTLY, "is_open": Verdict.OPEN}


def result_page(
    edition: Edition, given: Answers, changed: Statement | None = None, chosen: Chosen = ALL
) -> Page:
    """The result; `changed` is the statement whose answer was just changed: it stays in view.

    `chosen` says which statements are shown, one by one.
    """
    result = calculate(edition, given)
    change = change_of(edition, given, result, changed) if changed else None
    statements = {
        "filter": filter_form(edition, chosen),
        **listed(edition, result.statements, chosen, change),
        "is_changed": change is not None,
        "skipped": skipped_statements(edition, result),
    }
    place = f"{chosen.query}#stelling-{changed.number}" if changed else ""
    return _result_page(edition, result, statements, place)


def preview_page(edition: Edition, given: Answers) -> Page:
    """The result for a party that looks at itself: everything unfolded, nothing to press."""
    empty = dict.fromkeys(("filter", "found", "skipped", "has_filter", "is_changed"), SafeString())
    statements = {"statements": previewed_statements(edition), **empty}
    return _result_page(edition, calculate(edition, given), statements)


def answer_page(edition: Edition, given: Answers, asked: Statement) -> Page:
    """One statement of the result: the voter's answer, a way to change it, and the others'."""
    return Page(
        address("answer", edition, asked.number),
        gettext("Stelling %(number)s: jij en de anderen · %(municipality)s")
        % {"number": asked.number, "municipality": edition.municipality.name},
        mould_of_statement(edition, "quiz/answer.html", asked),
        {"contest": contest_address(edition), "answer": answer_part(edition, given, asked)},
    )


def _result_page(
    edition: Edition,
    result: Result,
    statements: Mapping[str, Any],
    place: str = "",
) -> Page:
    rounded = rounded_scores(result)
    context = {
        "edition": edition,
        "questionnaire": edition.questionnaire,
        "participation": participation(edition),
    }
    return Page(
        address("result", edition) + place,
        gettext("Jouw uitslag in %(municipality)s") % {"municipality": edition.municipality.name},
        kept_mould(edition.beside, "quiz/result.html", context=lambda: context),
        {
            "contest": contest_address(edition),
            "answered": result.answered,
            "doubled": _doubled(result),
            "is_silent": _is_silent(result),
            "has_ranking": bool(result.ranked),
            "has_ties": result.has_ties,
            # Of a few answers nothing is sure, however one counts.
            "certainty": _certainty(edition, None if result.is_thin else result.certainty),
            "ranking": _ranking(edition, result, rounded),
            "field": field(edition, result, rounded),
            "what_now": what_now(edition),
            **statements,
            **you(result),
            **_left_out(edition, result),
        },
    )


def _ranking(edition: Edition, result: Result, rounded: Sequence[Sequence[int]]) -> SafeString:
    """The rows of the parties that have a rank, best first."""
    moulds, shown, rows = _rows_of_parties(edition), percents(), []
    drawn = bars()
    agreeing, placed = agreements(len(edition.statements)), places(len(edition.parties))
    for party, is_shared, row in result.ranked:
        *themes, score = rounded[row.place]
        values: dict[str, Any] = {
            "rank": f"{row.rank}=" if is_shared else row.rank,
            "place": placed[row.rank, is_shared],
            "alike": agreeing[row.alike, row.compared],
            "score": shown[score],
            "width": score,
        }
        values.update(zip(BARS, [drawn[each] for each in themes], strict=False))
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
                    "slug": slug,
                    "why": address("party", edition, slug),
                    **_programme(party),
                    **friendly(known.friendliness[slug]),
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
    shown, firsts = certainty.contenders[:MOST_CONTENDERS], _firsts(certainty.variants)
    values: dict[str, Any] = {
        **{name: certainty.verdict is verdict for name, verdict in VERDICTS.items()},
        "named": names_in_html(_named(certainty)),
        "one_leader": len(certainty.leaders) == 1,
        "counted": _counted(certainty.variants),
        "more": len(certainty.contenders) - len(shown),
    }
    for place in range(MOST_CONTENDERS):
        values[f"has_contender-{place}"] = place < len(shown)
    for place, each in enumerate(shown):
        values[f"contender-{place}"] = each.party.name
        values[f"width-{place}"] = width(each.share)
        values[f"first-{place}"] = firsts[each.first]
    mould = mould_of_questions(
        edition, "quiz/_certainty.html", context=lambda: {"places": range(MOST_CONTENDERS)}
    )
    return mould.fill(values)


def _named(certainty: Certainty) -> Sequence[Party]:
    """The parties that the sentence names, which depends on the verdict."""
    match certainty.verdict:
        case Verdict.FIRM:
            return certainty.leaders
        case Verdict.MOSTLY:
            return [certainty.leader.party]
        case Verdict.OPEN:
            return [each.party for each in certainty.contenders]


def _doubled(result: Result) -> str:
    """How many of the answers count double; nothing where none does."""
    doubled = sum(each.counts_double and each.stance is not None for each in result.statements)
    if doubled and doubled == result.answered:
        return gettext("Alles telt dubbel. Dat is hetzelfde als niets dubbel.")
    return _counting_double(doubled) if doubled else ""


def _is_silent(result: Result) -> bool:
    """Whether the voter answered every statement, and none with an opinion."""
    return not result.answered and all(each.is_answered for each in result.statements)


@once_per_language
def _counting_double(count: int) -> str:
    words = ngettext(
        "%(count)s stelling telt dubbel.", "%(count)s stellingen tellen dubbel.", count
    )
    return words % {"count": count}


@once_per_language
def _counted(count: int) -> str:
    words = ngettext("We telden op %(count)s manier.", "We telden op %(count)s manieren.", count)
    return words % {"count": count}


@once_per_language
def _firsts(most: int) -> Sequence[str]:
    """How often a party is first, in words, up to this often."""
    return [
        ngettext("%(count)s keer bovenaan", "%(count)s keer bovenaan", count) % {"count": count}
        for count in range(most + 1)
    ]


def _left_out(edition: Edition, result: Result) -> dict[str, Any]:
    """The parties that stand apart."""
    known, unranked = participation(edition), {party.slug for party in result.unranked}
    return {
        "has_apart": bool(known.few_answers or known.no_answers or unranked),
        "has_unranked": bool(unranked),
        **({f"is_unranked-{slug}": slug in unranked for slug in known.ranking} if unranked else {}),
    }
