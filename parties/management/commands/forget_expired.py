from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parties.forgetting import forget_expired


class Command(BaseCommand):
    help = (
        "Let go of what has served its time: ended sessions with the devices they were on, spent "
        "rate limits, and tasks that were done or failed 30 days ago. Run it every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        gone = forget_expired(timezone.now())
        self.stdout.write(
            f"Removed {gone.sessions} sessions, {gone.devices} devices, {gone.limits} rate limits "
            f"and {gone.tasks} tasks."
        )
