"""Addresses for others to use, and what a link says about itself where it is shared."""

from django import template

from stemhulp.editions.edition import Edition
from stemhulp.editions.guide import Guide
from stemhulp.quiz import leaflets
from stemhulp.quiz.addresses import public_address

register = template.Library()
register.simple_tag(public_address)
register.simple_tag(leaflets.logo_version)


@register.inclusion_tag("quiz/_shared.html")
def shared(subject: Edition | Guide) -> dict[str, leaflets.Shared]:
    """For the head of the page of a contest, or of a whole election."""
    if isinstance(subject, Edition):
        return {"shared": leaflets.shared_contest(subject)}
    return {"shared": leaflets.shared_election(subject)}
