"""Tags of the templates for VluchtelingenWerk's own people."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from parties.accounts.access import person

register = template.Library()

ROOMS = (  # the name of a room's front page, and what it is called
    ("publication:desk", "Start"),
    ("curation:progress", "Voortgang"),
    ("curation:statements", "Stellingen"),
    ("curation:translations", "Vertalingen"),
    ("curation:features", "Inhoud"),
    ("curation:contests", "Gemeenten"),
    ("curation:lists", "Lijsten"),
    ("curation:research", "Programma's"),
    ("curation:moderation", "Toelichtingen"),
    ("curation:set_audit", "Doorlichting"),
    ("publication:publish", "Publiceren"),
    ("curation:log", "Logboek"),
)
NATIONAL_ROOMS = (
    ("curation:elections", "Verkiezingen"),
    ("curation:regions", "Regio's"),
    ("curation:colleagues", "Collega's"),
)


@register.inclusion_tag("curation/_rooms.html", takes_context=True)
def rooms(context: template.Context) -> dict[str, Any]:
    """The way to all that this person can do, and where they are."""
    request: HttpRequest = context["request"]
    user = person(request)
    shown = ROOMS + (NATIONAL_ROOMS if user and user.is_national else ())
    found = []
    for page, name in shown:
        try:
            url = reverse(page)
        except NoReverseMatch:
            continue
        is_here = request.path == url or (page != ROOMS[0][0] and request.path.startswith(url))
        found.append({"name": name, "url": url, "is_here": is_here})
    return {"rooms": found}
