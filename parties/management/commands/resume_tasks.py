from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parties.retries import resume


class Command(BaseCommand):
    help = (
        "Have tasks done again that a worker began and did not end, because it was killed or lost "
        "the database. Run it every hour, and before a worker starts."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{resume(timezone.now())} tasks are done again.")
