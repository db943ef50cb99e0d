"""The audit log: what is written, who reads it, and that it stays."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties import invitations
from parties.audit import record
from parties.bulk_invitations import Wanted, invite_many
from parties.models import Election, Event, Municipality, User
from statements.curation.log import queries
from statements.curation.log.views import harmless
from statements.models import Statement, Submission
from statements.portal import actions
from statements.portal.answers import Answer, seal
from tests.curation.staff import KEY, close, enter, green, invited, member, national, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

LOG = "/redactie/logboek/"
FILE = f"{LOG}bestand/"
ADDRESS = "derde@example.nl"


def invite(by: User, at: datetime) -> None:
    invitations.invite(green(), ADDRESS, "Derde Persoon", by=by, at=at)


def invite_two(by: User, at: datetime) -> None:
    party = green().pk
    invite_many([Wanted(party, ADDRESS), Wanted(party, "vierde@example.nl")], by=by, at=at)


def resend(by: User, at: datetime) -> None:
    invitations.resend(invited(green(), ADDRESS), by=by, at=at)


def revoke(by: User, at: datetime) -> None:
    invitation = invited(green(), ADDRESS)
    for _ in range(2):
        invitations.revoke(invitation, by=by, at=at)


def accept(by: User, at: datetime) -> None:
    User.objects.filter(pk=by.pk).update(is_national=False)  # a colleague joins no party
    token = invited(green(), by.email).renew_token(timezone.now())
    invitations.accept(token, visitor=by, name="", at=at)


def remove(by: User, at: datetime) -> None:
    membership = member().memberships.get()
    for _ in range(2):
        invitations.remove(membership, by=by, at=at)


def correct(by: User, at: datetime) -> None:
    party, statement = green(), Statement.objects.get(key=KEY)
    position = party.positions.get(statement=statement)
    answer = Answer(stance=-2, motivation="Nieuw", source="")
    actions.correct(
        party, statement, answer, seen=position.version, by=by, at=at, reason="Verschreven"
    )


def submit(by: User, at: datetime) -> None:
    party = green()
    Submission.objects.filter(party=party, reopened_at=None).update(reopened_at=at, reopened_by=by)
    for _ in range(2):
        seen = seal(party.positions.all())
        actions.submit(party, seen=seen, name="Otto", by=by, at=at)


def reopen(by: User, at: datetime) -> None:
    actions.reopen(green(), by=by, at=at)


ACTS: list[tuple[Callable[[User, datetime], None], str, int]] = [
    (invite, "invitation-made", 1),
    (invite_two, "invitation-made", 2),
    (resend, "invitation-resent", 1),
    (revoke, "invitation-revoked", 1),
    (accept, "invitation-accepted", 1),
    (remove, "membership-ended", 1),
    (correct, "position-corrected", 1),
    (submit, "answers-submitted", 1),
    (reopen, "answers-reopened", 1),
]


@pytest.mark.parametrize(("act", "name", "times"), ACTS)
def test_act_leaves_one_event_without_anyone_elses_address(
    act: Callable[[User, datetime], None], name: str, times: int
) -> None:
    nina = national()
    with transaction.atomic():
        act(nina, timezone.now())
    events = list(Event.objects.all())
    assert [event.act for event in events] == [name] * times
    for event in events:
        assert event.by == nina
        assert event.municipality_id == "VB0001"
        assert event.election is not None
        said = f"{event.what} {event.details}"
        assert "Groen Voorbeeldstad" in event.what
        assert "@" not in said
        assert "Derde Persoon" not in said
        assert "Pia" not in said


def event(what: str = "Iets gedaan", act: str = "something-done", **fields: Any) -> Event:
    fields = {"by": None, "at": timezone.now()} | fields
    return record(act, what, **fields)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_event SET what = 'anders'",
        "DELETE FROM parties_event",
        "TRUNCATE parties_event CASCADE",
    ],
)
def test_nothing_of_it_is_changed_or_removed(statement: str) -> None:
    event()
    with connection.cursor() as cursor:  # nothing of it waits any more, so it may be tried
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.get().what == "Iets gedaan"


def test_regional_staff_read_their_region_and_their_own_acts(client: Client) -> None:
    rik = enter(client, regional("VB0001"))
    event("In mijn gemeente", about=green())
    event("Wat ik zelf deed", by=rik)
    event("In Utrecht", about=Municipality.objects.get(code="GM0344"))
    event("Landelijk", about=Election.objects.get(slug="gr2022"))
    page = text(client.get(LOG))
    assert "In mijn gemeente" in page
    assert "Wat ik zelf deed" in page
    assert "In Utrecht" not in page
    assert "Landelijk" not in page
    assert "In Utrecht" not in str(table(client))


def test_national_staff_read_everything_the_newest_first(client: Client) -> None:
    enter(client, national())
    event("Eerder", at=timezone.now() - timedelta(days=1))
    event("Later", about=green())
    page = text(client.get(LOG))
    assert page.index("Later") < page.index("Eerder")
    assert "commando op de server" in page


FILTERS = [
    ({"wie": "server"}, {"a", "c"}),
    ({"wat": "region-made"}, {"c"}),
    ({"verkiezing": "gr2022"}, {"b"}),
    ({"gemeente": "voorbeeld"}, {"b"}),
    ({"gemeente": "atlantis"}, set()),
    ({"van": "2026-01-02"}, {"b", "c"}),
    ({"tot": "2026-01-01"}, {"a"}),
    ({"van": "2026-01-02", "tot": "2026-01-02"}, {"b"}),
    ({"woorden": "TWEEDE"}, {"b"}),
    ({"woorden": "gedaan het"}, {"a", "b", "c"}),
    ({"woorden": "100%"}, set()),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_log_is_searched(client: Client, query: dict[str, str], expected: set[str]) -> None:
    nina = enter(client, national())
    midnight = timezone.make_aware(datetime(2026, 1, 2))  # noqa: DTZ001
    event("a: het eerste is gedaan", at=midnight - timedelta(seconds=1))
    event("b: het tweede is gedaan", by=nina, about=green(), at=midnight)
    event("c: het derde is gedaan", act="region-made", at=midnight + timedelta(days=1))
    response = client.get(LOG, query)
    assert response.status_code == 200
    rows = {row.what[0] for row, _ in response.context["events"]}
    assert rows == expected
    assert {row[4][0] for row in table(client, query)[1:]} == expected


@pytest.mark.parametrize(
    "query",
    [
        *("wie=0", "wie=x", "wat=niets", "verkiezing=gr1850", "van=gisteren", "gemeente=%00"),
        *("van=2026-02-02&tot=2026-01-01", f"woorden={'x' * 81}"),
    ],
)
def test_filter_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    event()
    for page in (LOG, FILE):
        response = client.get(f"{page}?{query}")
        assert response.status_code == 422
        assert 'class="error"' in text(response)


def table(client: Client, query: Any = None) -> list[list[str]]:
    response = client.get(FILE, query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:]), delimiter=";"))


def test_table_has_a_line_for_each_act(client: Client) -> None:
    nina = enter(client, national())
    event("Puntkomma; en “aanhaling”", by=nina, about=green())
    header, line = table(client)
    assert header == ["wanneer", "wie", "e-mailadres", "soort", "wat", "verkiezing", "gemeente"]
    assert line[1:] == [
        *("Nina Landelijk", "nina@example.nl", "something-done", "Puntkomma; en “aanhaling”"),
        *("gr2022", "Voorbeeldstad"),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(client: Client, cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    enter(client, national())
    event(cell)
    assert table(client)[1][4] == f"'{cell}"


def test_long_log_has_pages_and_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    nina = enter(client, national())
    at, party = timezone.now(), green()
    Event.objects.bulk_create(
        Event(
            at=at - timedelta(minutes=number),
            by=nina,
            act="something-done",
            what=f"Daad {number}",
            election=party.contest.election,
            municipality=party.contest.municipality,
        )
        for number in range(250)
    )
    client.get(LOG)
    with django_assert_max_num_queries(9):
        page = text(client.get(f"{LOG}?woorden=daad"))
    assert "1 tot en met 100 van 250" in page
    assert "?woorden=daad&amp;pagina=2" in page
    assert "201 tot en met 250 van 250" in text(client.get(f"{LOG}?pagina=99"))
    with django_assert_max_num_queries(8):
        assert len(table(client)) == 251


def test_corrected_answer_of_a_closed_list_stands_in_the_log(client: Client) -> None:
    enter(client, national())
    close(green())
    position = green().positions.get(statement__key=KEY)
    address = f"/redactie/lijsten/gr2022/voorbeeldstad/groen-voorbeeldstad/correctie/{KEY}/"
    answer = {"stance": "-2", "motivation": "", "source": "", "version": position.version}
    client.post(address, answer | {"reason": "Fout"})
    assert "Antwoord van Groen Voorbeeldstad gecorrigeerd" in text(client.get(LOG))


def recorded() -> set[str]:
    """Every act that the source writes down, as far as a pattern can see."""
    root = Path(__file__).parents[2]
    files = [
        each
        for room in ("parties", "statements", "stemhulp")
        for each in (root / room).rglob("*.py")
    ]
    return {act for each in files for act in acts_in(each.read_text())}


def acts_in(source: str) -> set[str]:
    if not re.search(r"\b(?:record|event)\(", source) and "STARTED, CHECKED" not in source:
        return set()
    found = set(re.findall(r"\b_?(?:record|event)\(\s*\"([a-z]+(?:-[a-z]+)+)\"", source))
    for line in re.findall(r"^\s*(?:act\b|STARTED, CHECKED).*=.*$", source, re.MULTILINE):
        found |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', line))
    for prefix in re.findall(r"\brecord\(\s*f\"([a-z]+)-\{act\}\"", source):
        short = re.findall(r"_record\(\s*(?:\w+,\s*)?\"([a-z]+)\"", source)
        found |= {f"{prefix}-{each}" for each in short}
    return found


def test_every_act_has_words_in_dutch() -> None:
    acts = recorded()
    known = {
        "contests-checked",
        "election-deadline-changed",
        "statement-remarked",
        "lists-reminded",
    }
    assert known | {"research-entered", "administration-added", "publication-declined"} <= acts
    assert acts - set(queries.ACTS) == set()
