import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from stemhulp.editions import store
from stemhulp.opendata.build import build


class Command(BaseCommand):
    help = (
        "Bring downloads, the map and the pages per party name up to the current editions. "
        "Publishing does it by itself; run this on another machine with files of its own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--election", help="Such as gr2022; all without it.")

    def handle(self, *args: Any, **options: Any) -> None:
        store.catch_up()
        known = [each.slug for each in store.elections(timezone.localdate())]
        if options["election"] and options["election"] not in known:
            raise CommandError(f"Election {options['election']} is not loaded.")
        for election in [options["election"]] if options["election"] else known:
            made = 0
            with tqdm(unit=" contests", file=sys.stderr, disable=None, leave=False) as bar:

                def told(slug: str) -> None:
                    nonlocal made
                    made += 1
                    bar.update()  # it is called within the loop only

                found = build(election, timezone.now(), told=told)
            self.stdout.write(f"{election}: {len(found.contests)} contests, {made} made anew.")
