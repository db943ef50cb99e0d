from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from parties.importers.municipalities import load_municipalities
from parties.management.progress import LoadCommand


class Command(LoadCommand):
    help = "Load all municipalities and the names of places in them. Safe to repeat."
    unit = "municipalities"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="Folder with municipalities.csv and places.csv.",
        )

    def load(self, options: dict[str, Any]) -> str:
        folder: Path = options["folder"]
        return f"{load_municipalities(folder, self.progress)} municipalities."
