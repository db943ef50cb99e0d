"""Every address of the whole product, with something known filled in: for tests of them all.

Each is about a row of the table "Who may do what" in README.md; one that no row is about fails, so
nothing is forgotten.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from tests.curation.staff import KEY
from tests.curation.world import World

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
