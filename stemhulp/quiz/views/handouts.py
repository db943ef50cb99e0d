"""What people take along: flyers and previews, the same for everyone; and a voter's own result."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import quote_etag

from stemhulp.editions import store
from stemhulp.editions.edition import Theme
from stemhulp.editions.guide import Guide
from stemhulp.handouts.flyer import Paper, flyer_pdf
from stemhulp.handouts.images import PreviewCard, preview_image
from stemhulp.handouts.images import result_image as set_image
from stemhulp.handouts.result import result_pdf as set_pdf
from stemhulp.quiz import leaflets, shelf
from stemhulp.quiz.addresses import address
from stemhulp.quiz.contests import edition_at, guide_to
from stemhulp.quiz.requests import VoterRequest, takes
from stemhulp.quiz.result import calculate
from stemhulp.quiz.result_image import image_page, result_card
from stemhulp.quiz.sheets import result_sheet
from stemhulp.quiz.views.showing import answers_of, private, show

# A day; and shown on while a cache asks anew, and through an outage of ours (RFC 5861).
CACHE_CONTROL = "public, max-age=86400, stale-while-revalidate=604800, stale-if-error=604800"


@takes("GET", "HEAD")
def preview(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The image beside a link to the quiz in a municipality."""
    return _preview(leaflets.preview_of(edition_at(election, municipality)))


@takes("GET", "HEAD")
def election_preview(request: VoterRequest, election: str) -> HttpResponse:
    """The image beside a link to the quiz of an election."""
    guide = guide_to(election)
    return _preview(leaflets.preview_of_all(guide, _themes(guide)))


@takes("GET", "HEAD")
def flyer(request: VoterRequest, election: str, municipality: str, paper: Paper) -> HttpResponse:
    """A page to print, with a code that leads to the quiz in this municipality."""
    edition = edition_at(election, municipality)
    if not edition.statements:
        raise Http404
    known = store.elections(timezone.localdate())
    content = leaflets.flyer_of(edition, is_current=known[:1] == (edition.election,))
    at = edition.imprint.published_at if edition.imprint else timezone.now()
    made = shelf.kept(content, f"-{paper}.pdf", lambda: flyer_pdf(content, paper, at))
    response = _for_everyone(made, "application/pdf")
    name = f"stemhulp-{edition.municipality.slug}-{paper}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@takes("GET", "HEAD", "POST")
def result_pdf(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The voter's result as a document, made of the answers in the cookie and kept nowhere."""
    edition = edition_at(election, municipality)
    if request.method != "POST":
        return redirect(address("result", edition))
    result = calculate(edition, answers_of(request, edition))
    made = set_pdf(result_sheet(edition, result), timezone.now())
    response = private(HttpResponse(made, content_type="application/pdf"))
    name = f"stemhulp-{edition.municipality.slug}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@takes("GET", "HEAD")
def result_image(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The page with the image of the voter's result."""
    edition = edition_at(election, municipality)
    given = answers_of(request, edition)
    return show(request, edition, given, image_page(edition, calculate(edition, given)))


@takes("GET", "HEAD")
def result_png(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The image itself. Its address says nothing of the answers, and no other site gets it."""
    edition = edition_at(election, municipality)
    result = calculate(edition, answers_of(request, edition))
    if not result.ranked:
        raise Http404
    made = set_image(result_card(edition, result))
    response = private(HttpResponse(made, content_type="image/png"))
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _preview(card: PreviewCard) -> HttpResponse:
    return _for_everyone(shelf.kept(card, ".png", lambda: preview_image(card)), "image/png")


def _for_everyone(made: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    response["Cache-Control"] = CACHE_CONTROL
    response["ETag"] = quote_etag(hashlib.sha256(made).hexdigest()[:32])
    return response


def _themes(guide: Guide) -> tuple[Theme, ...]:
    """What the election is about here: as in one of its contests, where one was published."""
    for place in filter(None, [guide.voting, *guide.examples]):
        edition = store.edition(guide.election.slug, place.slug, leaflets.spoken())
        if edition:
            return edition.questionnaire.themes
    return ()
