from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parties.lost_factors import NoFactorError, NotAnotherError, take_away
from parties.models import User


class Command(BaseCommand):
    help = (
        "Take the second factors from an account whose owner lost them. First make sure who asks, "
        "as deploy/runbook.md says."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="of the national office, who made sure"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = _account(options["email"]), _account(options["by"])
        try:
            count = take_away(user, by=by, at=timezone.now())
        except NotAnotherError:
            raise CommandError("Somebody else, of the national office, makes sure.") from None
        except NoFactorError:
            raise CommandError("This account has no second factor.") from None
        self.stdout.write(f"Account {user.pk}: {count} removed, and signed out everywhere.")


def _account(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(f"Nobody has an account under {email}.")
    return user
