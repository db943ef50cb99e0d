from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from parties.management.progress import LoadCommand
from statements.importers.content import load_content


class Command(LoadCommand):
    help = (
        "Load the examples, stories, figures and the flyer that are told beside the statements; "
        "load_municipalities and load_statements come first. Safe to repeat."
    )
    unit = "features"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=settings.BASE_DIR / "fixtures" / "content.toml"
        )

    def load(self, options: dict[str, Any]) -> str:
        loaded = load_content(options["file"], timezone.now(), self.progress)
        if not loaded.kept:
            return f"Content: {loaded.count} features."
        kept = ", ".join(loaded.kept)
        return f"Content: {loaded.count} features; left as staff changed them: {kept}."
