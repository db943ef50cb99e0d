"""The demo's post: mails are files in a folder, and a page shows them."""

import itertools
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_numbers = itertools.count()


class FolderBackend(BaseEmailBackend):
    """Writes each mail to a file of its own, the newest last by name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020}-{next(_numbers)}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
