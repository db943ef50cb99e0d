from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parties.forgetting import StillNeededError, forget_person
from parties.models import User


class Command(BaseCommand):
    help = (
        "Take a person's name, address, devices and proofs from their account, for good. What they "
        "did for a list stays, without their address."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("Nobody has an account under this address.")
        try:
            forget_person(user, at=timezone.now())
        except StillNeededError:
            raise CommandError(
                "This account is in use. First end its memberships, revoke its invitations, and "
                "suspend it if it is a colleague's."
            ) from None
        self.stdout.write(f"Account {user.pk} no longer says whose it was.")
