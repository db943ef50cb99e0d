"""The addresses of a contest's pages: where the contest is, and the page within it."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_from_path, override

from stemhulp.editions.edition import Edition

ANY_CONTEST = ("xx0000", "x")  # election and municipality


def address(page: str, edition: Edition, *more: int) -> str:
    """Where this page of the contest is: its name in urls.py, and the number it asks for."""
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
def within(page: str, *more: int) -> str:
    """The rest of a page's address: "stelling/3/"."""
    contest = reverse("quiz:introduction", args=ANY_CONTEST)
    return reverse(f"quiz:{page}", args=[*ANY_CONTEST, *more]).removeprefix(contest)


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
