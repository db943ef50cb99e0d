"""The addresses of a contest's pages: where the contest is, and the page within it."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_from_path, override

from stemhulp.editions.edition import Edition
from stemhulp.quiz import venues

ANY_CONTEST = ("xx0000", "x")  # election and municipality


def address(page: str, edition: Edition, *more: int | str) -> str:
    """Where this page of the contest is: its name in urls.py, and what that asks for more."""
    return contest_address(edition) + within(page, *more)


def contest_address(edition: Edition) -> SafeString:
    """What the addresses of all its pages begin with: "/gr2022/utrecht/"."""
    found: SafeString | None = edition.beside.get("address")
    if found is None:
        slugs = (edition.election.slug, edition.municipality.slug)
        with override(edition.language):
            url = reverse("quiz:introduction", args=slugs)
        found = edition.beside["address"] = SafeString(url)
    return found


@lru_cache(maxsize=512)
def within(page: str, *more: int | str) -> str:
    """The rest of a page's address: "stelling/3/"."""
    contest = reverse("quiz:introduction", args=ANY_CONTEST)
    return reverse(f"quiz:{page}", args=[*ANY_CONTEST, *more]).removeprefix(contest)


def public_address(page: str, edition: Edition) -> str:
    """The whole address of a page of the contest, for others to use: on our own site.

    So it is in whatever venue the request is, and for staff who try what is not published yet.
    """
    return whole_address(page, edition.election.slug, edition.municipality.slug)


def short_address(edition: Edition) -> str:
    """One that is quick to type; it leads to the election of now."""
    return whole_address("shortcut", edition.municipality.slug)


def whole_address(page: str, *slugs: str) -> str:
    """The address of a page on our own site, in the language of the request."""
    with venues.within(venues.Venue.SITE):
        url = reverse(f"quiz:{page}", settings.ROOT_URLCONF, slugs)
    return settings.SITE_URL.rstrip("/") + url


def as_shown(url: str) -> str:
    """How people write an address: "stemhulp.example/utrecht"."""
    return url.split("://", 1)[-1].rstrip("/")


def in_language(url: str, code: str) -> str:
    """The address of the same page in another language: all of them have the same, but for a word.

    >>> in_language("/ar/gr2022/", "en"), in_language("/ar/gr2022/", "nl")
    ('/en/gr2022/', '/gr2022/')
    """
    venue = get_script_prefix()
    page = "/" + url.removeprefix(venue)
    page = page.removeprefix(f"/{get_language_from_path(page)}")
    language = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    return venue.rstrip("/") + language + page
