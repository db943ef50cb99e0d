"""For tests of publishing: the contests, and the steps of staff in the browser."""

import re
from typing import cast

from django.http import HttpResponse
from django.test import Client

from parties.models import Contest, Election
from statements.models import Statement, Theme
from stemhulp.editions import store
from stemhulp.editions.models import Proposal

ROOM = "/redactie/publiceren/gr2022/"
TOWN = f"{ROOM}voorbeeldstad/"
URK = f"{ROOM}urk/"  # was never published
REASON = "Naam hersteld"


def contest(slug: str = "voorbeeldstad") -> Contest:
    rows = Contest.objects.select_related("election", "municipality")
    return rows.get(election__slug="gr2022", municipality__slug=slug)


def rename(slug: str = "voorbeeldstad", name: str = "Andere naam") -> None:
    """Change something that voters see."""
    party = contest(slug).parties.order_by("slug")[0]
    party.name = name
    party.save()


def seen(client: Client, page: str) -> str:
    """The digest of what a page shows."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(page).content.decode())
    assert found
    return found[1]


def press(client: Client, page: str, reason: str = REASON) -> HttpResponse:
    """Look at a contest's page, and publish or propose what it shows."""
    given = {"seen": seen(client, page), "reason": reason}
    response = client.post(f"{page}publiceer/", given)
    store.clear()
    return cast("HttpResponse", response)


def proposal(slug: str = "urk") -> Proposal:
    return Proposal.objects.get(contest=contest(slug))


def local_statement(state: str = "draft") -> Statement:
    """A statement of Voorbeeldstad that nobody approved."""
    source = Statement.objects.all()[0].source
    return Statement.objects.create(
        election=Election.objects.get(slug="gr2022"),
        municipality=contest().municipality,
        key="eigen-stelling",
        theme=Theme.objects.all()[0],
        order=99,
        text="Het buurthuis moet ook op zondag open zijn.",
        explanation="x",
        argument_for="x",
        argument_against="x",
        recommendation=1,
        reason="x",
        source=source,
        state=state,
    )
