"""Tags of the templates for VluchtelingenWerk's own people."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse

from parties.accounts.access import person
from parties.elections import SLUG
from parties.models import Election

register = template.Library()


@dataclass(frozen=True)
class Room:
    """A part of the editors' work: its front page, and its page for one election if it has that."""

    name: str
    front: str
    of_election: str = ""
    asks: str = ""  # what the front page calls the election in its question, if it takes one

    def url(self, election: str) -> str:
        if election and self.asks:
            return f"{reverse(self.front)}?{urlencode({self.asks: election})}"
        if election and self.of_election:
            return reverse(self.of_election, args=[election])
        return reverse(self.front)

    def holds(self, path: str) -> bool:
        """Whether a page with this path lies in the room; all lie behind the start page."""
        front = reverse(self.front)
        return path == front or (self != START and path.startswith(front))


START = Room("Start", "publication:desk")
ROOMS = (
    START,
    Room("Voortgang", "curation:progress", "curation:progress_election"),
    Room("Stellingen", "curation:statements", "curation:statement_list"),
    Room("Vertalingen", "curation:translations", "curation:translation_overview"),
    Room("Inhoud", "curation:features"),
    Room("Gemeenten", "curation:contests", "curation:contest_list"),
    Room("Lijsten", "curation:lists", asks="verkiezing"),
    Room("Programma's", "curation:research", "curation:research_list"),
    Room("Toelichtingen", "curation:moderation", "curation:motivation_list"),
    Room("Doorlichting", "curation:set_audit", "curation:set_audit_election"),
    Room("Regio's", "curation:regions"),
    Room("Publiceren", "publication:publish", "publication:overview"),
    Room("Logboek", "curation:log"),
)
NATIONAL_ROOMS = (
    Room("Verkiezingen", "curation:elections"),
    Room("Collega's", "curation:colleagues"),
)


@register.inclusion_tag("curation/_rooms.html", takes_context=True)
def rooms(context: template.Context) -> dict[str, Any]:
    """The way to all that this person can do, and where they are; the election stays the same."""
    request: HttpRequest = context["request"]
    user = person(request)
    election = _chosen_election(request)
    shown = ROOMS + (NATIONAL_ROOMS if user and user.is_national else ())
    return {
        "rooms": [
            {"name": room.name, "url": room.url(election), "is_here": room.holds(request.path)}
            for room in shown
        ],
        "elections": _same_page_elsewhere(request),
    }


def _chosen_election(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    asks = {room.front: room.asks for room in ROOMS if room.asks}.get(match.view_name)
    if asks:
        return _known(request.GET.get(asks, ""))
    return str(match.kwargs.get("election", ""))


def _known(slug: str) -> str:
    """The slug of an election that exists, from what stands in an address; else nothing."""
    is_one = SLUG.fullmatch(slug) and Election.objects.filter(slug=slug).exists()
    return slug if is_one else ""


def _same_page_elsewhere(request: HttpRequest) -> list[dict[str, str]]:
    """This page for the other elections, where it is about nothing but an election."""
    match = request.resolver_match
    if match is None or set(match.kwargs) != {"election"}:
        return []
    others = Election.objects.exclude(slug=match.kwargs["election"])
    return [
        {"name": each.name, "url": reverse(match.view_name, args=[each.slug])} for each in others
    ]
