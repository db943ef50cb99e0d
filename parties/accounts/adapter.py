"""How people with an account sign in, where allauth leaves it to us."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.main import QRCode

from parties import mail
from parties.accounts.access import person
from parties.accounts.devices import describe
from parties.accounts.limits import address_of
from parties.addresses import normal_address
from parties.models import User
from parties.problems import MINUTES_TO_WAIT, Problem, WayOn

logger = logging.getLogger(__name__)
WRONG_CODE = "Deze code klopt niet. Kijk hem nog eens na."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themselves; mails are ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": f"Dat is te vaak geprobeerd. Wacht {MINUTES_TO_WAIT} minuten.",
        "rate_limited": f"Dat ging te snel achter elkaar. Wacht {MINUTES_TO_WAIT} minuten.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where someone works: our own people at the editors' desk, others at their lists."""
        user = person(request)
        return reverse("publication:desk" if user and user.works_for_us else "portal:lists")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Never an error: a header that is too short is of someone who went around the proxy."""
        return address_of(request) or "0.0.0.0"  # noqa: S104  # of a local socket

    def clean_email(self, email: str) -> str:
        return normal_address(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """At once, not as a task: the person waits for it, and a code belongs in no queue.

        Raises a Problem when it cannot be sent: without it nobody gets any further.
        """
        name = template_prefix.removeprefix("account/email/").removeprefix("mfa/email/")
        shown = {"code": context.get("code"), "at": context.get("timestamp")}
        device = describe(context.get("user_agent", ""))
        try:
            mail.send(email, name, {**shown, "device": device})
        except (OSError, SMTPException) as error:
            logger.warning("Mail %s was not sent: %s", name, type(error).__name__)
            raise mail_fails() from error

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Say that something about signing in has changed. It has, so failing to say it is no
        reason to stop; send_mail has logged it."""
        try:
            super().send_notification_mail(template_prefix, user, context, user.email)
        except Problem:
            return

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """A key is the easiest proof, so it comes first. Nobody has a password."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        proofs = [each for each in methods if each["id"] != "reauthenticate"]
        return sorted(proofs, key=lambda each: "webauthn" not in each["id"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has no second factor has no other proof to give than that they are signed in."""
        return bool(self.get_reauthentication_methods(self.request.user))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Apps and keys that give a second proof of who someone is."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Zet eerst een app aan of voeg een sleutel toe.",
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """A QR code as a piece of a page: the content security policy takes no data: images.

        Black on white in every colour scheme, or cameras do not see it.
        """
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" width="260" height="260" role="img"'
            ' aria-label="QR-code voor je app"><path fill="#fff" d="M0 0h{0}v{0}H0z"/>'
            '<path fill="#000" shape-rendering="crispEdges" d="{1}"/></svg>',
            len(rows),
            squares,
        )

    def generate_authenticator_name(self, user: User, kind: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=kind).count() + 1
        return f"Sleutel {number}"

    def _get_site_name(self) -> str:
        return "Stemhulp"


def mail_fails() -> Problem:
    return Problem(
        503,
        "We kunnen nu geen mail versturen",
        "Daarom kun je even niet inloggen. Dat ligt niet aan jou. Probeer het over een paar "
        "minuten nog een keer.",
        [WayOn("Probeer opnieuw", reverse("account_login"))],
    )
