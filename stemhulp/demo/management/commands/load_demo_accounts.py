from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stemhulp.demo.accounts import load_accounts


class Command(BaseCommand):
    help = "Make the demo's accounts and have Voorbeeldstad's deadline lie ahead. Only in a demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These accounts are open to anyone: only a demo (DEMO=on) has them.")
        load_accounts(timezone.now())
