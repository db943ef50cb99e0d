"""Texts with gaps: rendered once, filled for each voter by joining strings.

In the template of a mould, `{{ … }}` is what the statements or the edition say, filled when the
mould is made. What the voter's answers say stands in gaps, filled for each voter and kept nowhere;
so does what differs between contests that ask the same, as rendering costs more than filling:

    {% gap "score" %}                           a value, escaped like any other
    {% when "is_first" %} … {% endwhen %}       only where the value is true
    {% unless "is_first" %} … {% endunless %}   only where it is not
    {% address "statement" 3 %}                 of a page, in the contest that the voter is in

So a page costs a request a fraction of what rendering it costs, and whoever reads a template sees
each place where an answer can come out.
"""

import html
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# Marks gaps in rendered text. Drawn anew in each process, so that no party's motivation holds it.
SECRET = secrets.token_hex(8)
MARK = re.compile(rf"\[{SECRET} (gap|when|unless|end) ([^\]]*)\]")
INDENTATION = re.compile(r"\s*\n\s*")
FEW = 0.1  # of the characters of a text


class _Slot(NamedTuple):
    """A gap, or a condition with what stands under it."""

    name: str
    wanted: bool = True  # what the value must be for `inner` to stand
    inner: "Mould | str | None" = None  # None for a gap


class Mould:
    """A text with gaps."""

    def __init__(self, texts: Sequence[str], slots: Sequence[_Slot] = ()) -> None:
        """One text before each of the slots, and one after the last; `mould_of` makes both."""
        self._slots = slots
        self._parts = [*texts, *("" for _ in slots)]
        self._parts[0::2], self._parts[1::2] = texts, ["" for _ in slots]

    def fill(self, values: Mapping[str, Any]) -> SafeString:
        """The text with a value in every gap. Raises KeyError for a gap without one."""
        filled = []
        for name, wanted, inner in self._slots:
            value = values[name]
            if inner is None:
                kind = type(value)
                filled.append(
                    value if kind is SafeString else str(value) if kind is int else _escaped(value)
                )
            elif bool(value) is not wanted:
                filled.append("")
            else:
                filled.append(inner if isinstance(inner, str) else inner.fill(values))
        parts = self._parts.copy()
        parts[1::2] = filled
        return SafeString("".join(parts))

    def around(self, *gaps: str) -> tuple[str, ...]:
        """The texts around these gaps: where so many small ones are filled that joining them pays.

        Raises ValueError when these are not all there is, in this order.
        """
        if [slot.name for slot in self._slots] != list(gaps) or any(s.inner for s in self._slots):
            raise ValueError(f"The gaps of this mould are not {gaps}.")
        return tuple(self._parts[0::2])

    def partly(self, values: Mapping[str, Any]) -> "Mould":
        """The mould with these values filled in, for the others to follow."""
        texts, slots = [self._parts[0]], []
        for slot, after in zip(self._slots, self._parts[2::2], strict=True):
            if slot.name in values:
                filled = Mould(["", ""], [slot]).fill(values)
                texts[-1] += filled + after
            else:
                inner = slot.inner.partly(values) if isinstance(slot.inner, Mould) else slot.inner
                slots.append(slot._replace(inner=inner))
                texts.append(after)
        return Mould(texts, slots)


def mark(kind: str, *name: object) -> SafeString:
    """What stands in a rendered text for a gap (see templatetags/moulds.py)."""
    return mark_safe(f"[{SECRET} {kind} {'-'.join(map(str, name))}]")  # noqa: S308  # ours alone


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Filled moulds, one after the other."""
    return SafeString("".join(parts))


def kept_mould(
    beside: dict[Any, Any],
    template: str,
    *key: object,
    context: Callable[[], dict[str, Any]] = dict,
) -> Mould:
    """The mould of a template, made when it is first asked for and kept beside what it is of.

    `key` tells apart the moulds that one template gives with different contexts.
    """
    name = (template, *key)
    found: Mould | None = beside.get(name)
    if found is None:
        found = beside[name] = mould_of(render_to_string(template, context()))
    return found


def _escaped(value: Any) -> str:
    """As django.utils.html.escape, whose care for lazy texts costs ten times as much."""
    return _narrow(html.escape(str(value)))


def _narrow(text: str) -> str:
    """The same text in ASCII, where only a few characters are not: quicker to join and to send.

    Those few, such as an arrow or a letter with an accent, become references (&#8594;).
    """
    if text.isascii():
        return text
    others = len(text) - len(text.encode("ascii", "ignore"))
    if others > FEW * len(text):
        return text
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def mould_of(text: str) -> Mould:
    """The mould that a text with marks makes. Raises ValueError when they do not pair."""
    # Texts and slots per condition that is open; those of the whole mould come first.
    texts, slots, conditions = [list[str]()], [list[_Slot]()], list[tuple[str, bool]]()
    start, text = 0, _narrow(INDENTATION.sub("\n", text))
    for found in MARK.finditer(text):
        texts[-1].append(text[start : found.start()])
        start, (kind, name) = found.end(), found.groups()
        match kind:
            case "gap":
                slots[-1].append(_Slot(sys.intern(name)))
            case "when" | "unless":
                conditions.append((sys.intern(name), kind == "when"))
                texts.append([])
                slots.append([])
            case "end" if conditions:
                inner = Mould(texts.pop(), gaps) if (gaps := slots.pop()) else texts.pop()[0]
                slots[-1].append(_Slot(*conditions.pop(), inner))
            case _:
                raise ValueError("The conditions of a mould do not pair: an end too many.")
    if conditions:
        raise ValueError(f"The conditions of a mould do not pair: {conditions[-1][0]} has no end.")
    return Mould([*texts[0], text[start:]], slots[0])
