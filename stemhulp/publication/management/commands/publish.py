import getpass
import sys
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from parties.management.progress import add_unrecorded, record_command
from parties.models import Contest, Election
from stemhulp.editions.publishing import CannotPublishError, publish
from stemhulp.opendata.tasks import keep_up


class Command(BaseCommand):
    help = (
        "Publish the contests of an election, all or one. A contest in which nothing changed "
        "gets no new edition; one that is not ready is named, and the others are done."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--election", required=True, help="Such as gr2022.")
        parser.add_argument("--municipality", help="Slug of one municipality; all without it.")
        parser.add_argument("--reason", default="Gepubliceerd", help="Shown with the edition.")
        add_unrecorded(parser)
        parser.add_argument("--by", default="", help="Who publishes; the user of this machine.")

    def handle(self, *args: Any, **options: Any) -> None:
        contests = self._contests(options["election"], options["municipality"])
        by = options["by"] or getpass.getuser()
        published, problems = 0, []
        for contest in tqdm(contests, unit=" contests", file=sys.stderr, disable=None, leave=False):
            try:
                edition = publish(contest, by, timezone.now(), options["reason"])
            except CannotPublishError as error:
                problems.append(f"{contest.municipality.slug}: {error}")
            else:
                published += edition is not None
        if published:
            # Not before others can see it: what is built, names editions that stay.
            transaction.on_commit(partial(self._build, options["election"]))
        unchanged = len(contests) - published - len(problems)
        result = f"{published} published, {unchanged} unchanged."
        if not options["unrecorded"]:
            record_command(self, f"{options['election']}: {result}")
        self.stdout.write(result)
        if problems:
            raise CommandError("\n".join([f"{len(problems)} not published:", *problems]))

    def _build(self, election: str) -> None:
        """What was published stays published, whether or not there is room for files."""
        if not keep_up.call(election):
            self.stderr.write(
                f"Files of {election} could not be written: make room, then run build_open_data."
            )

    def _contests(self, election: str, municipality: str | None) -> list[Contest]:
        if not Election.objects.filter(slug=election).exists():
            raise CommandError(f"Election {election} is not loaded.")
        contests = Contest.objects.filter(election__slug=election)
        if municipality:
            contests = contests.filter(municipality__slug=municipality)
        found = list(contests.select_related("election", "municipality__region"))
        if not found:
            raise CommandError(f"No contest in {election} for {municipality or 'anyone'}.")
        return found
