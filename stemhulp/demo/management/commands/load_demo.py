from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from parties.models import Election, Municipality
from statements.importers.example import CODE as EXAMPLE
from stemhulp.demo.accounts import load_region

DEMO_ELECTION = "2022"


class Command(BaseCommand):
    help = (
        f"Load and publish what the demo shows: the election of {DEMO_ELECTION}, its statements, "
        "what is told beside them, and Voorbeeldstad. Does nothing when an election is loaded "
        "already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--publish", nargs="*", help="Slugs of municipalities; all without it.")

    def handle(self, *args: Any, **options: Any) -> None:
        if Election.objects.exists():
            return
        with transaction.atomic():
            for command, arguments in (
                ("load_municipalities", []),
                ("load_postcodes", []),
                ("load_election", [DEMO_ELECTION]),
                ("load_statements", [DEMO_ELECTION]),
                ("load_example", [DEMO_ELECTION]),
                ("load_content", []),
            ):
                call_command(
                    command, *arguments, unrecorded=True, stdout=self.stdout, stderr=self.stderr
                )
            if settings.DEMO:
                load_region(Municipality.objects.get(code=EXAMPLE))
            for chosen in options.get("publish") or [None]:
                call_command(
                    "publish",
                    election=f"gr{DEMO_ELECTION}",
                    municipality=chosen,
                    by="Stemhulp",
                    reason="Eerste uitgave",
                    unrecorded=True,
                    stdout=self.stdout,
                    stderr=self.stderr,
                )
