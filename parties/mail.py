"""Mail: each is a template in `templates/mail`, with a subject, a text and the same as HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.context import Context
from django.template.loader import render_to_string

from parties.retries import hand_over, is_in_worker, message_id

PATIENCE = 60  # seconds that a worker waits for an answer: less, and more mail goes twice


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes | str
    kind: str


def send(
    to: str, name: str, context: Mapping[str, Any], attachments: Sequence[Attachment] = ()
) -> None:
    """Send `templates/mail/<name>` to an address, now. Raises OSError or SMTPException.

    In a worker it also raises TakenOver (`parties.retries`), and waits longer for an answer.
    """
    context = {"site": settings.SITE_URL.rstrip("/"), **context}
    subject = " ".join(_text(f"mail/{name}_subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=_text(f"mail/{name}.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no out-of-office answers
    )
    html = render_to_string(f"mail/{name}.html", {"subject": subject, **context})
    message.attach_alternative(html, "text/html")
    for each in attachments:
        message.attach(each.name, each.content, each.kind)
    _hand_over(message)


def _hand_over(message: EmailMultiAlternatives) -> None:
    """What fails before there is a connection, is no handing over."""
    timeout = PATIENCE if is_in_worker() else settings.EMAIL_TIMEOUT
    connection = get_connection(timeout=timeout)
    if number := message_id():
        message.extra_headers["Message-ID"] = number
    connection.open()
    try:
        hand_over()
        message.connection = connection
        message.send()
    finally:
        connection.close()


def _text(template: str, context: Mapping[str, Any]) -> str:
    """Plain text: an apostrophe stays one, and tags leave at most one empty line behind."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  # for the type only
    rendered = engine.engine.get_template(template).render(Context(context, autoescape=False))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", rendered)).strip() + "\n"
