from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from parties.importers.elections import election_folder, load_election
from parties.management.progress import LoadCommand
from parties.models import Party


class Command(LoadCommand):
    help = "Load an election with its contests and lists, after load_municipalities. Repeatable."
    unit = "lists"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "election", help="2018, 2022, 2026, or the path of a folder like those."
        )

    def load(self, options: dict[str, Any]) -> str:
        election: str = options["election"]
        loaded = load_election(
            election_folder(settings.BASE_DIR / "fixtures", election), self.progress
        )
        contests = loaded.contests.filter(municipality__is_example=False)
        lists = Party.objects.filter(contest__in=contests).count()
        return f"{loaded}: {contests.count()} contests, {lists} lists."
