"""The demo's post, for whoever tries it: there is no mail server to wait for."""

import email
import email.policy
import email.utils
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape, urlize
from django.utils.safestring import mark_safe

from stemhulp.demo.accounts import SECRET

SHOWN = 100
TOTP_PERIOD = 30  # seconds; RFC 6238, 5.2


@dataclass(frozen=True)
class Mail:
    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> datetime:
        """In the Netherlands; "-0000" in the header says UTC (RFC 5322, 3.3)."""
        written = email.utils.parsedate_to_datetime(self.message["Date"])
        return timezone.localtime(written if written.tzinfo else written.replace(tzinfo=UTC))

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""

    @property
    def linked(self) -> str:
        """The text with its addresses as links, escaped."""
        return mark_safe(urlize(escape(self.text), autoescape=False))  # noqa: S308

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or "" for part in self.message.iter_attachments()]


def mailbox(request: HttpRequest) -> HttpResponse:
    """What was sent, the newest first."""
    files = sorted(Path(settings.MAIL_FOLDER).glob("*.eml"), reverse=True)[:SHOWN]
    counter, passed = divmod(int(time.time()), TOTP_PERIOD)
    context = {
        "mails": [_read(file) for file in files],
        "code": format_hotp_value(hotp_value(SECRET, counter)),
        "seconds": TOTP_PERIOD - passed,
    }
    return render(request, "demo/mailbox.html", context)


def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail; with `?als=html` as a mail program shows it."""
    file = Path(settings.MAIL_FOLDER) / f"{name}.eml"
    if not re.fullmatch(r"[0-9-]+", name) or not file.exists():
        raise Http404
    found = _read(file)
    html = found.message.get_body(("html",))
    if request.GET.get("als") == "html" and html:
        response = HttpResponse(html.get_content())
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        return response
    return render(request, "demo/mail.html", {"mail": found})


def _read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes  # noqa: S101
    return Mail(file.stem, message)
