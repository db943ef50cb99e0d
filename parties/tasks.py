"""What happens beside the requests: mail about accounts."""

from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from parties import mail
from parties.models import Invitation, User
from parties.retries import later


@task()
def deliver_invitation(invitation_id: int) -> None:
    """Mail an invitation with a token made now, so that it is nowhere but in that mail."""
    rows = Invitation.objects.waiting().select_related(
        "party__contest__municipality", "party__contest__election", "invited_by"
    )
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is None:  # revoked in the meantime
        return
    token = invitation.renew_token(timezone.now())
    address = settings.SITE_URL.rstrip("/") + reverse("invitation", args=[token])
    context = {"invitation": invitation, "contest": invitation.party.contest, "address": address}
    try:
        mail.send(invitation.email, "invitation", context)
    except (OSError, SMTPException) as error:
        later(deliver_invitation, error, invitation_id)


@task()
def deliver_invitations(invitation_ids: list[int]) -> None:
    """Many: each mail is a task of its own, so that one that fails does not keep the others."""
    with transaction.atomic():
        for invitation_id in invitation_ids:
            deliver_invitation.enqueue(invitation_id)


@task()
def deliver_welcome(user_id: int) -> None:
    """Tell a new colleague that they can sign in; with their address, so no token is needed."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.works_for_us:  # suspended in the meantime
        return
    site = settings.SITE_URL.rstrip("/")
    address = f"{site}{reverse('account_login')}?next={reverse('publication:desk')}"
    try:
        mail.send(user.email, "colleague", {"user": user, "address": address})
    except (OSError, SMTPException) as error:
        later(deliver_welcome, error, user_id)
