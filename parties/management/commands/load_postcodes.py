from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import transaction

from parties.importers.municipalities import load_postcodes
from parties.importers.tables import FixtureError
from parties.management.progress import LoadCommand


class Command(LoadCommand):
    help = "Load the yearly postcode tables, all or the given years. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("years", nargs="*", type=int, help="Such as 2022; all without it.")
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "postcodes",
            help="Folder with one YEAR.csv per table.",
        )

    def load(self, options: dict[str, Any]) -> str:
        years: list[int] = options["years"]
        folder: Path = options["folder"]
        years = years or sorted(int(path.stem) for path in folder.glob("[0-9][0-9][0-9][0-9].csv"))
        if not years:
            raise FixtureError(folder, None, "holds no YEAR.csv")
        with transaction.atomic():
            counts = [
                f"{load_postcodes(folder / f'{year}.csv', year, self.progress)} postcodes of {year}"
                for year in years
            ]
        return ", ".join(counts) + "."
