"""Publishing one contest in the browser: what was seen, by whom, and why."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from parties.models import Event, User
from statements.models import Position, Statement
from stemhulp.editions import store
from stemhulp.publication.actions import public_name
from tests.curation.staff import colleague, enter, enter_again, member, national, regional
from tests.publication.staging import (
    REASON,
    ROOM,
    TOWN,
    URK,
    contest,
    local_statement,
    press,
    proposal,
    rename,
    seen,
)
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
VOTER = "/gr2022/voorbeeldstad/"


def test_change_is_published_with_name_and_reason(client: Client) -> None:
    enter(client, national())
    rename()
    assert press(client, TOWN).status_code == 302
    page = text(client.get(f"{VOTER}editie/"))
    assert f'door Nina Landelijk. Reden: <span lang="nl">{REASON}' in page
    assert "heet nu Andere naam" in page
    event = Event.objects.get(act="edition-published")
    assert event.municipality == contest().municipality
    assert event.by is not None
    assert event.by.name == "Nina Landelijk"


def test_page_says_what_differs_from_what_voters_see(client: Client) -> None:
    enter(client, national())
    assert "Er is niets veranderd sinds editie 1" in text(client.get(TOWN))
    rename()
    page = text(client.get(TOWN))
    assert "heet nu Andere naam" in page
    assert "Publiceer editie 2" in page


def test_nothing_changed_makes_no_edition(client: Client) -> None:
    enter(client, national())
    rename()
    digest = seen(client, TOWN)
    client.post(f"{TOWN}publiceer/", {"seen": digest, "reason": REASON})
    response = client.post(f"{TOWN}publiceer/", {"seen": digest, "reason": REASON}, follow=True)
    assert "geen nieuwe gemaakt" in text(response)
    assert contest().editions.count() == 2


def test_rows_that_changed_meanwhile_are_shown_anew_and_nothing_is_published(
    client: Client,
) -> None:
    enter(client, national())
    rename()
    digest = seen(client, TOWN)
    rename(name="Nog een naam")
    response = client.post(f"{TOWN}publiceer/", {"seen": digest, "reason": REASON})
    assert response.status_code == 409
    page = text(response)
    assert "er is net iets veranderd" in page
    assert "Nog een naam" in page
    assert REASON in page
    assert contest().editions.count() == 1


@pytest.mark.parametrize("digest", ["", "x", "0" * 64, "1' OR 1=1"])
def test_what_was_never_seen_is_not_published(client: Client, digest: str) -> None:
    enter(client, national())
    rename()
    response = client.post(f"{TOWN}publiceer/", {"seen": digest, "reason": REASON})
    assert response.status_code == 409
    assert contest().editions.count() == 1


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "waarom je publiceert"), (" \n ", "waarom je publiceert"), ("x" * 301, "301 van de 300")],
)
def test_reason_is_asked_and_given_back(client: Client, reason: str, said: str) -> None:
    enter(client, national())
    rename()
    response = press(client, TOWN, reason)
    assert response.status_code == 422
    assert said in text(response)
    assert reason.strip() in text(response)
    assert contest().editions.count() == 1


@pytest.mark.parametrize("state", ["draft", "in-review"])
def test_unreviewed_local_statement_stops_publishing(client: Client, state: str) -> None:
    enter(client, national())
    rename()
    digest = seen(client, TOWN)
    waiting = local_statement(state)
    response = client.post(f"{TOWN}publiceer/", {"seen": digest, "reason": REASON})
    page = text(response)
    assert response.status_code == 409
    assert "er is eerst nog iets te doen" in page
    assert waiting.text in page
    assert "eerst doen" in page
    assert contest().editions.count() == 1
    assert "Publiceer editie" not in text(client.get(TOWN))


def test_first_publication_takes_two_people_and_names_both(client: Client) -> None:
    enter(client, national())
    press(client, URK, "Eerste keer")
    assert contest("urk").editions.count() == 0
    assert "Er wacht een voorstel" in text(client.get(URK))
    second = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(second, colleague())
    url = f"{URK}voorstel/{proposal().pk}/goedkeuren/"
    assert second.post(url, {"seen": seen(second, URK)}).status_code == 302
    edition = contest("urk").editions.get()
    assert edition.published_by == "Nina Landelijk en Carla Collega"
    assert edition.reason == "Eerste keer"
    acts = set(Event.objects.values_list("act", flat=True))
    assert acts >= {"publication-proposed", "publication-approved", "edition-published"}


def test_same_person_does_not_approve(client: Client) -> None:
    enter(client, national())
    press(client, URK)
    url = f"{URK}voorstel/{proposal().pk}/goedkeuren/"
    response = client.post(url, {"seen": proposal().digest})
    assert response.status_code == 409
    assert "jij stelde dit zelf voor" in text(response)
    assert contest("urk").editions.count() == 0


def test_database_refuses_approval_by_the_same_person(client: Client) -> None:
    user = enter(client, national())
    press(client, URK)
    row = proposal()
    row.decided_by, row.decided_at, row.is_approved = user, timezone.now(), True
    with pytest.raises(IntegrityError, match="someone_else"), transaction.atomic():
        row.save()


def test_second_person_is_told_of_a_change_and_approves_what_they_see_then(client: Client) -> None:
    enter(client, national())
    press(client, URK)
    rename("urk")
    enter(client, colleague())
    url = f"{URK}voorstel/{proposal().pk}/goedkeuren/"
    response = client.post(url, {"seen": proposal().digest})
    assert response.status_code == 409
    assert "Sinds dit voorstel is er iets veranderd" in text(response)
    assert contest("urk").editions.count() == 0
    assert client.post(url, {"seen": seen(client, URK)}).status_code == 302
    assert contest("urk").editions.count() == 1


def test_second_person_declines_and_a_new_proposal_is_possible(client: Client) -> None:
    first = enter(client, national())
    press(client, URK)
    row = proposal()
    enter(client, colleague())
    url = f"{URK}voorstel/{row.pk}/afwijzen/"
    response = client.post(url, {"reason": "Een naam klopt nog niet"}, follow=True)
    assert "Het voorstel is afgewezen" in text(response)
    event = Event.objects.get(act="publication-declined")
    assert event.details["reason"] == "Een naam klopt nog niet"
    assert event.what.endswith("te publiceren af: Een naam klopt nog niet")
    enter_again(client, first)
    page = text(client.get(URK))
    assert "Carla Collega wees het af op" in page
    assert "Reden: Een naam klopt nog niet" in page
    again = client.post(f"{URK}voorstel/{row.pk}/goedkeuren/", {"seen": row.digest})
    assert again.status_code == 409
    press(client, URK)
    assert contest("urk").proposals.waiting().count() == 1
    assert "wees het af" not in text(client.get(URK))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "waarom je het voorstel afwijst"),
        (" \n ", "waarom je het voorstel afwijst"),
        ("x" * 301, "301 van de 300"),
    ],
)
def test_declining_asks_a_reason_and_gives_it_back(client: Client, reason: str, said: str) -> None:
    enter(client, national())
    press(client, URK)
    enter(client, colleague())
    response = client.post(f"{URK}voorstel/{proposal().pk}/afwijzen/", {"reason": reason})
    assert response.status_code == 422
    assert said in text(response)
    assert reason.strip() in text(response)
    assert proposal().decided_at is None


def test_who_publishes_shows_it_at_once(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    enter(client, national())
    client.get(VOTER)  # the process knows which editions there are
    rename()
    given = {"seen": seen(client, TOWN), "reason": REASON}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{TOWN}publiceer/", given, follow=True)
    assert "Kiezers zien hem binnen enkele seconden" in text(page)
    assert "Andere naam" in text(client.get(VOTER))


def test_checklist_names_the_answers_that_wait_for_a_confirmation(client: Client) -> None:
    enter(client, national())
    statement = Statement.objects.asked_in(contest())[0]
    Position.objects.filter(statement=statement).update(meaning=F("meaning") + 1)
    count = Position.objects.filter(statement=statement, party__contest=contest()).count()
    page = text(client.get(TOWN))
    assert f"{count} antwoorden horen bij een eerdere betekenis" in page
    assert page.count(f": {statement.text}</a>") == 3
    party = contest().parties.order_by("number")[0]
    assert f'href="/redactie/lijsten/gr2022/voorbeeldstad/{party.slug}/"' in page
    assert f"En nog {count - 3}." in page


def test_checklist_tells_translations_once_and_last_of_what_wants_a_look(client: Client) -> None:
    enter(client, national())
    page = text(client.get(TOWN)).partition('id="checklist"')[2].partition("</section>")[0]
    assert page.count(">Vertalingen</a>") == 1
    assert re.search(r"Engels: [1-9]\d* van ", page)  # what was loaded from files
    assert "Arabisch: 0 van " in page
    last = page[page.rindex("let op") :]
    assert ">Vertalingen</a>" in last
    assert ">in orde<" in last
    assert page.count('class="warns"') == page.count(">let op<")


def test_maker_takes_a_proposal_back(client: Client) -> None:
    enter(client, national())
    press(client, URK)
    page = client.post(f"{URK}voorstel/{proposal().pk}/afwijzen/", follow=True)
    assert "Het voorstel is ingetrokken" in text(page)
    assert Event.objects.filter(act="publication-withdrawn").count() == 1


def test_second_proposal_for_the_same_contest_is_refused(client: Client) -> None:
    enter(client, national())
    digest = seen(client, URK)
    given = {"seen": digest, "reason": REASON}
    client.post(f"{URK}publiceer/", given)
    response = client.post(f"{URK}publiceer/", given)
    assert response.status_code == 409
    assert "er wacht al een voorstel" in text(response)


@pytest.mark.parametrize("path", ["", "proef/", "terug/1/"])
def test_staff_of_another_region_stays_out(client: Client, path: str) -> None:
    enter(client, regional("GM0344"))
    assert client.get(f"{TOWN}{path}").status_code == 403


@pytest.mark.parametrize("path", ["publiceer/", "voorstel/1/goedkeuren/", "voorstel/1/afwijzen/"])
def test_party_and_other_region_publish_nothing(client: Client, path: str) -> None:
    enter(client, member())
    assert client.post(f"{TOWN}{path}").status_code == 403
    enter(client, regional("GM0344"))
    assert client.post(f"{TOWN}{path}").status_code == 403


def test_proposal_of_another_contest_is_not_found(client: Client) -> None:
    enter(client, national())
    press(client, URK)
    url = f"{ROOM}utrecht/voorstel/{proposal().pk}/afwijzen/"
    assert client.post(url).status_code == 404


def test_public_name_is_never_an_address() -> None:
    assert public_name(User(email="a@example.nl")) == "VluchtelingenWerk"
    assert public_name(User(name="a@example.nl")) == "VluchtelingenWerk"
    assert public_name(User(name="Ans"), User(name="")) == "Ans en VluchtelingenWerk"
    assert len(public_name(User(name="a" * 120), User(name="b" * 120))) == 120


def test_roll_back_brings_the_same_bytes_under_a_new_number(client: Client) -> None:
    enter(client, national())
    rename()
    press(client, TOWN)
    assert "Andere naam" in text(client.get(VOTER))
    assert "Andere naam heet nu" in text(client.get(f"{TOWN}terug/1/"))
    response = client.post(f"{TOWN}terug/1/", {"reason": "Toch niet"})
    assert response.status_code == 302
    first, _, third = contest().editions.order_by("number")
    assert bytes(third.document) == bytes(first.document)
    assert (third.number, third.repeats, third.digest) == (3, 1, first.digest)
    assert Event.objects.filter(act="edition-repeated").count() == 1


def test_voters_see_the_edition_that_was_brought_back_by_its_new_number(client: Client) -> None:
    enter(client, national())
    before = text(client.get(VOTER))
    rename()
    press(client, TOWN)
    client.post(f"{TOWN}terug/1/", {"reason": "Toch niet"})
    store.clear()
    client.get(VOTER)
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    assert edition.imprint is not None
    assert edition.imprint.number == 3
    assert "Andere naam" not in text(client.get(VOTER))
    assert text(client.get(VOTER)) == before
    assert "Editie 3: editie 1 opnieuw" in text(client.get(f"{VOTER}editie/"))


def test_publishing_after_a_roll_back_works_as_ever(client: Client) -> None:
    enter(client, national())
    rename()
    press(client, TOWN)
    client.post(f"{TOWN}terug/1/", {"reason": "Toch niet"})
    assert press(client, TOWN, "Nu wel").status_code == 302
    assert [each.repeats for each in contest().editions.order_by("number")] == [None, None, 1, None]


@pytest.mark.parametrize("number", [1, 3])
def test_what_voters_see_already_is_not_brought_back(client: Client, number: int) -> None:
    enter(client, national())
    rename()
    press(client, TOWN)
    client.post(f"{TOWN}terug/1/", {"reason": "Toch niet"})
    response = client.post(f"{TOWN}terug/{number}/", {"reason": "Nog eens"})
    assert response.status_code == 409
    assert "al precies deze editie" in text(response)
    assert contest().editions.count() == 3


def test_roll_back_asks_a_reason_and_an_edition_that_exists(client: Client) -> None:
    enter(client, national())
    rename()
    press(client, TOWN)
    assert client.post(f"{TOWN}terug/1/", {"reason": " "}).status_code == 422
    assert client.get(f"{TOWN}terug/9/").status_code == 404
    assert contest().editions.count() == 2


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(ROOM)  # the process knows which editions there are
    rename()
    with django_assert_max_num_queries(19):
        assert "heet nu" in text(client.get(TOWN))
    press(client, URK)
    rename("urk")
    enter(client, colleague())
    client.get(ROOM)
    with django_assert_max_num_queries(19):
        assert "Sinds dit voorstel" in text(client.get(URK))
