"""What the pages of party staff and of regional staff cost in a full database.

`python -m tests.load.portal full|quick` runs in a process of its own, with an empty, migrated
database. All positions belong to parties that are renamed first: no real one gets a position.
Pages are timed where Django begins and ends: what granian adds is in the lines of `http`.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import contextlib
import io
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator
from html import unescape
from typing import Any

import django

django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parties.models import Invitation, Membership, Party, User
from statements.models import Position, Revision, Stance, Statement, Submission, Way
from statements.portal.answers import Answer
from stemhulp.editions import store
from tests.curation.staff import enter_again

POSITIONS, REVISIONS = 60_000, 200_000
QUICK_POSITIONS, QUICK_REVISIONS = 6_000, 20_000
QUICK_MAILED = 300
TURNS = 9
BATCH = 5_000
MOTIVATION = "Wij willen dat de gemeente hier samen met inwoners een goede plek voor zoekt. " * 2
PAGES = {
    "lists": "",
    "party": "{list}",
    "statement": "{list}stelling/{key}/",
    "submit": "{list}indienen/",
    "history": "{list}geschiedenis/",
    "people": "{list}mensen/",
    "spreadsheet": "{list}spreadsheet/bestand/",
    "preview": "{list}voorbeeld/",
}
STAFF_PAGES = {
    "staff_lists": "lijsten/",
    "staff_party": "lijsten/{list}",
    "staff_invite": "lijsten/uitnodigen/",
    "staff_desk": "",
    "staff_progress": "voortgang/gr2022/",
    "staff_statements": "stellingen/gr2022/",
    "staff_statement": "stellingen/gr2022/{key}/",
    "staff_translations": "vertalingen/gr2022/",
    "staff_language": "vertalingen/gr2022/ar/",
    "staff_features": "inhoud/",
    "staff_contests": "gemeenten/gr2022/",
    "staff_contest": "gemeenten/{contest}",
    "staff_research": "programma/gr2022/",
    "staff_motivations": "toelichtingen/gr2022/",
    "staff_set_audit": "doorlichting/gr2022/",
    "staff_set_audit_contest": "doorlichting/{contest}",
    "staff_set_audit_voters": "doorlichting/{contest}kiezers/",
    "staff_publishing": "publiceren/gr2022/",
    "staff_publishing_contest": "publiceren/{contest}",
    "staff_log": "logboek/",
    "staff_elections": "verkiezingen/",
    "staff_regions": "regios/",
}


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    party, statement, member = build(quick=quick)
    contest = party.contest
    council = f"{contest.election.slug}/{contest.municipality.slug}/"
    its = f"{council}{party.slug}/"
    rows = {
        "lists": Party.objects.count(),
        "positions": Position.objects.count(),
        "revisions": Revision.objects.count(),
    }
    store.health()  # what a process knows before its first request
    for room, pages, user in (
        ("/partij/", PAGES, member),
        ("/redactie/", STAFF_PAGES, staff()),
    ):
        browser = browser_of(user)
        for name, page in pages.items():
            path = room + page.format(list=its, contest=council, key=statement.key)
            yield measured(browser, name, path) | rows
    yield saving(browser_of(member), f"/partij/{its}stelling/{statement.key}/") | rows
    yield from inviting(browser, mailed=QUICK_MAILED if quick else rows["lists"])


def build(*, quick: bool) -> tuple[Party, Statement, User]:
    facts = ("load_municipalities", "load_election 2022", "load_statements 2022", "load_content")
    for command in facts:
        call_command(*command.split(), stdout=io.StringIO())
    Party.objects.update(name=Concat(Value("Verzonnen "), "pk", output_field=CharField()))
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same numbers each time
    statements = list(Statement.objects.all())
    count = QUICK_POSITIONS if quick else POSITIONS
    parties = list(Party.objects.order_by("pk")[: count // len(statements)])
    user = User.objects.create_user("iemand@voorbeeld.example", "Iemand")
    made = [
        Position(
            party=party,
            statement=each,
            stance=drawn.choice(Stance.values),
            motivation=MOTIVATION,
        )
        for party in parties
        for each in statements
    ]
    Position.objects.bulk_create(made, batch_size=BATCH)
    _revisions(made, user, QUICK_REVISIONS if quick else REVISIONS)
    Membership.objects.create(party=parties[0], user=user, since=timezone.now())
    Submission.objects.bulk_create(
        Submission(party=party, name="Niemand", at=timezone.now(), answers={})
        for party in parties[1::2]
    )
    chosen = Party.objects.select_related("contest__election", "contest__municipality")
    return chosen.get(pk=parties[0].pk), statements[0], user


def _revisions(positions: list[Position], user: User, count: int) -> None:
    at = timezone.now()
    rows = (
        Revision(
            party_id=position.party_id,
            statement_id=position.statement_id,
            by=user,
            at=at,
            way=Way.SCREEN,
            before=Answer(0).content,
            after=Answer.of(position).content,
        )
        for turn in range(count // len(positions) + 1)
        for position in positions
    )
    made = [row for row, _ in zip(rows, range(count), strict=False)]
    Revision.objects.bulk_create(made, batch_size=BATCH)
    connection.cursor().execute("ANALYZE")


def staff() -> User:
    user = User.objects.create_user("landelijk@voorbeeld.example", "Landelijk", is_national=True)
    TOTP.activate(user, generate_totp_secret())
    return user


def browser_of(user: User) -> Client:
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="127.0.0.1")
    enter_again(browser, user)
    return browser


def measured(browser: Client, name: str, path: str) -> dict[str, Any]:
    """The median time of a page, in milliseconds, and how many queries it takes."""
    with counted() as queries:
        response = browser.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    times = [_time(lambda: browser.get(path)) for _ in range(TURNS)]
    return _line(name, statistics.median(times), queries=len(queries), slowest=max(times))


def saving(browser: Client, path: str) -> dict[str, Any]:
    """A change that saves itself: every one is a revision more."""
    turns = iter(range(1, TURNS + 2))

    def save() -> None:
        version = next(turns)
        form = {"stance": "1", "motivation": f"Versie {version}", "version": str(version)}
        response = browser.post(path, form, headers={"HX-Request": "true"})
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")

    with counted() as queries:
        save()
    times = [_time(save) for _ in range(TURNS)]
    return _line("save", statistics.median(times), queries=len(queries), slowest=max(times))


def inviting(browser: Client, mailed: int) -> Iterator[dict[str, Any]]:
    """A table with every list of the country is looked at; then so many are sent and mailed."""
    rows = list(Party.objects.values_list("contest__municipality", "name", "pk"))
    room = "/redactie/lijsten/uitnodigen/"
    table = _table(rows)
    start = time.perf_counter()
    browser.post(room, {"tabel": table, "verkiezing": "gr2022"})
    yield _line("invitations_preview", _since(start) / 1000, unit="s", rows=len(rows))
    sent = {"tabel": _table(rows[:mailed]), "verkiezing": "gr2022"}
    page = browser.post(room, sent).content.decode()
    payload = re.search(r'name="payload"\s+value="([^"]+)"', page)
    if payload is None:
        raise RuntimeError("Nothing of the table can be sent.")
    start = time.perf_counter()
    browser.post(f"{room}versturen/", {"payload": unescape(payload[1])})
    yield _line("invitations_send", _since(start) / 1000, unit="s", rows=Invitation.objects.count())
    waiting = DBTaskResult.objects.count()
    start = time.perf_counter()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    seconds = _since(start) / 1000
    count = Invitation.objects.exclude(sent_at=None).count()
    yield _line("invitations_mailed", seconds, unit="s in the background", rows=count) | {
        "tasks_after_request": waiting
    }


def _table(rows: list[tuple[str, str, int]]) -> str:
    return "gemeentecode;lijst;e-mail;naam\n" + "".join(
        f"{code};{name};lijst{pk}@voorbeeld.example;Iemand van {pk}\n" for code, name, pk in rows
    )


@contextlib.contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def count(execute: Any, sql: str, *arguments: Any) -> Any:
        sent.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(count):
        yield sent


def _time(work: Any) -> float:
    start = time.perf_counter()
    work()
    return _since(start)


def _since(start: float) -> float:
    """Milliseconds."""
    return 1000 * (time.perf_counter() - start)


def _line(name: str, value: float, unit: str = "ms", **more: float) -> dict[str, Any]:
    shown = {key: round(each, 1) for key, each in more.items()}
    return {"name": f"portal/{name}", "value": round(value, 2), "unit": unit, **shown}


if __name__ == "__main__":
    for line in figures(quick=sys.argv[1] == "quick"):
        sys.stdout.write(json.dumps(line) + "\n")
