from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stemhulp.editions.document import InvalidDocumentError, check, digest
from stemhulp.editions.models import PublishedEdition


class Command(BaseCommand):
    help = (
        "Check the file of an edition: that it is canonical JSON in the published format, and "
        "that its SHA-256 is the one given or, without one, that of an edition in the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--digest", default="", help="As the site shows it, or its start.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            document = path.read_bytes()
            edition = check(document)
        except OSError as error:
            raise CommandError(f"{path}: cannot be read: {error.strerror}") from error
        except InvalidDocumentError as error:
            raise CommandError(f"{path}: {error}") from error
        found, expected = digest(document), options["digest"].lower()
        if expected:
            if len(expected) < 8 or not found.startswith(expected):
                raise CommandError(f"{path}: its digest is {found}, not {expected}")
            self.stdout.write(f"{edition.path}: {found}, as expected.")
            return
        row = PublishedEdition.objects.filter(digest=found).order_by("pk").first()
        if row is None:
            raise CommandError(f"{path}: no edition with digest {found} was ever published here")
        self.stdout.write(f"{edition.path}: edition {row.number}, {found}.")
