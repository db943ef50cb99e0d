"""What goes wrong while voters are under way: real processes, a real PostgreSQL."""

import contextlib
import itertools
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.conf import settings

from stemhulp.local.postgres import Cluster
from tests.local.programs import need_postgres
from tests.local.runs import remove_elsewhere
from tests.local.sites import (
    TOWN,
    Place,
    Site,
    change,
    environment,
    kill_database,
    manage,
    serving,
    take_quiz,
)
from tests.local.waiting import wait_until

VOTERS = 50


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    need_postgres()
    home = tmp_path_factory.mktemp("outage")
    cluster = Cluster(home / "postgres", durable=False)
    with cluster.running() as url:
        manage(url, home, "migrate")
        manage(url, home, "load_demo", "--publish", "voorbeeldstad", "utrecht")
        yield Place(cluster, url, home)
    remove_elsewhere(home)


@pytest.fixture
def place(shared_place: Place) -> Place:
    """The database is up and every file whole, whatever the test before left behind."""
    try:
        psycopg.connect(shared_place.url).close()
    except psycopg.OperationalError:
        shared_place.cluster.start()
    shutil.rmtree(shared_place.home / "editions", ignore_errors=True)
    return shared_place


def publish(place: Place) -> str:
    town = ("--election", "gr2022", "--municipality", "voorbeeldstad")
    return manage(place.url, place.home, "publish", *town)


def documents(place: Place, municipality: str) -> list[tuple[int, str, dict[str, Any]]]:
    """Number, digest and content of all editions of a contest, the oldest first."""
    with psycopg.connect(place.url) as connection:
        rows = connection.execute(
            "SELECT number, digest, document FROM editions_publishededition"
            " JOIN parties_contest ON parties_contest.id = contest_id"
            " JOIN parties_municipality ON code = municipality_id"
            " WHERE slug = %s ORDER BY number",
            [municipality],
        ).fetchall()
    return [(number, digest, json.loads(bytes(document))) for number, digest, document in rows]


def wait_until_kept(place: Place, site: Site) -> None:
    """Wait until a process without the database would find both current editions on disk."""
    editions = place.home / "editions"
    current = [documents(place, town)[-1][1] for town in ("voorbeeldstad", "utrecht")]
    wait_until(
        lambda: (
            site.ask("GET", "/health/editions")[0] == 200
            and all(
                digest in (editions / "known.json").read_text()
                and (editions / f"{digest}.json").exists()
                for digest in current
            )
        )
    )


def test_database_stops_restarts_and_no_voter_notices(place: Place) -> None:
    with serving(place) as site:
        wait_until_kept(place, site)
        half_way, go_on = threading.Barrier(VOTERS + 1), threading.Event()
        with ThreadPoolExecutor(VOTERS) as voters:
            pages = [voters.submit(take_quiz, site, half_way, go_on) for _ in range(VOTERS)]
            half_way.wait(60)
            kill_database(place.cluster)
            go_on.set()
            assert all("Jouw uitslag in Voorbeeldstad" in page.result() for page in pages)
        assert site.ask("GET", "/gr2022/utrecht/")[0] == 200  # never asked for before
        # People with an account need the database; that it is gone is known within two seconds.
        wait_until(lambda: site.ask("GET", "/partij/")[0] == 503, seconds=10)
        assert "Er is niets opgeslagen" in site.ask("GET", "/partij/")[1]

    with serving(place) as site:  # a process started with no database at all
        assert '"stale_since": "' in site.ask("GET", "/health/editions")[1]
        go_on.set()
        page = take_quiz(site, threading.Barrier(1), go_on)
        assert "Samen Voorbeeldstad" in page
        assert site.ask("GET", "/?plaats=bergen")[0] == 200

        place.cluster.start()
        change(place, "UPDATE parties_party SET name = 'A' WHERE slug = 'groen-voorbeeldstad'")
        publish(place)
        wait_until(lambda: "<strong>A</strong>" in site.ask("GET", TOWN)[1], seconds=20)
        wait_until(lambda: '"stale_since": null' in site.ask("GET", "/health/editions")[1])


def test_half_written_file_is_ignored_and_reported(place: Place) -> None:
    [(_, digest, _)] = documents(place, "utrecht")
    with serving(place) as site:
        wait_until_kept(place, site)
    file = place.home / "editions" / f"{digest}.json"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with contextlib.ExitStack() as without_database:
        kill_database(place.cluster)
        without_database.callback(place.cluster.start)
        with serving(place) as site:
            status, page = site.ask("GET", "/gr2022/utrecht/")
            assert (status, "even niet bereikbaar" in page) == (503, True)
            assert f"{digest} is damaged" in place.log
            assert site.ask("GET", TOWN)[0] == 200  # the others are whole
            without_database.close()
            wait_until(lambda: site.ask("GET", "/gr2022/utrecht/")[0] == 200)
            assert file.read_bytes() == whole


def test_publishing_while_voters_are_under_way_tells_each_of_them_once(place: Place) -> None:
    count = len(documents(place, "voorbeeldstad"))
    with serving(place) as site:
        voters = [Site(site.port) for _ in range(5)]
        for voter in voters:
            assert voter.ask("POST", f"{TOWN}begin/")[0] == 303
            assert voter.ask("POST", f"{TOWN}stelling/1/", mening="2")[0] == 303
            assert "bijgewerkt" not in voter.ask("GET", f"{TOWN}stelling/2/")[1]
        change(place, "UPDATE statements_statement SET text = 'Nieuw.' WHERE key = 'gemengd-wonen'")
        publish(place)
        wait_until(lambda: site.ask("GET", f"{TOWN}editie/{count + 1}.json")[0] == 200)
        for voter in voters:
            pages = [voter.ask("GET", f"{TOWN}stelling/{number}/")[1] for number in range(2, 25)]
            pages.append(voter.ask("GET", f"{TOWN}uitslag/")[1])
            assert ["bijgewerkt terwijl" in page for page in pages] == [True] + 23 * [False]
            assert f"editie {count + 1}</a>" in pages[-1]  # the one that all of them were of
            assert f"editie {count}</a>" not in pages[-1]
            assert "Nieuw." in pages[-1]
            assert "over 1 van de 24" in pages[-1]


PUBLISHER = """
import sys, django
django.setup()
from django.core.management import call_command
from parties.models import Party
for turn in range(12):
    Party.objects.filter(slug="groen-voorbeeldstad").update(name=f"{sys.argv[1]} {turn}")
    call_command(
        "publish", election="gr2022", municipality="voorbeeldstad", by=sys.argv[1], verbosity=0
    )
"""


def test_two_publishers_at_once_make_editions_that_follow_each_other(place: Place) -> None:
    before = len(documents(place, "voorbeeldstad"))
    publishers = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, name],
            cwd=settings.BASE_DIR,
            env=environment(place.url, place.home)
            | {"DJANGO_SETTINGS_MODULE": "stemhulp.settings"},
            stdout=subprocess.DEVNULL,
        )
        for name in ("Een", "Twee")
    ]
    assert [publisher.wait(120) for publisher in publishers] == [0, 0]
    published = documents(place, "voorbeeldstad")
    assert [number for number, _, _ in published] == list(range(1, len(published) + 1))
    assert len(published) - before > 12
    digests = [digest for _, digest, _ in published]
    assert all(one != other for one, other in itertools.pairwise(digests))
    assert "0 published, 1 unchanged" in publish(place)  # the last one is of the rows as they are
