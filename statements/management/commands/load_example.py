from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from parties.importers.elections import election_slug
from parties.management.progress import LoadCommand
from parties.models import Election
from statements.importers.example import NAME, load_example


class Command(LoadCommand):
    help = "Load the invented municipality Voorbeeldstad into an election. Safe to repeat."
    unit = "positions"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("election", help="2022, or another election with statements.")
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "fixtures" / "voorbeeldstad"
        )

    def load(self, options: dict[str, Any]) -> str:
        election: str = options["election"]
        folder: Path = options["folder"]
        loaded = Election.objects.filter(slug=election_slug(election)).first()
        if loaded is None:
            raise CommandError(f"Election {election} is not loaded; run load_election first.")
        return f"{NAME} in {loaded}: {load_example(loaded, folder, self.progress)} positions."
