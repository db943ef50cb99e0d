"""The voter's own way, on what is not published yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, set_urlconf
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from parties.accounts.access import PersonRequest
from parties.models import Contest
from statements.curation.access import for_contest, require, staff
from statements.curation.permissions import PUBLISH
from stemhulp.publication.trial import Trial, trial_of
from stemhulp.quiz.contests import trying
from stemhulp.quiz.problems import Problem

ADDRESSES = "stemhulp.publication.trial_urls"


@csrf_exempt  # the voter's forms carry no token: their views look where a form comes from
@for_contest
def preview(request: PersonRequest, contest: Contest, rest: str = "") -> HttpResponse:
    """A page of the voter's, whatever the rest of its address asks for. Never kept by a cache."""
    require(request, PUBLISH, contest)
    trial = trial_of(contest)
    with _trial_addresses(), trying(trial):
        response = _page(request, trial)
    del response["ETag"]
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, trial: Trial) -> HttpResponse:
    try:
        found = resolve(request.path_info, ADDRESSES)
    except Resolver404:
        raise Http404 from None
    if found.app_names != ["quiz"]:
        raise Http404
    try:
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Problem as problem:  # shown here, while links lead to the trial
        problem.edition = problem.edition or trial
        response = problem.respond(request)
    return response


@require_safe
@staff
def method(request: PersonRequest) -> HttpResponse:
    """How the count works: the page that is the same everywhere, with the trial's addresses."""
    with _trial_addresses():
        return render(request, "publication/method.html")


@require_safe
@staff
def leave(request: PersonRequest, election: str = "") -> HttpResponse:
    """Where a voter would look for a municipality, staff choose one to publish."""
    if election:
        return redirect("publication:overview", election)
    return redirect("publication:publish")


@contextmanager
def _trial_addresses() -> Iterator[None]:
    set_urlconf(ADDRESSES)
    try:
        yield
    finally:
        set_urlconf(settings.ROOT_URLCONF)
