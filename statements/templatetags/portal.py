"""Tags of the portal's templates."""

from django import template

from parties.models import Party
from statements.models import Stance
from statements.portal.addresses import party_address
from statements.portal.answers import stance_label

register = template.Library()


@register.simple_tag
def page(name: str, party: Party, *more: str) -> str:
    """The address of a list's page: {% page "submit" party %}."""
    return party_address(party, name, *more)


@register.filter
def label(stance: int | None) -> str:
    """The words of a stance."""
    return stance_label(stance)


@register.filter
def mark(stance: int | str | None) -> str:
    """The drawing that goes with a stance, or with the value of its radio button."""
    return "mark-none" if stance in (None, "geen") else Stance(int(stance)).mark
