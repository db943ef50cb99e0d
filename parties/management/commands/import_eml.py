from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from parties import ballots
from parties.importers import eml, eml_contest
from parties.importers.ballot_matching import Match, Proposal, propose
from parties.importers.elections import election_slug
from parties.models import Contest, Election


class RefusedError(Exception):
    """Why nothing of a file was used."""


class Command(BaseCommand):
    help = "Read the Kiesraad's candidate lists (EML_NL 230b): lists and numbers, no candidates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--election", help="such as gr2022; else the one on the file's date")
        parser.add_argument(
            "--yes", action="store_true", help="take lists of nearly the same name as the same"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in options["files"]:
            try:
                said = _read(path, options["election"], takes_near=options["yes"])
                self.stdout.write(f"{path}: {said}")
            except (RefusedError, eml.EmlError, ballots.BallotError, OSError) as error:
                failed += 1
                self.stderr.write(f"{path}: refused, nothing changed: {error}")
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files refused.")


def _read(path: Path, election: str | None, *, takes_near: bool) -> str:
    """Read one file, all of it or nothing; what it did, in a sentence."""
    with path.open("rb") as file:
        found = eml.read(file)
    contest = eml_contest.contest_of(found, _election(election, found))
    parties = list(contest.parties.all())
    proposal = propose(found.lists, parties)
    _check(proposal, takes_near=takes_near)
    changes = [_change(match) for match in proposal.matches]
    seen, at = ballots.digest(parties), timezone.now()
    outcome = ballots.read_in(contest, changes, seen=seen, by=None, at=at)
    return _sentence(contest, proposal, outcome)


def _election(slug: str | None, found: eml.CandidateLists) -> Election:
    if slug:
        rows = Election.objects.filter(slug=election_slug(slug))
    else:
        rows = Election.objects.filter(date=found.date)
    election = rows.first()
    if election is None:
        raise RefusedError(f"there is no election {slug or f'on {found.date}'}")
    return election


def _check(proposal: Proposal, *, takes_near: bool) -> None:
    problems = [
        f"list {each.listed.number} ({each.listed.name}) was withdrawn here; restore it first"
        for each in proposal.withdrawn
    ]
    problems += [
        f"{party} is not in the file, and has number {listed.number} of {listed.name or 'another'}"
        for party, listed in proposal.in_the_way
    ]
    if not takes_near:
        problems += [
            f"list {each.listed.number}: is {each.listed.name or 'this blanco lijst'} our "
            f"{each.party}? (--yes takes it so)"
            for each in proposal.unsure
        ]
    if problems:
        raise RefusedError("; ".join(problems))


def _change(match: Match) -> ballots.Change:
    """The name that we know stays."""
    if match.party is None:
        return ballots.Change(match.listed.number, match.listed.name)
    return ballots.Change(match.listed.number, None, match.party.pk)


def _sentence(contest: Contest, proposal: Proposal, outcome: ballots.Outcome) -> str:
    done = f"{outcome.added} added, {outcome.numbered} with another number"
    if outcome.is_nothing:
        done = "nothing changes"
    absent = ", ".join(str(each) for each in proposal.absent)
    left = f"; not in the file, and left alone: {absent}" if absent else ""
    return f"{contest.municipality.name}: {len(proposal.matches)} lists, {done}{left}."
