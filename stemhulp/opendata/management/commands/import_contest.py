from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from parties.importers.elections import election_slug
from parties.management.progress import LoadCommand
from parties.models import Election, User
from statements.importers.transferred_positions import Terms
from stemhulp.opendata.interchange.transfer import Files, Transferred, transfer

MOST_NAMES = 8


class Command(LoadCommand):
    help = (
        "Take over statements and positions from the open data of another Stemhulp or an earlier "
        "election: statements.csv and positions.csv of one municipality. Positions become drafts "
        "and unchecked research, unless --as-published. Safe to repeat; nothing that was entered "
        "here is overwritten."
    )
    unit = "rows"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("election", help="2026, or another election that is loaded.")
        parser.add_argument("--statements", type=Path, help="A file statements.csv.")
        parser.add_argument("--positions", type=Path, help="A file positions.csv.")
        parser.add_argument("--by", help="Your e-mail address, as a colleague: for positions.")
        parser.add_argument(
            "--as-published",
            action="store_true",
            help="Count positions as handed in, with their edition as the signature: only for the "
            "very election that they were published for.",
        )
        parser.add_argument(
            "--checked-by",
            help="Another colleague, who checked what was read in programmes; with --as-published.",
        )
        parser.add_argument(
            "--only-known-lists",
            action="store_true",
            help="Leave out lists that do not stand here, instead of refusing the file.",
        )
        parser.add_argument("--check", action="store_true", help="Read all of it; change nothing.")

    def load(self, options: dict[str, Any]) -> str:
        election = _election(options["election"])
        at = timezone.now()
        files = Files(options["statements"], options["positions"], _terms(options, at))
        if not (files.statements or files.positions):
            raise CommandError("Say what to take over: --statements FILE, --positions FILE.")
        options["unrecorded"] = options["unrecorded"] or options["check"]
        done = transfer(
            election,
            files,
            at,
            only_check=options["check"],
            progress=self.progress,
        )
        checked = "Only checked, nothing changed. " if options["check"] else ""
        return f"{checked}{election}: {_told(done)}"


def _election(name: str) -> Election:
    slug = election_slug(name)
    found = Election.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"Election {slug} is not loaded; run load_election first.")
    return found


def _terms(options: dict[str, Any], at: datetime) -> Terms | None:
    """On which positions are taken over; None when there are none."""
    if not options["positions"]:
        return None
    if not options["by"]:
        raise CommandError("Positions need --by: who takes them over is kept with each of them.")
    by = _colleague(options["by"])
    checked_by = _colleague(options["checked_by"]) if options["checked_by"] else None
    if checked_by and not (options["as_published"] and checked_by != by):
        raise CommandError("--checked-by is someone else than --by, and wants --as-published.")
    return Terms(by, at, options["as_published"], checked_by, options["only_known_lists"])


def _colleague(email: str) -> User:
    found = User.objects.filter(email=email.lower(), is_active=True).first()
    if found is None or not found.works_for_us:
        raise CommandError(f"{email} is no colleague; see add_colleague.")
    return found


def _told(done: Transferred) -> str:
    """What came of it, in one line."""
    found = done.positions
    parts = [
        f"{done.statements.count} statements",
        f"{found.answers} answers of lists",
        f"{found.readings} readings of programmes",
    ]
    if found.same:
        parts.append(f"{found.same} were here already")
    if found.withheld:
        parts.append(f"{found.withheld} without the motivation that was withheld")
    if found.unknown:
        parts.append(f"lists that do not stand here: {_few(found.unknown)}")
    if done.statements.kept:
        parts.append(f"kept as it is here: {_few(done.statements.kept)}")
    return "; ".join(parts) + "."


def _few(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
