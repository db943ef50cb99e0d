"""When two names of lists are one: the Kiesraad and we spell them a little differently."""

from difflib import SequenceMatcher

from parties.search import CONTROL, fold

LEADING = ("de", "het", "partij")  # "De Partij van X" and "Partij van X" are one
NEARLY = 0.8


def tidy(name: str) -> str:
    """On one line, without what cannot be seen."""
    return " ".join(CONTROL.sub(" ", name).split())


def plain(name: str) -> str:
    """Without case, accents, spaces and punctuation.

    >>> plain("Groen-Links / PvdA") == plain("GROENLINKS/P.v.d.A.")
    True
    """
    return fold(name).replace(" ", "")


def key(name: str) -> str:
    """The same for names that are certainly one.

    >>> key("De Partij Jong & Oud"), key("Jong en oud"), key("De Partij")
    ('jongoud', 'jongoud', 'partij')
    """
    return "".join(_words(name))


def likeness(one: str, other: str) -> float:
    """From NEARLY to 1 for names that may be one; 0 for all others."""
    ratio = SequenceMatcher(None, key(one), key(other), autojunk=False).ratio()
    if ratio >= NEARLY:
        return ratio
    words, others = set(_words(one)), set(_words(other))
    is_within = bool(words and others) and (words <= others or others <= words)
    return NEARLY if is_within else 0.0


def _words(name: str) -> list[str]:
    words = [word for word in fold(name).split() if word != "en"]  # "&" is folded away as well
    while len(words) > 1 and words[0] in LEADING:
        words.pop(0)
    return words
