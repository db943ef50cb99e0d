"""How too long a text is refused: with how much, so that nobody needs to count."""

from collections.abc import Callable

from django.core.exceptions import ValidationError


def too_long(what: str, length: int, longest: int) -> str:
    over = length - longest
    return (
        f"{what} is {over} {'teken' if over == 1 else 'tekens'} te lang: "
        f"{length} van de {longest} tekens."
    )


def at_most(what: str, longest: int) -> Callable[[str], None]:
    """A validator for a form's field."""

    def check(text: str) -> None:
        if len(text) > longest:
            raise ValidationError(too_long(what, len(text), longest))

    return check
