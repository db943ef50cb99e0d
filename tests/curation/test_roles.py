"""Every address of the whole product, as everybody: what the table in README.md says.

An address that no row of the table is about fails the test, so nothing is forgotten.
"""

import copy
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from parties.invitations import remove
from parties.models import Contest, Invitation, Membership, Party, User
from statements.models import Feature, Research, Source, Statement, Theme, Withholding
from stemhulp.editions.models import Proposal
from tests.curation.staff import KEY, colleague, enter, green, invited, member, national, region
from tests.quiz.browser import begin

pytestmark = pytest.mark.django_db

VOTERS = "the voter's way, editions"
OPEN_DATA = "open data"
SIGN_IN = "sign in and out"
INVITATION = "use an invitation that is for someone else"
OWN = "one's own lists, second factor and devices"
ANSWERS = "a list's answers"
ROOMS = "the editors' rooms"
PLACE = "of one municipality"
COUNTRY = "of the whole country"
KEEPING = "regions, elections, colleagues"
ADMIN = "Django's admin, `/beheer/`"
ELSEWHERE = "in Django's admin"

# By the name of an address: the row about looking, and the one about doing when that differs.
ABOUT: dict[str, str | tuple[str, str]] = {
    **dict.fromkeys(("health_live", "health_ready", "health_editions"), VOTERS),
    **dict.fromkeys(("security_txt", "robots_txt", "logo"), VOTERS),
    **dict.fromkeys(("use:now", "use:counts", "use:counts_file"), OPEN_DATA),
    **dict.fromkeys(
        (
            *("account_login", "account_request_login_code", "account_confirm_login_code"),
            *("account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn"),
        ),
        SIGN_IN,
    ),
    "invitation": INVITATION,
    **dict.fromkeys(("account_reauthenticate", "usersessions_list", "portal:lists"), OWN),
    "party_preview": ANSWERS,
    # Publishing
    **dict.fromkeys(("publication:desk", "publication:publish", "publication:overview"), ROOMS),
    "publication:method": ROOMS,
    **dict.fromkeys(("publication:together", "publication:approve_together"), ROOMS),
    **dict.fromkeys(("publication:progress", "publication:go_on"), ROOMS),
    # The rooms' front pages, and their lists
    **dict.fromkeys(
        [
            f"curation:{name}"
            for name in (
                *("lists", "bulk", "send", "progress", "progress_election", "progress_file"),
                *("reminder", "send_reminder", "statements", "statement_list", "translations"),
                *("statements_submit", "statements_withdraw"),
                *("translation_overview", "translation_list", "contests", "contest_list"),
                *("set_audit", "set_audit_election", "research", "research_list", "moderation"),
                *("motivation_list", "features", "log", "log_file"),
            )
        ],
        ROOMS,
    ),
    "curation:new_feature": ROOMS,
    "curation:regions": ROOMS,
    "curation:region_contact": PLACE,
    "curation:read_file": ROOMS,
    "curation:statement_new": ROOMS,
    # What is national: all staff read it, the national office writes it
    **dict.fromkeys(
        [f"curation:{name}" for name in ("statement", "statement_versions", "feature")], ROOMS
    ),
    **dict.fromkeys(
        [
            f"curation:{name}"
            for name in (
                *("statement_write", "statement_submit", "statement_review"),
                *("statement_withdraw", "edit_feature", "approve_feature", "withdraw_feature"),
                *("restore_feature", "translation_review"),
            )
        ],
        COUNTRY,
    ),
    "curation:statement_remark": ROOMS,
    "curation:translation": COUNTRY,
}
# Asks for a second proof once more; who has none has nothing to give.
PROOFS = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# Say so themselves: what is not healthy, and files that are still to be built.
UNBUILT = ("health_", "downloads:")
# By the beginning of the name, where nothing above says otherwise.
BEGINNINGS = {
    "quiz:": VOTERS,
    "mfa_": OWN,
    "portal:": ANSWERS,
    "publication:": PLACE,
    "country:": OPEN_DATA,
    "downloads:": OPEN_DATA,
    "api": OPEN_DATA,
    "admin:": ADMIN,
}
KEEPERS = re.compile(
    r"curation:(region|elections?|colleagues?|(new|delete)_(region|election)|election_contests"
    r"|(copy|remove)_contests|read_tables|copy_statements|correct_election|new_municipality|(add|suspend|readmit)_colleague)"
)
# What the admin shows, and is made or removed elsewhere or not at all.
CLOSED = re.compile(
    r"admin:(parties_(region|municipality|election|contest)|django_tasks\w+)_(add|delete)"
    r"|admin:parties_user_delete"
)
# Of one municipality by what its address names.
PLACED = {"municipality", "slug"}
# Of a local statement, and of local content: for its municipality, whatever stands above.
LOCAL = {"statement", "feature", "translation"}


@dataclass(frozen=True)
class Address:
    """An address, with something known filled in."""

    name: str
    path: str
    looking: str
    doing: str


@dataclass(frozen=True)
class World:
    """What there is: a list in a region, and everything that an address can be about."""

    list_: Party
    invitation: Invitation
    others: Invitation
    membership: Membership
    person: User
    token: str
    statement: Statement
    local: Statement
    local_feature: Feature
    feature: Feature
    research: Research
    withholding: Withholding
    proposal: Proposal


def world() -> World:
    party, at = green(), timezone.now()
    place, election = party.contest.municipality, party.contest.election
    region("midden", place.code)
    nina, carla = national(), colleague()
    pia = member()
    invitation = invited(party, "anna@example.nl")
    others = invited(party, "bea@example.nl")
    statement = Statement.objects.get(election=election, key=KEY)
    fields = {"statement": statement, "party": party}
    written = {"written_by": nina, "written_at": at, "source": Source.objects.all()[0]}
    return World(
        list_=party,
        invitation=invitation,
        others=others,
        membership=pia.memberships.get(),
        person=carla,
        token=others.renew_token(timezone.now()),
        statement=statement,
        local=_local_statement(party.contest),
        feature=Feature.objects.create(
            key="landelijk", kind="story", title="Een verhaal", **written
        ),
        local_feature=Feature.objects.create(
            key="plaatselijk", kind="story", title="Een verhaal", municipality=place, **written
        ),
        research=Research.objects.create(
            **fields, meaning=1, stance=1, quotation="x", source="x", entered_by=nina, entered_at=at
        ),
        withholding=Withholding.objects.create(
            **fields, motivation="x", ground="hate", explanation="x", by=nina, at=at
        ),
        proposal=Proposal.objects.create(
            contest=party.contest, digest="x", reason="x", asked_by=nina, asked_at=at
        ),
    )


def _local_statement(contest: Contest) -> Statement:
    made = Statement.objects.create(
        election=contest.election,
        municipality=contest.municipality,
        key="plaatselijk",
        theme=Theme.objects.all()[0],
        order=99,
        recommendation=1,
        latest=1,
        source=Source.objects.all()[0],
        text="Hier moet een plein komen.",
    )
    national_one = Statement.objects.get(election=contest.election, key=KEY)
    content = national_one.versions.all()[0].content | {"text": made.text}
    made.versions.create(number=1, nature="new", content=content, at=timezone.now())
    return made


def not_signed_in(client: Client, made: World) -> None:
    """Nobody."""


def of_the_list(client: Client, made: World) -> None:
    enter(client, made.membership.user, second_factor=False)


def of_another_list(client: Client, made: World) -> None:
    """And a former member of this one."""
    user = User.objects.create_user("mo@example.nl", "Mo van Elders")
    at = timezone.now()
    for party in (made.list_, made.list_.contest.parties.exclude(pk=made.list_.pk)[0]):
        last = Membership.objects.create(user=user, party=party, since=at)
        if party == made.list_:
            remove(last, by=made.person, at=at)
    user.refresh_from_db()  # ending a membership ended every session
    enter(client, user, second_factor=False)


def of_the_region(client: Client, made: World) -> None:
    _regional(client, "midden")


def of_another_region(client: Client, made: World) -> None:
    region("elders", "GM0344")
    _regional(client, "elders")


def _regional(client: Client, slug: str) -> None:
    user = User.objects.create_user("rik@example.nl", "Rik van de Regio")
    user.regions.add(region(slug))
    enter(client, user)


def nationally(client: Client, made: World) -> None:
    enter(client, User.objects.create_user("lea@example.nl", "Lea", is_national=True))


def without_second_factor(client: Client, made: World) -> None:
    user = User.objects.create_user("lea@example.nl", "Lea", is_national=True)
    enter(client, user, second_factor=False)


def suspended(client: Client, made: World) -> None:
    user = enter(client, User.objects.create_user("lea@example.nl", "Lea", is_national=True))
    User.objects.filter(pk=user.pk).update(is_active=False)


def administrator(client: Client, made: World) -> None:
    enter(client, User.objects.create_superuser("tess@example.nl", name="Tess Technisch"))


ROLES: dict[str, Callable[[Client, World], None]] = {
    "not signed in": not_signed_in,
    "member of the list": of_the_list,
    "member of another list, former member": of_another_list,
    "staff of the region": of_the_region,
    "staff of another region": of_another_region,
    "national staff": nationally,
    "staff without second factor": without_second_factor,
    "suspended account": suspended,
    "technical administrator": administrator,
}


@functools.cache
def documented() -> dict[str, dict[str, bool]]:
    """The table in README.md: by row and by role, whether it says yes."""
    text = (settings.BASE_DIR / "README.md").read_text()
    table = text.split("**Who may do what**")[1].strip().split("\n\n")[0]
    header, _, *rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()
    ]
    assert header[1:] == list(ROLES)
    assert all(cell in {"", "yes"} for row in rows for cell in row[1:])
    said = {row[0]: [cell == "yes" for cell in row[1:]] for row in rows}
    return {name: dict(zip(ROLES, cells, strict=True)) for name, cells in said.items()}


def expected(about: str, role: str) -> bool:
    [row] = [row for name, row in documented().items() if name.startswith(about)]
    return row[role]


def patterns(
    resolver: Any, space: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each address, and what it wants filled in."""
    for each in resolver.url_patterns:
        wanted = (*names, *(each.pattern.converters or each.pattern.regex.groupindex))
        if hasattr(each, "url_patterns"):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from patterns(each, inner, wanted)
        elif each.name:
            yield f"{space}{each.name}", wanted
        else:
            assert space == "admin:", each  # old forms of addresses, and what there is not


def addresses(made: World) -> Iterator[Address]:
    for name, wanted in patterns(get_resolver()):
        if name == "admin:app_list":  # by a regular expression: which apps there are
            yield _address(name, reverse(name, args=["parties"]))
            continue
        if name == "admin:autocomplete":
            asked = "?app_label=parties&model_name=place&field_name=municipality"
            yield _address(name, reverse(name) + asked)
            continue
        filled = {each: _sample(made, name, each) for each in wanted}
        yield _address(name, reverse(name, kwargs=filled), filled)
        yield from _local(made, name, filled)


def _address(name: str, path: str, filled: Any = ()) -> Address:
    about = _about(name, filled)
    looking, doing = (about, about) if isinstance(about, str) else about
    return Address(name, path, looking, doing)


def _about(name: str, filled: Any) -> str | tuple[str, str]:
    if name in ABOUT:
        return ABOUT[name]
    if name == "admin:django_tasks_database_dbtaskresult_change":
        return ADMIN, ELSEWHERE
    if CLOSED.fullmatch(name):
        return ELSEWHERE
    if KEEPERS.fullmatch(name):
        return KEEPING
    if name.startswith("curation:") and PLACED & set(filled):
        return PLACE
    found = [row for beginning, row in BEGINNINGS.items() if name.startswith(beginning)]
    assert found, f"no row of the table in README.md is about {name}"
    return found[0]


def _local(made: World, name: str, filled: dict[str, Any]) -> Iterator[Address]:
    """The same, of what belongs to one municipality."""
    kind = next((each for each in LOCAL if name.startswith("curation:") and each in name), "")
    if kind == "translation" and "subject" in filled:
        filled = filled | {"subject": f"statement-{made.local.pk}"}
    elif "key" in filled and "municipality" not in filled and kind:
        filled = filled | {"key": "plaatselijk"}
    else:
        return
    yield Address(f"{name} (local)", reverse(name, kwargs=filled), PLACE, PLACE)


def _sample(made: World, name: str, wanted: str) -> Any:
    """Something known for this part of an address; fails when there is nothing."""
    if name.startswith("admin:"):
        return _row(name)
    if wanted == "pk":
        return _number(made, name)
    if wanted == "key":
        return "landelijk" if "feature" in name else KEY
    known = {
        "election": "gr2022",
        "municipality": "voorbeeldstad",
        "slug": made.list_.slug,
        "number": 1,
        "region": "midden",
        "token": made.token,
        "language": "en",
        "subject": f"statement-{made.statement.pk}",
        "rest": "begin/",
        "paper": "a4",
        "party": made.list_.slug,
        "name": "d66",
        "province": "utrecht",
        "file": "lists.csv",
        "statement": KEY,
    }
    assert wanted in known, f"{name} wants a {wanted}: say which"
    return known[wanted]


def _number(made: World, name: str) -> int:
    subjects: dict[str, Any] = {
        "curation:resend": made.invitation,
        "curation:revoke": made.invitation,
        "curation:remove": made.membership,
        "research": made.research,
        "withholding": made.withholding,
        "colleague": made.person,
        "publication:": made.proposal,
        "webauthn": made.person,  # nobody has a key, so there is none to show
    }
    found = [row.pk for part, row in subjects.items() if part in name]
    assert found, f"{name} wants a pk: say of what"
    return int(found[0])


def _row(name: str) -> str:
    """The key of a row that the admin shows."""
    model = name.removeprefix("admin:").split("_")[1]
    return "GM0344" if model == "municipality" else "1"


def refuses(response: HttpResponse, path: str) -> bool:
    if response.status_code in {401, 403}:
        return True
    location = response.get("Location", "")
    is_for_staff = path.startswith(("/redactie/", "/beheer/"))
    to_second_factor = is_for_staff and location == reverse("mfa_activate_totp")
    return location.startswith(f"{reverse('account_login')}?next=") or to_second_factor


def answer(client: Client, method: str, path: str) -> HttpResponse:
    """What comes back; whatever it did is undone."""
    kept = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response: Any = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = kept
    return response  # type: ignore[no-any-return]


def differences(client: Client, made: World, role: str) -> Iterator[str]:
    """Each address and method whose answer is not as the table says."""
    has_proof = Authenticator.objects.filter(user__pk=client.session.get("_auth_user_id")).exists()
    for each in addresses(made):
        for method, about in (("GET", each.looking), ("POST", each.doing)):
            response = answer(client, method, each.path)
            if response.status_code == 405 or (each.name in PROOFS and not has_proof):
                continue
            may = expected(about, role)
            status = response.status_code
            if status >= 500 and not (each.name.startswith(UNBUILT) and status == 503):
                yield f"{method} {each.name} {each.path}: {status}"
            elif may == refuses(response, each.path) and not (not may and status == 404):
                said = "refused" if may else "let in"
                yield f"{method} {each.name} {each.path}: {said} ({status})"


@pytest.mark.parametrize("role", ROLES)
def test_everyone_opens_what_the_table_says_and_nothing_else(client: Client, role: str) -> None:
    made = world()
    ROLES[role](client, made)
    client.raise_request_exception = False
    begin(client)  # a voter's answers, which the voter's pages want
    found = list(differences(client, made, role))
    assert not found, "\n".join(found)


def test_every_row_of_the_table_is_tried() -> None:
    made = world()
    tried = {about for each in addresses(made) for about in (each.looking, each.doing)}
    for row in documented():
        assert any(row.startswith(about) for about in tried), row
