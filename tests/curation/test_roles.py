"""Every address of the whole product, as everybody: what the table in README.md says."""

import functools
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from tests.curation.addresses import addresses, answer, refuses
from tests.curation.roles import ROLES
from tests.curation.world import World, world
from tests.quiz.browser import begin

pytestmark = pytest.mark.django_db

# Asks for a second proof once more; who has none has nothing to give.
PROOFS = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# Say so themselves: what is not healthy, and files that are still to be built.
UNBUILT = ("health_", "downloads:")


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
