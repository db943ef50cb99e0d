"""Whose voting aid this is."""

from django import template
from django.conf import settings

from stemhulp.logo import Logo

register = template.Library()


@register.simple_tag
def logo() -> Logo | None:
    """The logo that the configuration names; none where our own mark stands."""
    found: Logo | None = settings.LOGO
    return found
