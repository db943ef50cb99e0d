"""Difficult words, explained where they stand."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from statements.glossary import HasForms, pieces

register = template.Library()


@register.simple_tag
def explained(text: str, terms: Sequence[HasForms]) -> SafeString:
    """The text, with a button on each term that opens its explanation: of the first, `woord-1`."""
    return format_html_join(
        "",
        "{}",
        (
            (piece if index is None else _button(piece, index + 1),)
            for piece, index in pieces(text, terms)
        ),
    )


def _button(word: str, number: int) -> SafeString:
    return format_html(
        '<button class="term" type="button" popovertarget="woord-{}">{}</button>', number, word
    )
