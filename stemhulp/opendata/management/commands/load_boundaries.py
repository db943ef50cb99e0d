from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from parties.management.progress import add_unrecorded, record_command
from stemhulp.editions import store
from stemhulp.editions.guide import Guide
from stemhulp.opendata.build import build
from stemhulp.opendata.country.boundaries import load
from stemhulp.opendata.country.boundary_file import CODE_PROPERTIES
from stemhulp.opendata.country.problems import BoundariesError

MOST_REMARKS = 12


class Command(BaseCommand):
    help = (
        "Draw the map from a file with the boundaries of municipalities: GeoJSON or TopoJSON, in "
        "degrees (WGS 84) or in metres (Rijksdriehoek). A wrong file is refused whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--attribution",
            required=True,
            help='Who made it, shown under the map: "CBS, Kadaster".',
        )
        parser.add_argument("--election", help="Such as gr2022; the one shown now without it.")
        parser.add_argument(
            "--code-property",
            default="",
            help=f"Which property holds the CBS code; else one of {', '.join(CODE_PROPERTIES)}.",
        )
        parser.add_argument("--layer", default="", help="Which object of a TopoJSON file.")
        parser.add_argument(
            "--allow-unknown",
            action="store_true",
            help="Leave out what is no municipality of the election, instead of refusing the file.",
        )
        add_unrecorded(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        store.catch_up()
        guide = _guide(options["election"])
        try:
            loaded = load(
                guide,
                options["file"],
                options["attribution"],
                timezone.now(),
                property_=options["code_property"],
                layer=options["layer"],
                allow_unknown=options["allow_unknown"],
            )
        except BoundariesError as error:
            raise CommandError(f"{options['file']}: {error} Nothing is changed.") from error
        self._tell(loaded.remarks)
        result = f"{guide.election.slug}: {loaded.drawn} municipalities on the map."
        if not options["unrecorded"]:
            record_command(self, result)
        build(guide.election.slug, timezone.now())
        self.stdout.write(result)

    def _tell(self, remarks: Sequence[str]) -> None:
        for remark in remarks[:MOST_REMARKS]:
            self.stderr.write(remark)
        if len(remarks) > MOST_REMARKS:
            self.stderr.write(f"And {len(remarks) - MOST_REMARKS} more.")


def _guide(slug: str | None) -> Guide:
    known = [each.slug for each in store.elections(timezone.localdate())]
    slug = slug or next(iter(known), None)
    guide = store.guide(slug) if slug in known and slug else None
    if guide is None:
        raise CommandError(
            f"Election {slug} is not loaded." if slug else "There is no election yet: load one."
        )
    return guide
