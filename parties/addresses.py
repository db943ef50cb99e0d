"""E-mail addresses as people write them, in the one form in which we keep and compare them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from parties.search import CONTROL

LINK = re.compile(r"://|www\.|@|[<>]", re.IGNORECASE)
EXPLANATION = "Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.nl."
# Letters that Python's IDNA (of 2003) changes into others, and the one of 2008 keeps (RFC 5894,
# 7.2): straße.example and strasse.example may belong to two different people.
KEPT = frozenset("ßς\u200c\u200d")


def normal_name(written: str) -> str:
    """A person's name on one line. Raises ValidationError, in Dutch, for what carries a link.

    It stands in mails that we send: nobody advertises, or lures, through those.
    """
    name = " ".join(CONTROL.sub(" ", written).split())
    if LINK.search(name):
        raise ValidationError("Schrijf alleen een naam, zonder link of adres.", code="name")
    return name


def normal_address(written: str) -> str:
    """Small letters, without space around it, the domain as it travels (IDNA).

    What stands before a plus sign is part of the address. Raises ValidationError, in Dutch, for
    what is no address, letters beyond ASCII before the @ included: few mail servers take them.
    """
    local, at, domain = unicodedata.normalize("NFKC", written).strip().lower().rpartition("@")
    try:
        address = f"{local}{at}{_travelling(domain)}"
        validate_email(address)
    except (UnicodeError, ValidationError):
        raise ValidationError(EXPLANATION, code="address") from None
    if len(address) > 254 or not local.isascii():  # RFC 5321, 4.5.3.1.3
        raise ValidationError(EXPLANATION, code="address")
    return address


def _travelling(domain: str) -> str:
    """A domain in ASCII. Raises UnicodeError."""
    return ".".join(
        f"xn--{label.encode('punycode').decode('ascii')}"
        if KEPT & set(label)
        else label.encode("idna").decode("ascii")
        for label in domain.split(".")
    )
