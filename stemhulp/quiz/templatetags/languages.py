"""In which language a text is, and the same page in others."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_info
from django.utils.translation import gettext as _

from stemhulp.editions.edition import DUTCH, Edition, Election
from stemhulp.quiz import addresses
from stemhulp.quiz.venues import here

register = template.Library()


@register.simple_tag
def lang(text: object) -> SafeString:
    """` lang="nl" dir="ltr"` for a text that is in another language than the page; else nothing.

    Of a published text it is known; what a row holds, as people with an account see it, is Dutch.
    """
    language = getattr(text, "language", DUTCH)
    if language == (get_language() or settings.LANGUAGE_CODE):
        return SafeString()
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def apart(name: str) -> str:
    """A name in Latin letters, kept apart from a text that runs from right to left.

    Else a sign at its end would go to the wrong side: the apostrophe of 's-Gravenhage.
    """
    return format_html("<bdi>{}</bdi>", name) if get_language_bidi() else name


@register.filter
def where_it_is(edition: Edition) -> str:
    """The address of a municipality's page as people write it, for on paper."""
    return addresses.as_shown(addresses.public_address("introduction", edition))


@register.filter
def election_name(election: Election) -> str:
    """Its name in the language of the page: by its kind and its year, where it is named so."""
    kind, _space, year = election.name.rpartition(" ")
    named = {
        "Gemeenteraadsverkiezingen": _("Gemeenteraadsverkiezingen %(year)s"),
        "Herindelingsverkiezingen": _("Herindelingsverkiezingen %(year)s"),
    }
    return named[kind] % {"year": year} if kind in named else election.name


@register.inclusion_tag("_languages.html")
def languages(here: str = "", form: str = "") -> dict[str, Any]:
    """The choice of a language: links to the page at `here`, or buttons that post to `form`."""
    return {
        "form": form,
        "current": get_language_info(get_language() or settings.LANGUAGE_CODE),
        "others": [
            get_language_info(code) | {"url": addresses.in_language(here, code)}
            for code, _ in settings.LANGUAGES
            if code != get_language()
        ],
    }


@register.simple_tag
def alternates(here: str) -> SafeString:
    """For search engines: the page at `here` in every language, by its whole address."""
    return format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}{}">',
        (
            (code, settings.SITE_URL, addresses.in_language(here, code))
            for code, _ in settings.LANGUAGES
        ),
    )


@register.simple_tag
def venue() -> str:
    """The venue of the page: "embed" or "kiosk"; empty on our own site."""
    return str(here())


@register.simple_tag
def venue_script() -> SafeString:
    """What the venue adds to a page, as a script."""
    return format_html('<script src="{}" defer></script>', static(f"js/in-{here()}.js"))
