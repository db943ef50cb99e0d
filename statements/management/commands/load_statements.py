from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from parties.importers.elections import election_slug
from parties.management.progress import LoadCommand
from parties.models import Election
from statements.importers.statements import load_statements


class Command(LoadCommand):
    help = "Load themes, glossary and the national statements of an election. Safe to repeat."
    unit = "statements"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("election", help="2022, or another election that is loaded.")
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "statements",
            help="Folder with sources.toml, themes.toml and glossary.toml.",
        )
        parser.add_argument("--file", type=Path, help="The statements; FOLDER/ELECTION.toml.")

    def load(self, options: dict[str, Any]) -> str:
        election: str = options["election"]
        folder: Path = options["folder"]
        file: Path | None = options["file"]
        slug = election_slug(election)
        loaded = Election.objects.filter(slug=slug).first()
        if loaded is None:
            raise CommandError(f"Election {slug} is not loaded; run load_election first.")
        count = load_statements(loaded, folder, file or folder / f"{slug}.toml", self.progress)
        return f"{loaded}: {count} statements."
