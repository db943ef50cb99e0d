"""Mail to party staff, beside the requests: received, reminded, thanked."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from parties import mail
from parties.models import Membership, Party, User
from parties.retries import later
from statements.models import Notice, Submission, Withholding
from statements.portal import queries, spreadsheet
from statements.portal.addresses import party_address, statement_address
from statements.portal.queries import Sheet

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@task()
def deliver_received(submission_id: int, user_id: int) -> None:
    """Tell someone that the answers of their list are in, with all of them attached."""
    submission = Submission.objects.select_related("party").get(pk=submission_id)
    user = _member(submission.party, user_id)
    if user is None:
        return
    sheet = _sheet(submission.party_id)
    try:
        mail.send(
            user.email, "received", _context(sheet, user, submission=submission), _attached(sheet)
        )
    except (OSError, SMTPException) as error:
        later(deliver_received, error, submission_id, user_id)


@task()
def deliver_notice(notice_id: int) -> None:
    """Send a reminder, or thanks with all answers attached."""
    notice = Notice.objects.select_related("party").get(pk=notice_id)
    user = _member(notice.party, notice.user_id)
    if user is None:
        return
    sheet = _sheet(notice.party_id)
    is_thanks = notice.kind == Notice.Kind.THANKS
    if not is_thanks and (sheet.submission or sheet.is_closed):
        return  # handed in while this waited
    try:
        mail.send(
            user.email,
            "thanks" if is_thanks else "reminder",
            _context(sheet, user),
            _attached(sheet) if is_thanks else (),
        )
    except (OSError, SMTPException) as error:
        later(deliver_notice, error, notice_id)


@task()
def deliver_changed(party_id: int, statement_id: int, user_id: int) -> None:
    """Ask someone whether their list's answer holds for a statement that changed meaning."""
    sheet = _sheet(party_id)
    user = _member(sheet.party, user_id)
    line = next((each for each in sheet.unconfirmed if each.statement.pk == statement_id), None)
    if user is None or line is None or sheet.is_closed:
        return  # settled while this waited
    context = _context(sheet, user, line=line)
    context["address"] = _address(statement_address(sheet.party, line.statement))
    try:
        mail.send(user.email, "changed", context)
    except (OSError, SMTPException) as error:
        later(deliver_changed, error, party_id, statement_id, user_id)


@task()
def deliver_withheld(withholding_id: int, user_id: int) -> None:
    """Tell someone which motivation of their list voters do not see, and why."""
    rows = Withholding.objects.select_related(
        "statement", "party__contest__election", "party__contest__municipality"
    )
    withholding = rows.get(pk=withholding_id)
    party = withholding.party
    user = _member(party, user_id)
    if user is None or withholding.lifted_at is not None:
        return
    address = _address(statement_address(party, withholding.statement))
    is_closed = party.contest.is_closed(timezone.now())
    context = {
        "user": user,
        "party": party,
        "withholding": withholding,
        "address": address,
        "is_closed": is_closed,
    }
    try:
        mail.send(user.email, "withheld", context)
    except (OSError, SMTPException) as error:
        later(deliver_withheld, error, withholding_id, user_id)


@task()
def deliver_notices(notice_ids: list[int]) -> None:
    """Many: each mail is a task of its own, so that one that fails does not keep the others."""
    with transaction.atomic():
        for notice_id in notice_ids:
            deliver_notice.enqueue(notice_id)


def _member(party: Party, user_id: int) -> User | None:
    """The person, while they work for the list."""
    rows = Membership.objects.current().filter(party=party, user_id=user_id, user__is_active=True)
    found = rows.select_related("user").first()
    return found.user if found else None


def _sheet(party_id: int) -> Sheet:
    party = queries.with_contest(Party.objects.all()).get(pk=party_id)
    return queries.sheet(party, timezone.now())


def _context(sheet: Sheet, user: User, **more: Any) -> dict[str, Any]:
    address = _address(party_address(sheet.party))
    return {"sheet": sheet, "party": sheet.party, "user": user, "address": address, **more}


def _address(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def _attached(sheet: Sheet) -> list[mail.Attachment]:
    """All answers: as the spreadsheet, and as text that any phone opens."""
    rows = [(line.statement, line.counted) for line in sheet.lines]
    name = spreadsheet.attachment_name(sheet.party)
    text = render_to_string("mail/_answers.txt", {"sheet": sheet}).strip() + "\n"
    return [
        mail.Attachment(name, spreadsheet.write(sheet.party, rows), SPREADSHEET),
        mail.Attachment(f"{name.removesuffix('.xlsx')}.txt", text, "text/plain"),
    ]
