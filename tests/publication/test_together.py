"""Publishing many contests at once."""

from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Contest, Election, Event, User
from stemhulp.opendata.tasks import keep_up
from stemhulp.publication import queries, tasks, together
from stemhulp.publication.together import AT_ONCE
from tests.curation.staff import colleague, enter, member, national, region, regional
from tests.publication.staging import (
    REASON,
    ROOM,
    contest,
    local_statement,
    press,
    proposal,
    rename,
)
from tests.quiz.browser import HTMX, text

pytestmark = pytest.mark.django_db
TOGETHER = f"{ROOM}samen/"
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def no_worker(settings: Settings) -> None:
    settings.TASKS = IMMEDIATE


def start(client: Client, part: str = "midden") -> str:
    """Begin, and the address of the page that says how far it is."""
    response: Any = client.post(TOGETHER, {"part": part, "reason": REASON})
    assert response.status_code == 302, text(response)
    return str(response["Location"])


def finish(client: Client, page: str) -> str:
    while "Ga verder" in text(client.get(page)):
        client.post(f"{page}verder/")
    return text(client.get(page))


def test_region_publishes_what_changed_and_proposes_what_never_was(client: Client) -> None:
    enter(client, regional("VB0001", "GM0344", "GM0184"))
    rename()
    page = finish(client, start(client))
    assert "3 van 3 gemeenten nagelopen" in page
    assert "1 gepubliceerd" in page
    assert "1 niet veranderd" in page
    assert "1 voorgesteld" in page
    assert contest().editions.order_by("-number")[0].reason == REASON
    assert proposal("urk").reason == REASON
    assert contest("amsterdam").editions.count() == 1


def test_what_stops_is_left_out_with_the_reason(client: Client) -> None:
    enter(client, regional("VB0001", "GM0344"))
    rename()
    waiting = local_statement()
    page = finish(client, start(client))
    assert "1 overgeslagen" in page
    assert waiting.text in page
    assert contest().editions.count() == 1


def test_second_person_approves_all_that_did_not_change(client: Client) -> None:
    region("midden", "GM0184", "GM0050")  # Urk and Zeewolde
    enter(client, national())
    finish(client, start(client))
    rename("zeewolde")
    enter(client, colleague())
    response: Any = client.post(f"{TOGETHER}goedkeuren/")
    page = finish(client, response["Location"])
    assert "1 gepubliceerd" in page
    assert "iets veranderd sinds het voorstel" in page
    assert contest("urk").editions.get().published_by == "Nina Landelijk en Carla Collega"
    assert contest("zeewolde").editions.count() == 0


def test_own_proposals_are_not_approved_together(client: Client) -> None:
    enter(client, regional("GM0184"))
    finish(client, start(client))
    page = client.post(f"{TOGETHER}goedkeuren/", follow=True)
    assert "Er wacht geen voorstel van iemand anders" in text(page)
    assert contest("urk").editions.count() == 0


def test_whole_country_is_for_the_national_office(client: Client) -> None:
    enter(client, regional("VB0001"))
    response = client.post(TOGETHER, {"part": "alles", "reason": REASON})
    assert response.status_code == 422
    assert "niet van jou" in text(response)


def test_whole_country_goes_part_by_part(client: Client) -> None:
    enter(client, national())
    page = start(client, "alles")
    total = Contest.objects.filter(election__slug="gr2022").count()
    assert f"0 van {total} gemeenten" in text(client.get(page))
    fragment = text(client.post(f"{page}verder/", headers=HTMX, follow=True))
    assert f"{AT_ONCE} van {total} gemeenten" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"part": "midden"}, "waarom je publiceert"),
        ({"reason": REASON}, "Kies welke gemeenten"),
        ({"part": "noord", "reason": REASON}, "bestaat niet"),
        ({"part": "leeg", "reason": REASON}, "geen gemeente met een verkiezing"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_given_back(
    client: Client, given: dict[str, str], said: str
) -> None:
    region("midden", "VB0001")
    region("leeg")
    enter(client, national())
    response = client.post(TOGETHER, given)
    assert response.status_code == 422
    assert said in text(response)
    assert given.get("reason", "") in text(response)
    assert not Event.objects.filter(act=queries.STARTED).exists()


def test_progress_is_for_who_started_it_and_the_national_office(client: Client) -> None:
    enter(client, regional("GM0184"))
    page = start(client)
    other = User.objects.create_user("roos@example.nl", "Roos")
    other.regions.add(region("noord", "GM0014"))
    enter(client, other)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}verder/").status_code == 404
    enter(client, member())
    assert client.get(page).status_code == 403
    enter(client, colleague())
    assert client.get(page).status_code == 200


def test_what_was_left_halfway_is_offered_to_a_national_colleague(client: Client) -> None:
    """Who began it may have closed the page, where nothing works beside the requests."""
    enter(client, regional("VB0001"))
    page = start(client)
    enter(client, colleague())
    assert page in client.get(TOGETHER).content.decode()
    client.post(f"{page}verder/")
    assert page not in client.get(TOGETHER).content.decode()


def test_what_left_the_region_meanwhile_is_not_published(client: Client) -> None:
    enter(client, regional("VB0001"))
    rename()
    page = start(client)
    region("oost", "VB0001")
    assert "valt niet meer onder jouw regio" in finish(client, page)
    assert contest().editions.count() == 1


def test_with_a_worker_it_goes_on_beside_the_requests(client: Client, settings: Settings) -> None:
    settings.TASKS = DATABASE
    enter(client, regional("VB0001"))
    rename()
    page = start(client)
    assert DBTaskResult.objects.count() == 1
    assert "Je kunt weggaan" in text(client.get(page))
    assert 'hx-get="' in text(client.get(page))
    client.post(f"{page}verder/")  # the worker does it, not the page
    assert contest().editions.count() == 1


def test_each_task_does_a_part_and_leaves_the_rest_to_the_next(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = DATABASE
    monkeypatch.setattr(together, "AT_ONCE", 1)
    enter(client, regional("VB0001", "GM0344"))
    rename()
    page = start(client)
    [started] = Event.objects.filter(act=queries.STARTED)
    tasks.go_on.func(started.pk)
    assert "1 van 2 gemeenten" in text(client.get(page))
    assert DBTaskResult.objects.count() == 2
    tasks.go_on.func(started.pk)
    assert "Klaar" in text(client.get(page))
    following = DBTaskResult.objects.exclude(task_path=tasks.go_on.module_path)
    assert [each.task_path for each in following] == [keep_up.module_path]
    assert DBTaskResult.objects.count() == 3


def test_same_part_is_not_done_twice() -> None:
    user = national()
    election = Election.objects.get(slug="gr2022")
    at = contest().editions.get().published_at
    started = together.start(
        election, [contest().pk], kind=together.PUBLISH, by=user, at=at, reason=REASON
    )
    rename()
    assert together.work_on(started, at=at) is False
    rename(name="Nog anders")
    assert together.work_on(started, at=at) is False
    assert contest().editions.count() == 2


def test_suspended_account_publishes_nothing_more(client: Client) -> None:
    user = enter(client, regional("VB0001"))
    rename()
    started = together.start(
        contest().election,
        [contest().pk],
        kind=together.PUBLISH,
        by=user,
        at=contest().editions.get().published_at,
        reason=REASON,
    )
    User.objects.update(is_active=False)
    together.work_on(started, at=started.at)
    assert contest().editions.count() == 1


def test_overview_tells_the_state_of_each_contest(client: Client) -> None:
    enter(client, national())
    press(client, f"{ROOM}urk/")
    page = text(client.get(ROOM))
    assert "wacht op een tweede persoon (1)" in page
    assert "gepubliceerd (4)" in page
    page = text(client.get(f"{ROOM}?stand=wacht"))
    assert "Urk" in page
    assert "Utrecht" not in page
    assert "Utrecht" in text(client.get(f"{ROOM}?gemeente=utr"))
    assert client.get(f"{ROOM}?stand=klaar").status_code == 400
    assert client.get("/redactie/publiceren/gr1850/").status_code == 404


def test_overview_is_of_ones_own_region(client: Client) -> None:
    enter(client, regional("GM0344"))
    page = text(client.get(ROOM))
    assert "Utrecht" in page
    assert "Amsterdam" not in page


@pytest.mark.parametrize("path", ["", "samen/"])
def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, regional("VB0001", "GM0344"))
    client.get(ROOM)
    with django_assert_max_num_queries(16):
        client.get(f"{ROOM}{path}")
