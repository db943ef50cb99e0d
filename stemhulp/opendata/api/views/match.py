"""A voter's result: the one address that is sent something, and forgets it."""

from django.http import HttpRequest, HttpResponse
from ninja import Body
from ninja.decorators import decorate_view

from stemhulp.opendata.api.answers import JSON
from stemhulp.opendata.api.finding import edition_of, guide_to, imprints_of
from stemhulp.opendata.api.match import Matched, Voter, answers_of, check_edition, matched
from stemhulp.opendata.api.problems import Problem
from stemhulp.opendata.api.requests import refuse_others, takes_json
from stemhulp.opendata.api.service import api

FOR_MATCHING = (400, 404, 409, 411, 413, 415, 422, 500, 503)


@api.post(
    "/match",
    response={200: Matched, **dict.fromkeys(FOR_MATCHING, Problem)},
    tags=["Match"],
    summary="A voter's result",
    operation_id="match",
)
@decorate_view(takes_json)
def match(request: HttpRequest, voter: Body[Voter]) -> HttpResponse:
    """Compares a voter's answers with every party, as the result page does, and by the same count.

    Nothing of it is kept or logged, here or by any cache: the answers are political opinions.
    Scores are exact; `percent` is what our pages show.
    """
    refuse_others(request, ())
    imprints = imprints_of(guide_to(voter.election), voter.municipality)
    check_edition(voter.edition, imprints)
    edition = edition_of(voter.election, voter.municipality, voter.language)
    found = matched(edition, answers_of(voter, edition))
    response = HttpResponse(found.model_dump_json().encode(), content_type=JSON)
    response["Cache-Control"] = "no-store"
    return response
