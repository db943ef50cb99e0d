"""People whom the demo lets anyone be. Their addresses lead nowhere (RFC 2606)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone

from parties import invitations
from parties.models import Contest, Invitation, Membership, Municipality, Party, Region, User

DAYS_LEFT = 12
# Of everybody's second factor: the demo shows its codes.
SECRET = "STEMHULPDEMOSTEMHULPDEMOSTEMHULP"  # noqa: S105
CONTEST = {"election__slug": "gr2022", "municipality__slug": "voorbeeldstad"}
NEW = "nieuw@demo.example"
REGION = "voorbeeldland@demo.example"


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    does: str
    lists: tuple[str, ...] = ()
    is_regional: bool = False
    is_national: bool = False


ACCOUNTS = (
    Account(
        "partij@demo.example",
        "Fatima de Boer",
        "works for two invented parties: one has answered nothing yet, one has handed in",
        ("gewoon-voorbeeldstad", "jong-voorbeeldstad"),
    ),
    Account(
        "collega@demo.example",
        "Jan Bakker",
        "works for the same empty list: try editing with two at once",
        ("gewoon-voorbeeldstad",),
    ),
    Account("regio@demo.example", "Rosa Visser", "works for the region", is_regional=True),
    Account(
        "landelijk@demo.example", "Kees Mulder", "works for all municipalities", is_national=True
    ),
    Account(
        "tweede@demo.example",
        "Anouk Dekker",
        "works for all municipalities too: what wants a second pair of eyes",
        is_national=True,
    ),
)


@transaction.atomic
def load_accounts(at: datetime) -> None:
    """Make the accounts that are not there, and have Voorbeeldstad's deadline lie ahead."""
    contest = Contest.objects.select_related("municipality").get(**CONTEST)
    _move_deadline(contest, at)
    region = load_region(contest.municipality)
    for account in ACCOUNTS:
        _load(account, contest, region, at)
    _invite(contest, at)


def load_region(municipality: Municipality) -> Region:
    """The invented region in which Voorbeeldstad lies, and how voters reach its team."""
    region, _ = Region.objects.get_or_create(
        slug="voorbeeldland", defaults={"name": "Voorbeeldland", "public_email": REGION}
    )
    municipality.region = region
    municipality.save(update_fields=["region"])
    return region


def _move_deadline(contest: Contest, at: datetime) -> None:
    if contest.own_deadline is None or contest.own_deadline < at + timedelta(days=1):
        day = timezone.localdate(at) + timedelta(days=DAYS_LEFT)
        contest.own_deadline = timezone.make_aware(datetime.combine(day, time(17)))
        contest.save(update_fields=["own_deadline"])


def _load(account: Account, contest: Contest, region: Region, at: datetime) -> None:
    if User.objects.filter(email=account.email).exists():
        return
    user = User.objects.create_user(account.email, account.name, is_national=account.is_national)
    for party in Party.objects.filter(contest=contest, slug__in=account.lists):
        Membership.objects.create(party=party, user=user, since=at)
    if account.is_regional:
        user.regions.add(region)
    if account.is_regional or account.is_national:
        TOTP.activate(user, SECRET)


def _invite(contest: Contest, at: datetime) -> None:
    """One invitation that waits in the demo's post."""
    if not Invitation.objects.filter(email=NEW).exists():
        party = Party.objects.get(contest=contest, slug="gewoon-voorbeeldstad")
        staff = User.objects.get(email="regio@demo.example")
        invitations.invite(party, NEW, "Noor Smit", by=staff, at=at)
