"""What can be wrong with a translation without being able to read it."""

import gettext
import re
from collections import Counter
from collections.abc import Callable

import polib

GAP = re.compile(r"%\(\w+\)\w|\{[^{}]*\}|%%")  # what is filled in, and a percent sign beside it
MARK = re.compile(r"</?[a-z][^>]*>|&\w+;", re.IGNORECASE)


def faults(entry: polib.POEntry, plurals: str) -> list[str]:
    """What is wrong with an entry that is translated; `plurals` is the header Plural-Forms."""
    if not entry.msgid_plural:
        return _faults(entry.msgstr, [entry.msgid])
    forms = _forms(plurals)
    if set(entry.msgstr_plural) != set(forms) or not all(entry.msgstr_plural.values()):
        return [f"needs {len(forms)} plural forms"]
    both, many = [entry.msgid, entry.msgid_plural], [entry.msgid_plural]
    return [
        f"form {form}: {fault}"
        for form, text in sorted(entry.msgstr_plural.items())
        # A form of one number only may leave the number out, as "one party" does.
        for fault in (_faults(text, both, spare=1) if forms[form] == 1 else _faults(text, many))
    ]


def _forms(plurals: str) -> Counter[int]:
    """Of each plural form how many numbers have it."""
    _, formula = plurals.rstrip(";").split("plural=", 1)
    form: Callable[[int], int] = gettext.c2py(formula)
    return Counter(map(form, range(1000)))


def _faults(text: str, originals: list[str], spare: int = 0) -> list[str]:
    """Compared with the original text, of which there may be two; `spare` gaps may be left out."""
    gaps = [set(GAP.findall(original)) for original in originals]
    found = set(GAP.findall(text))
    wrong = []
    if len(set.intersection(*gaps) - found) > spare or not found <= set.union(*gaps):
        wrong.append(f"fills in {sorted(found)} instead of {sorted(set.union(*gaps))}")
    if sorted(MARK.findall(text)) not in [sorted(MARK.findall(each)) for each in originals]:
        wrong.append(f"has other HTML than {originals[-1]!r}")
    if _edges(text) not in map(_edges, originals):
        wrong.append("begins or ends with other space")
    return wrong


def _edges(text: str) -> tuple[str, str]:
    stripped = text.strip()
    return text[: text.index(stripped)], text[text.index(stripped) + len(stripped) :]
