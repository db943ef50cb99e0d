"""Mail: each is a template in `templates/mail`, with a subject, a text and the same as HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.context import Context
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes | str
    kind: str


def send(
    to: str, name: str, context: Mapping[str, Any], attachments: Sequence[Attachment] = ()
) -> None:
    """Send `templates/mail/<name>` to an address, now. Raises OSError or SMTPException."""
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
    message.send()


def _text(template: str, context: Mapping[str, Any]) -> str:
    """Plain text: an apostrophe stays one, and tags leave at most one empty line behind."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  # for the type only
    rendered = engine.engine.get_template(template).render(Context(context, autoescape=False))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", rendered)).strip() + "\n"
