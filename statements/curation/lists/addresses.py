"""Addresses of a list's pages, from the list."""

from django.urls import reverse

from parties.models import Party


def party_address(party: Party, page: str = "party", *more: object) -> str:
    """The address of a page of this list, by its name in this room."""
    contest = party.contest
    names = [contest.election.slug, contest.municipality.slug, party.slug, *more]
    return reverse(f"curation:{page}", args=names)
