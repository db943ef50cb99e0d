"""Addresses of a list's pages, from the list."""

from django.urls import reverse

from parties.models import Party
from statements.models import Statement


def party_address(party: Party, page: str = "party", *more: str) -> str:
    """The address of a page of this list, by its name in the portal."""
    contest = party.contest
    names = [contest.election.slug, contest.municipality.slug, party.slug, *more]
    return reverse(f"portal:{page}", args=names)


def statement_address(party: Party, statement: Statement) -> str:
    return party_address(party, "statement", statement.key)
