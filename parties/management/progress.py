"""What all loading commands share: a progress bar, a line in the log, one way to refuse."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from parties import audit
from parties.importers.tables import FixtureError

Item = TypeVar("Item")


def add_unrecorded(parser: CommandParser) -> None:
    help_text = "Leave no trace in the audit log: for setting up an empty database."
    parser.add_argument("--unrecorded", action="store_true", help=help_text)


def record_command(command: BaseCommand, result: str) -> None:
    """Let the audit log say what was done on the server itself."""
    name = type(command).__module__.rpartition(".")[2]
    audit.record("command-run", f"Op de server: {name}. {result}", by=None, at=timezone.now())


class LoadCommand(BaseCommand, ABC):
    """A command that loads a file: shows how far it is, refuses a wrong file in one sentence."""

    unit = "rows"

    def progress(self, items: Iterable[Item]) -> Iterator[Item]:
        """A bar on a terminal; nothing where the output goes into a file."""
        return iter(tqdm(items, unit=f" {self.unit}", file=sys.stderr, disable=None, leave=False))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self.load(options)
        except FixtureError as error:
            raise CommandError(f"Refused, nothing loaded. {error}") from error
        if not options["unrecorded"]:
            record_command(self, result)
        self.stdout.write(result)

    def create_parser(self, *args: Any, **options: Any) -> CommandParser:
        parser = super().create_parser(*args, **options)
        add_unrecorded(parser)
        return parser

    @abstractmethod
    def load(self, options: dict[str, Any]) -> str:
        """Load, and return one sentence that says what was loaded."""
