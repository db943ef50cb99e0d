"""Pages without answers: the same for everyone, so any cache may keep them.

What does not change between two editions is rendered once, and then only sent.
"""

import functools
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

from parties.search import Answer, Outcome
from stemhulp import VERSION
from stemhulp.editions import store
from stemhulp.editions.changes import changes
from stemhulp.editions.edition import Election
from stemhulp.editions.guide import Guide
from stemhulp.quiz import answers, refusals
from stemhulp.quiz.contests import edition_at, edition_in, elsewhere, guide_to
from stemhulp.quiz.features import told_in
from stemhulp.quiz.kept import CACHE_FOR_EVER, KeptPage, for_everyone, kept
from stemhulp.quiz.requests import VoterRequest, takes, wants_fragment
from stemhulp.quiz.scores import minutes_for
from stemhulp.quiz.venues import Venue, here

LENGTH_OF_POSTCODE = 4
# When these pages were last held against the product.
ACCESSIBILITY_CHECKED = date(2026, 11, 27)
PRIVACY_CHECKED = date(2026, 11, 26)
SEARCH_STATUS = {
    Outcome.EMPTY: 400,
    Outcome.NOT_A_POSTCODE: 400,
    Outcome.TOO_LONG: 400,
    Outcome.NO_POSTCODES: 404,
    Outcome.UNKNOWN_POSTCODE: 404,
    Outcome.UNKNOWN_NAME: 404,
    Outcome.SUGGESTION: 404,
}


@takes("GET", "HEAD")
def landing(request: VoterRequest, election: str = "") -> HttpResponse:
    """What this is, and finding one's municipality: by form, or while typing."""
    today = timezone.localdate()
    known = store.elections(today)
    guide = store.guide(election or (known[0].slug if known else ""))
    if guide is None:
        raise refusals.no_election(election)
    question = request.GET.get("plaats", "")
    if "plaats" in request.GET or wants_fragment(request):
        return _search(request, guide, question, known)
    response = kept(
        request,
        guide.beside,
        "quiz/landing.html",
        lambda: _landing_context(guide, "", guide.gazetteer.find(""), known),
        changes_with=(today, known),
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _search(
    request: VoterRequest, guide: Guide, question: str, known: tuple[Election, ...]
) -> HttpResponse:
    # While someone is still typing, the beginning of a postcode is no mistake.
    is_begun = request.htmx and question.isdecimal() and len(question) < LENGTH_OF_POSTCODE
    answer = guide.gazetteer.find("" if is_begun else question)
    if not request.htmx and answer.is_certain and len(answer.results) == 1:
        return redirect("quiz:introduction", guide.election.slug, answer.results[0].locality.slug)
    template = "quiz/landing.html"
    response = render(
        request,
        f"{template}#results" if wants_fragment(request) else template,
        _landing_context(guide, question, answer, known, is_asked=not request.htmx),
        # Nor is half a name.
        status=200 if request.htmx else SEARCH_STATUS.get(answer.outcome, 200),
    )
    patch_vary_headers(response, ["HX-Request"])
    return for_everyone(response)


def _landing_context(
    guide: Guide,
    question: str,
    answer: Answer,
    known: tuple[Election, ...],
    *,
    is_asked: bool = False,
) -> dict[str, Any]:
    others = [other for other in known if other != guide.election]
    return {
        "elsewhere": elsewhere(guide, question, answer, others),
        "guide": guide,
        "election": guide.election,
        "question": question[:80],
        "is_asked": is_asked,
        "answer": answer,
        "outcome": answer.outcome.name,
        "is_over": _is_over(guide.election),
        "others": others,
    }


@takes("GET", "HEAD")
def introduction(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """What is on the ballot and what happens with answers; or why there is no election here."""
    guide = guide_to(election)
    is_over = _is_over(guide.election)
    if absence := guide.absences.get(municipality):
        context = {"absence": absence, "election": guide.election, "is_over": is_over}
        return for_everyone(render(request, "quiz/absence.html", context))
    if municipality not in guide.municipalities:
        return _by_another_name(guide, municipality)
    edition = edition_in(guide, municipality)
    return kept(
        request,
        edition.beside,
        "quiz/introduction.html",
        lambda: {
            "edition": edition,
            "answered": sum(party.answered > 0 for party in edition.parties),
            "is_over": is_over,
            "minutes": minutes_for(len(edition.statements)),
            **told_in(edition),
        },
        changes_with=is_over,
    )


@takes("GET", "HEAD")
def share(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """A link, a flyer and a frame: for whoever wants others to use the quiz."""
    edition = edition_at(election, municipality)
    return kept(
        request,
        edition.beside,
        "quiz/share.html",
        lambda: {"edition": edition, "site": settings.SITE_URL.rstrip("/")},
        changes_with=None,
    )


@takes("GET", "HEAD")
def shortcut(request: VoterRequest, municipality: str) -> HttpResponse:
    """Lead /utrecht/ to the election of now: an address that fits on a flyer."""
    known = store.elections(timezone.localdate())
    guide = store.guide(known[0].slug) if known else None
    place = municipality.lower()
    if guide is None or not (
        place in guide.municipalities or guide.gazetteer.named(place.replace("-", " "))
    ):
        raise Http404
    return redirect("quiz:introduction", guide.election.slug, place)


@takes("GET", "HEAD")
def method(request: VoterRequest) -> HttpResponse:
    """How the count works."""
    return _standing_page("method", get_language(), here()).response(request)


@takes("GET", "HEAD")
def accessibility(request: VoterRequest) -> HttpResponse:
    """What we hold ourselves to, how it is tested, and what is known to fall short."""
    return _standing_page("accessibility", get_language(), here()).response(request)


@takes("GET", "HEAD")
def privacy(request: VoterRequest) -> HttpResponse:
    """What happens with data about people: voters, and those with an account (AVG, art. 13)."""
    return _standing_page("privacy", get_language(), here()).response(request)


@takes("GET", "HEAD")
def editions(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """All editions of a contest, with what changed from one to the next."""
    edition = edition_at(election, municipality)
    imprints = store.imprints(election, municipality)
    try:
        return kept(  # reading all documents is work for the first to ask
            request,
            edition.beside,
            "quiz/editions.html",
            lambda: {"edition": edition, "history": changes(imprints, store.document)},
            changes_with=imprints,
        )
    except store.UnreachableError:
        raise refusals.unreachable() from None


@takes("GET", "HEAD")
def edition_file(
    request: VoterRequest, election: str, municipality: str, number: int
) -> HttpResponse:
    """The exact bytes of an edition, which never change."""
    imprints = store.imprints(election, municipality)
    if not 1 <= number <= len(imprints):
        raise refusals.no_edition(election, municipality, number)
    imprint = imprints[number - 1]
    try:
        document = store.document(imprint)
    except store.UnreachableError:
        raise refusals.unreachable() from None
    response = HttpResponse(document, content_type="application/json")
    response["Cache-Control"] = CACHE_FOR_EVER
    response["ETag"] = quote_etag(imprint.digest)
    return response


def _is_over(election: Election) -> bool:
    return election.date < timezone.localdate()


def _by_another_name(guide: Guide, slug: str) -> HttpResponse:
    """Lead "den-haag" to "s-gravenhage". Raises Problem where that says nothing."""
    locality = guide.gazetteer.named(slug.replace("-", " "))
    if locality is None:
        raise refusals.no_municipality(guide, slug)
    return redirect("quiz:introduction", guide.election.slug, locality.slug)


@functools.cache
def _standing_page(page: str, language: str, venue: Venue) -> KeptPage:
    """A page that stays the same for as long as the process runs."""
    context = {
        "here": reverse(f"quiz:{page}"),
        "contact": settings.CONTACT_EMAIL,
        "written": PRIVACY_CHECKED if page == "privacy" else ACCESSIBILITY_CHECKED,
        "version": VERSION,
        "responsible": settings.RESPONSIBLE,
        "is_counted": settings.COUNT_USE,
        "hours": settings.ANSWERS_MAX_AGE_SECONDS // 3600,
        "minutes": answers.LONGEST_PAUSE // 60,
        "days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }
    return KeptPage.of(render_to_string(f"quiz/{page}.html", context))


def forget() -> None:
    """Render anew what is kept beside nothing, because templates were changed."""
    _standing_page.cache_clear()
