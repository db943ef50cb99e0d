"""What an address says before it says where: the venue, and the language.

/gr2022/utrecht/            on our site, in Dutch
/ar/gr2022/utrecht/         on our site, in Arabic
/embed/en/gr2022/utrecht/   in somebody's page, in English
"""

from collections.abc import Callable

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from stemhulp.quiz.venues import Venue, venue_of, within

ADDRESSES = "stemhulp.quiz.venue_urls"
GetResponse = Callable[[HttpRequest], HttpResponse]


class VenueMiddleware:
    """Serves the voter's pages, and nothing else, under the prefix of a venue."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        venue = venue_of(request.path_info)
        if venue is Venue.SITE:
            return self.get_response(request)
        request.path_info = request.path_info.removeprefix(venue.prefix.rstrip("/"))
        request.urlconf = ADDRESSES  # which the handler reads
        with within(venue):
            response = self.get_response(request)
        if venue is Venue.EMBED and settings.EMBED_HOSTS:
            _may_be_framed(response)
        return response


def _may_be_framed(response: HttpResponse) -> None:
    response.xframe_options_exempt = True  # that header knows no list of hosts
    allowed = {"frame-ancestors": [SELF, *settings.EMBED_HOSTS]}
    response._csp_replace = allowed  # type: ignore[attr-defined]  # as csp_replace does


class LanguageMiddleware:
    """The language is the one that the address begins with, else Dutch.

    What a browser prefers changes no page, so that any cache may keep it: people choose.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
