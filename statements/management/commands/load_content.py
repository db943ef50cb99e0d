from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from parties.management.progress import LoadCommand
from statements.importers.content import load_content
from statements.importers.translations import in_words


class Command(LoadCommand):
    help = (
        "Load the examples, stories, figures and the flyer that are told beside the statements, "
        "in Dutch and in the languages that lie beside the file (content.en.toml); "
        "load_municipalities and load_statements come first. Safe to repeat."
    )
    unit = "features"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=settings.BASE_DIR / "fixtures" / "content.toml"
        )

    def load(self, options: dict[str, Any]) -> str:
        loaded = load_content(options["file"], timezone.now(), self.progress)
        kept = f"; left as staff changed them: {', '.join(loaded.kept)}" if loaded.kept else ""
        said = f"Content: {loaded.count} features{kept}."
        return f"{said} {in_words(loaded.translated)}".rstrip()
