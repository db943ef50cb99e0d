from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from parties.importers.elections import election_slug
from parties.management.progress import LoadCommand
from parties.models import Election
from statements.importers.statements import load_statements
from statements.importers.translations import in_words


class Command(LoadCommand):
    help = (
        "Load themes, glossary and the national statements of an election, in Dutch and in the "
        "languages that lie beside the files (gr2022.en.toml). Safe to repeat."
    )
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
        path = file or folder / f"{slug}.toml"
        found = load_statements(loaded, folder, path, timezone.now(), self.progress)
        return f"{loaded}: {found.count} statements. {in_words(found.translated)}".rstrip()
