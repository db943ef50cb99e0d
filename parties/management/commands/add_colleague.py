from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parties import colleagues
from parties.addresses import normal_address, normal_name
from parties.models import Region

REASONS: dict[type[colleagues.ColleagueError], str] = {
    colleagues.NowhereError: "Say where this person works: --national, or --region SLUG.",
    colleagues.RegionGoneError: "A region was removed in between.",
    colleagues.AlreadyColleagueError: "This person is a colleague already.",
    colleagues.WorksForPartyError: "This person works for a party, so cannot be a colleague too.",
    colleagues.SuspendedError: "This account was closed. A colleague can open it again.",
}


class Command(BaseCommand):
    help = "Let someone of VluchtelingenWerk in: for the very first one. The rest goes by browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--national", action="store_true", help="for all municipalities")
        parser.add_argument(
            "--region", action="append", default=[], help="slug of a region; may be repeated"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        try:
            added = colleagues.add(
                normal_address(options["email"]),
                normal_name(options["name"]),
                national=options["national"],
                regions=_regions(options["region"]),
                by=None,
                at=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except colleagues.ColleagueError as error:
            raise CommandError(REASONS[type(error)]) from error
        self.stdout.write(f"{added.email} can sign in at /account/.")


def _regions(slugs: list[str]) -> list[Region]:
    found = {each.slug: each for each in Region.objects.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        raise CommandError(f"There is no region {', '.join(unknown)}.")
    return list(found.values())
