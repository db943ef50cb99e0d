"""The addresses of a contest's pages, looked up once per edition."""

from django.urls import reverse

from stemhulp.editions.edition import Edition


def address(page: str, edition: Edition, *more: int) -> str:
    """Where this page of the contest is: its name in urls.py, and the number it asks for."""
    key = ("address", page, *more)
    found: str | None = edition.beside.get(key)
    if found is None:
        contest = (edition.election.slug, edition.municipality.slug)
        found = edition.beside[key] = reverse(f"quiz:{page}", args=[*contest, *more])
    return found
