"""What all loading commands share: a progress bar, and one way to report a refused file."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from parties.importers.tables import FixtureError

Item = TypeVar("Item")


class LoadCommand(BaseCommand, ABC):
    """A command that loads a file: shows how far it is, refuses a wrong file in one sentence."""

    unit = "rows"

    def progress(self, items: Iterable[Item]) -> Iterator[Item]:
        """A bar on a terminal; nothing where the output goes into a file."""
        return iter(tqdm(items, unit=f" {self.unit}", file=sys.stderr, disable=None, leave=False))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.load(options))
        except FixtureError as error:
            raise CommandError(f"Refused, nothing loaded. {error}") from error

    @abstractmethod
    def load(self, options: dict[str, Any]) -> str:
        """Load, and return one sentence that says what was loaded."""
