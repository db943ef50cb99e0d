"""How a reader says, from its own process, why it does not take a file."""

from enum import StrEnum
from typing import Any, Self


class Unread(StrEnum):
    """Why a reader came to no end with a file, in words for the person."""

    TOO_HEAVY = (
        "Dit bestand kost onze computers te veel tijd of geheugen. Er is niets ingelezen. Kijk of "
        "het het goede bestand is en of er niet veel meer in staat dan nodig is."
    )
    BROKEN = (
        "We kunnen dit bestand niet lezen. Er is niets ingelezen. Misschien is het beschadigd. "
        "Sla het opnieuw op en probeer het nog een keer."
    )


class Refusal(Exception):
    """A file that is not taken; each reader has a class of its own."""

    def told(self) -> dict[str, Any]:
        """As plain data, of which JSON can be made."""
        return {"text": str(self)}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """What `told` made, in another process. Raises KeyError, TypeError or ValueError."""
        return cls(told["text"])

    @classmethod
    def unread(cls, why: Unread) -> Self:
        """The reader came to no end."""
        return cls(why.value)
