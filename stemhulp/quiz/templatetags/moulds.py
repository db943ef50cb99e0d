"""Gaps in the template of a mould: see stemhulp/quiz/moulds.py."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stemhulp.quiz.addresses import within
from stemhulp.quiz.moulds import mark

register = template.Library()


@register.simple_tag
def gap(*name: object) -> SafeString:
    """A voter's value. Names are joined: `{% gap "answer" 3 %}` is filled with "answer-3"."""
    return mark("gap", *name)


@register.simple_tag
def address(page: str, *more: int | str) -> SafeString:
    """The address of a page of any contest: `{% address "statement" 3 %}`; "contest" is a gap."""
    return format_html("{}{}", mark("gap", "contest"), within(page, *more))


@register.simple_block_tag
def when(content: str, *name: object) -> SafeString:
    """What stands only where the voter's value is true."""
    return format_html("{}{}{}", mark("when", *name), content, mark("end"))


@register.simple_block_tag
def unless(content: str, *name: object) -> SafeString:
    """What stands only where the voter's value is not true."""
    return format_html("{}{}{}", mark("unless", *name), content, mark("end"))
