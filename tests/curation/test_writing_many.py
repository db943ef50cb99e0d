"""Many statements at once: handing in all drafts, and reviewing one after the other."""

import pytest
from django.test import Client
from django.utils import timezone

from parties.models import User
from statements.curation.writing import actions
from statements.curation.writing.content import Draft
from statements.models import Statement, Version
from tests.curation.staff import colleague, enter, national, regional
from tests.curation.writing import ROOM
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
ALL = f"{ROOM}inleveren/"


def rewritten(by: User, count: int, **changes: str) -> list[Statement]:
    """The first so many national statements, each with a next version that is not handed in."""
    rows = list(Statement.objects.filter(election__slug="gr2022").order_by("pk")[:count])
    for row in rows:
        content = {**row.versions.get(number=1).content, "text": f"Nieuw {row.pk}.", **changes}
        mend = Version.Nature.MEND
        at = timezone.now()
        actions.save(row, Draft(content), seen=1, nature=mend, note="Zo.", by=by, at=at)
    return rows


def states(rows: list[Statement]) -> set[str]:
    return set(
        Statement.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True)
    )


def test_all_complete_drafts_are_handed_in_at_once(client: Client) -> None:
    author = enter(client, national())
    rows = rewritten(author, 3)
    assert "Lever alle concepten in (3)" in text(client.get(ROOM))
    assert "3 stellingen ingeleverd." in text(client.post(ALL, follow=True))
    assert states(rows) == {"in-review"}
    assert "Lever" not in text(client.get(ROOM))


def test_what_lacks_something_stays_a_draft_and_is_told(client: Client) -> None:
    author = enter(client, national())
    rows = rewritten(author, 2)
    lacking = Statement.objects.filter(election__slug="gr2022").order_by("pk")[4]
    content = {**lacking.versions.get(number=1).content, "reason": ""}
    mend, at = Version.Nature.MEND, timezone.now()
    actions.save(lacking, Draft(content), seen=1, nature=mend, note="x", by=author, at=at)
    page = text(client.post(ALL, follow=True))
    assert "2 stellingen ingeleverd. Bij 1 ontbreekt nog tekst" in page.replace("teksten", "tekst")
    assert states(rows) == {"in-review"}
    assert states([lacking]) == {"draft"}


def test_regional_staff_hand_in_no_national_draft(client: Client) -> None:
    rows = rewritten(national(), 1)
    enter(client, regional("VB0001"))
    assert "Lever" not in text(client.get(ROOM))
    client.post(ALL)
    assert states(rows) == {"draft"}


def test_review_goes_on_to_the_next_that_waits(client: Client) -> None:
    """Of one's own work nothing waits."""
    author = national()
    first, second = rewritten(author, 2)
    reviewer = enter(client, colleague())
    own = Statement.objects.filter(election__slug="gr2022").order_by("pk")[5]
    content = {**own.versions.get(number=1).content, "text": "Van mezelf."}
    mend, at = Version.Nature.MEND, timezone.now()
    actions.save(own, Draft(content), seen=1, nature=mend, note="x", by=reviewer, at=at)
    for row, by in ((first, author), (second, author), (own, reviewer)):
        row.refresh_from_db()
        actions.submit(row, seen=2, by=by, at=timezone.now())
    form = {"verdict": "approved", "version": "2", "remark": ""}
    response = client.post(f"{ROOM}{first.key}/beoordeel/", form)
    assert response.headers["Location"] == f"{ROOM}{second.key}/beoordeel/"
    response = client.post(f"{ROOM}{second.key}/beoordeel/", form)
    assert response.headers["Location"] == f"{ROOM}{second.key}/"
