from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from statements.portal.reminders import send_due


class Command(BaseCommand):
    help = (
        "Send the reminders that are due 14, 7 and 2 days and 24 hours before a deadline, and "
        "thanks after it. Run it every hour: each mail goes to each person once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_due(timezone.now())} mails are on their way.")
