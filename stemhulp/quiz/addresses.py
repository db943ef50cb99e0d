"""The addresses of a contest's pages: where the contest is, and the page within it."""

from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

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
        url = reverse("quiz:introduction", args=slugs)
        found = edition.beside["address"] = SafeString(url)
    return found


@lru_cache(maxsize=512)
def within(page: str, *more: int) -> str:
    """The rest of a page's address: "stelling/3/"."""
    contest = reverse("quiz:introduction", args=ANY_CONTEST)
    return reverse(f"quiz:{page}", args=[*ANY_CONTEST, *more]).removeprefix(contest)
