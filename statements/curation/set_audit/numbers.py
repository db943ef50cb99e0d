"""Numbers as they stand on the page, and as lengths in a drawing."""

from collections.abc import Sequence

SPACE = "\N{NO-BREAK SPACE}"


def percent(share: float) -> str:
    """With one decimal: 24,3 %."""
    return f"{decimal(100 * share, 1)}{SPACE}%"


def whole_percent(share: float) -> str:
    """For a sentence: 24 %."""
    return f"{round(100 * share)}{SPACE}%"


def decimal(number: float, places: int = 2) -> str:
    return f"{number:.{places}f}".replace(".", ",").replace("-", "−")


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def length(share: float) -> str:
    """A part of a drawing's width."""
    return f"{100 * share:.2f}%"


def listed(words: Sequence[str]) -> str:
    """One, two en three."""
    return " en ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
