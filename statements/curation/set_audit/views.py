"""What the set of statements does: to the parties' answers, and to voters who are played."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parties.accounts.access import PersonRequest
from parties.models import Contest, Election
from statements.curation.access import for_contest, for_election, to_first_election
from statements.curation.set_audit import figures, queries, readings
from statements.curation.set_audit.forms import FilterForm
from statements.curation.set_audit.queries import Answers
from statements.matching import set_audit as counting

front = require_GET(to_first_election("curation:set_audit_election"))


@require_GET
@for_election
def election(request: PersonRequest, election: Election) -> HttpResponse:
    """The national statements over all lists, and the contests to look into."""
    form = FilterForm(request.GET)
    is_valid = form.is_valid()
    page = queries.contests(
        request.user,
        election,
        municipality=form.cleaned_data.get("gemeente", ""),
        number=form.cleaned_data.get("pagina", ""),
    )
    context = {
        "election": election,
        "form": form,
        "page": page,
        "has_example": queries.has_example(request.user, election),
    }
    context |= _on_statements(queries.election_answers(request.user, election))
    status = 200 if is_valid else 400
    return render(request, "curation/set_audit/election.html", context, status=status)


@require_GET
@for_contest
def contest(request: PersonRequest, contest: Contest) -> HttpResponse:
    """The statements of one contest; its voters are played on a page of their own."""
    answers = queries.contest_answers(contest)
    context = {"contest": contest, "election": contest.election} | _on_statements(answers)
    return render(request, "curation/set_audit/contest.html", context)


def _on_statements(answers: Answers) -> dict[str, Any]:
    """How the parties answered each statement, and which statements say the same."""
    context: dict[str, Any] = {"answers": answers}
    if not answers.is_enough:
        return context
    spreads, pairs = counting.spreads(answers.stances), counting.pairs_alike(answers.stances)
    by_chance = counting.pairs_by_chance(answers.stances)
    rows = figures.statement_rows(answers.statements, spreads)
    return context | {
        "rows": rows,
        "pairs": figures.pair_rows(pairs, rows),
        "reading": [
            *readings.on_spreads(spreads),
            *readings.on_pairs(pairs, by_chance, answers.parties),
        ],
    }


@require_GET
@for_contest
def voters(request: PersonRequest, contest: Contest) -> HttpResponse:
    """Who comes first for played voters; takes a few seconds the first time."""
    answers = queries.contest_answers(contest)
    ranked = answers.ranked()
    context = {
        "contest": contest,
        "election": contest.election,
        "ranked": ranked,
        "unranked": answers.unranked().names,
        "voters": counting.VOTERS,
        "subsets": counting.SUBSETS,
    }
    if ranked.is_enough:
        context |= _on_voters(ranked)
    template = "curation/set_audit/voters.html" + ("#voters" if request.htmx else "")
    return render(request, template, context)


def _on_voters(ranked: Answers) -> dict[str, Any]:
    played = queries.simulations(ranked.stances)
    ties = counting.ties_with_own_voter(ranked.stances)
    return {
        "own": readings.on_own_voters(ties, ranked.names),
        "charts": [
            figures.chart(
                drawing,
                simulation,
                ranked.names,
                ranked.statements,
                readings.on_voters(simulation, ranked.names),
            )
            for drawing, simulation in played.items()
        ],
    }
