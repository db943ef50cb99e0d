"""The languages into which our texts are translated, as the configuration has them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info


@dataclass(frozen=True)
class Language:
    code: str
    name: str  # in Dutch
    own_name: str
    direction: str  # as HTML has it: "ltr" or "rtl"

    @classmethod
    def of(cls, code: str) -> "Language":
        info = get_language_info(code)
        direction = "rtl" if info["bidi"] else "ltr"
        return cls(code, str(info["name_translated"]), info["name_local"], direction)


def languages() -> list[Language]:
    return [Language.of(code) for code in settings.TRANSLATED_INTO]


def language(code: str) -> Language | None:
    """The language with this code, if we translate into it."""
    return Language.of(code) if code in settings.TRANSLATED_INTO else None
