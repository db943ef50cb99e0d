"""Addresses of this room's pages, from the council."""

from django.urls import reverse

from parties.models import Contest


def contest_address(contest: Contest, page: str = "contest", *more: object) -> str:
    names = [contest.election.slug, contest.municipality.slug, *more]
    return reverse(f"curation:{page}", args=names)
