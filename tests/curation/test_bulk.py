"""Inviting many people at once: what is shown before, and what is sent."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Invitation, Party, User
from parties.tasks import deliver_invitations
from tests.curation.staff import (
    BULK,
    ROOM,
    SEND,
    enter,
    enter_again,
    green,
    invited,
    member,
    national,
    regional,
)
from tests.quiz.browser import Page, text

pytestmark = pytest.mark.django_db

BO = "VB0001;Groen Voorbeeldstad;bo@example.nl;Bo Bos"
JO = "VB0001;2;jo@example.nl;Jo Jansen"


@pytest.fixture(autouse=True)
def room_for_a_country(settings: Settings) -> None:
    """What was previewed travels through the form: some 150 KB for all lists of 2022."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024


@pytest.fixture
def desk(client: Client) -> Client:
    enter(client, national())
    return client


def preview(client: Client, *lines: str, status: int = 200) -> Page:
    response = client.post(BULK, {"tabel": "\n".join(lines)})
    assert response.status_code == status, text(response)
    return response


def payload(page: Page) -> str:
    found = re.search(r'name="payload"\s+value="([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def send(client: Client, page: Page) -> str:
    return text(client.post(SEND, {"payload": payload(page)}))


def whole_country() -> bytes:
    """A row for each list of 2022 that has a name of its own; blanco lists have none."""
    rows = Party.objects.filter(contest__election__slug="gr2022").exclude(name="")
    lines = [
        f'{code};"{name}";lijst{pk}@partij.example;Persoon {pk}'
        for code, name, pk in rows.values_list("contest__municipality", "name", "pk")
    ]
    return "\n".join(["gemeentecode;lijst;e-mail;naam", *lines]).encode()


def test_nothing_is_sent_before_the_button(desk: Client) -> None:
    page = text(preview(desk, BO, JO))
    assert "Verstuur 2 uitnodigingen" in page
    assert "Samen Voorbeeldstad" in page  # the list that the number stands for
    assert not Invitation.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_button_invites_in_one_task(desk: Client) -> None:
    assert "2 uitnodigingen worden verstuurd" in send(desk, preview(desk, BO, JO))
    invitations = Invitation.objects.order_by("email")
    assert [(row.email, row.name, row.party.number) for row in invitations] == [
        ("bo@example.nl", "Bo Bos", 1),
        ("jo@example.nl", "Jo Jansen", 2),
    ]
    assert {row.invited_by.email for row in invitations} == {"nina@example.nl"}
    task = DBTaskResult.objects.get()
    assert sorted(task.args_kwargs["args"][0]) == sorted(row.pk for row in invitations)


def test_each_mail_becomes_a_task_of_its_own(desk: Client) -> None:
    send(desk, preview(desk, BO, JO))
    [ids] = DBTaskResult.objects.get().args_kwargs["args"]
    deliver_invitations.call(ids)
    one_each = DBTaskResult.objects.filter(task_path="parties.tasks.deliver_invitation")
    assert sorted(task.args_kwargs["args"][0] for task in one_each) == sorted(ids)


def test_second_click_tells_the_same_and_invites_nobody_twice(desk: Client) -> None:
    page = preview(desk, BO, JO)
    send(desk, page)
    assert "2 uitnodigingen worden verstuurd" in send(desk, page)
    assert Invitation.objects.count() == 2
    assert DBTaskResult.objects.count() == 1


def test_row_that_no_longer_fits_is_named_and_the_rest_goes(desk: Client) -> None:
    page = preview(desk, BO, JO)
    invited(green(), "bo@example.nl")
    sent = send(desk, page)
    assert "1 uitnodiging wordt verstuurd" in sent
    assert "bo@example.nl is voor deze lijst al uitgenodigd" in sent
    assert Invitation.objects.filter(email="jo@example.nl").exists()


def test_staff_who_left_the_region_in_between_sends_nothing(client: Client) -> None:
    user = enter(client, regional("VB0001", "GM0344"))
    page = preview(client, BO)
    user.regions.get().municipalities.filter(code="VB0001").update(region=None)
    sent = send(client, page)
    assert "Er is niets verstuurd" in sent
    assert "valt buiten jouw regio" in sent
    assert not Invitation.objects.exists()


def test_preview_of_long_ago_is_made_anew(desk: Client) -> None:
    page = preview(desk, BO)
    with time_machine.travel(timezone.now() + timedelta(hours=4, minutes=1), tick=False):
        enter_again(desk, User.objects.get(email="nina@example.nl"))  # half an hour ended it
        response = desk.post(SEND, {"payload": payload(page)})
        assert response.status_code == 409
        assert "Er is nog niets verstuurd" in text(response)
        assert not Invitation.objects.exists()
        assert "1 uitnodiging wordt verstuurd" in send(desk, response)


@pytest.mark.parametrize("change", [lambda text: "", lambda text: text[:-2], lambda text: "x:y:z"])
def test_forged_rows_are_refused(desk: Client, change: object) -> None:
    assert callable(change)
    response = desk.post(SEND, {"payload": change(payload(preview(desk, BO)))})
    assert response.status_code == 400
    assert "Dit is niet wat we je lieten zien" in text(response)
    assert not Invitation.objects.exists()


def test_what_one_previewed_another_cannot_send(desk: Client) -> None:
    page = preview(desk, BO)
    other = Client()
    enter(other, regional("VB0001"))
    assert other.post(SEND, {"payload": payload(page)}).status_code == 400
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("GM9999;CDA;a@example.nl", "We kennen geen gemeente met code of naam GM9999"),
        ("Nergens;CDA;a@example.nl", "We kennen geen gemeente met code of naam Nergens"),
        ("GM0439;CDA;a@example.nl", "Purmerend kiest bij deze verkiezing geen gemeenteraad"),
        ("GM0344;Partij van Niemand;a@example.nl", "geen lijst die “Partij van Niemand” heet"),
        ("GM0344;CDA;a@example.nl;www.example.nl", "Schrijf alleen een naam"),
        ("GM0344;999;a@example.nl", "In Utrecht is geen lijst 999"),
        ("GM0344;²;a@example.nl", "In Utrecht is geen lijst die"),
        ("GM0518;Blanco lijst;a@example.nl", "Een blanco lijst heeft geen naam"),
        ("VB0001;1;a@example", "Dit e-mailadres klopt niet"),
        ("VB0001;1;", "Hier ontbreekt: e-mail"),
        (f"VB0001;1;a@example.nl;{'n' * 121}", "De naam is te lang"),
        (BO, "ook al op regel 1"),
        ("vb0001;1;BO@EXAMPLE.NL", "ook al op regel 1"),
        ("VB0001;1;pia@example.nl", "pia@example.nl doet al mee voor deze lijst"),
        ("VB0001;1;ine@example.nl", "ine@example.nl is voor deze lijst al uitgenodigd"),
    ],
)
def test_row_that_cannot_go_is_named_with_its_line_and_reason(
    desk: Client, line: str, said: str
) -> None:
    member()
    invited(green(), "ine@example.nl", days_ago=20)
    page = text(preview(desk, BO, line))
    assert said in page
    assert '<th scope="row">2</th>' in page
    assert "Verstuur 1 uitnodiging<" in page
    assert line.replace('"', "&quot;") in page  # given back, to mend


def test_row_outside_the_region_is_named(client: Client) -> None:
    enter(client, regional("VB0001"))
    page = text(preview(client, BO, "GM0344;CDA;a@example.nl"))
    assert "Utrecht valt buiten jouw regio" in page
    assert "Verstuur 1 uitnodiging<" in page


def test_two_lists_of_one_name_are_told_apart_by_number(desk: Client) -> None:
    contest = green().contest
    Party.objects.create(contest=contest, slug="tweede", name="GROEN  Voorbeeld-stad", number=42)
    page = text(preview(desk, BO, "VB0001;42;bo@example.nl"))
    assert "heten 2 lijsten zo. Gebruik het lijstnummer." in page
    assert "Verstuur 1 uitnodiging<" in page


def test_blanco_list_is_invited_by_its_number(desk: Client) -> None:
    Party.objects.create(contest=green().contest, slug="blanco-43", number=43)
    assert "Verstuur 1 uitnodiging<" in text(preview(desk, "VB0001;43;bo@example.nl"))


@pytest.mark.parametrize(
    "name", ["groen voorbeeldstad", "GROEN-VOORBEELDSTAD", "Gróen Voorbeeldstad."]
)
def test_names_are_the_same_but_for_case_accents_and_punctuation(desk: Client, name: str) -> None:
    assert "Verstuur 1 uitnodiging<" in text(preview(desk, f"VB0001;{name};bo@example.nl"))


def test_one_person_may_be_invited_to_two_lists(desk: Client) -> None:
    assert "Verstuur 2 uitnodigingen" in text(preview(desk, BO, "VB0001;2;bo@example.nl"))


@pytest.mark.parametrize(
    "code", ["GM0344", "gm0344", "0344", "344", "GM344", "Utrecht", "utrecht "]
)
def test_code_may_have_lost_its_zeros_or_be_a_name(desk: Client, code: str) -> None:
    assert "Verstuur 1 uitnodiging<" in text(preview(desk, f"{code};CDA;bo@example.nl"))


def test_table_without_any_good_row_has_no_button(desk: Client) -> None:
    page = text(preview(desk, "GM9999;CDA;a@example.nl"))
    assert "Er kan geen enkele uitnodiging weg" in page
    assert "Verstuur" not in page


def test_markup_in_a_table_stays_text(desk: Client) -> None:
    page = text(preview(desk, "GM0344;<script>alert(1)</script>;a@example.nl;</textarea>"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;/textarea&gt;" in page


@pytest.mark.parametrize(
    ("table", "said"), [("", "Er staat niets in"), ("a;b\n" * 5001, "5001 regels")]
)
def test_table_that_cannot_be_read_says_why(desk: Client, table: str, said: str) -> None:
    assert said in text(preview(desk, table, status=422))


def test_file_and_table_at_once_is_a_question(desk: Client) -> None:
    file = SimpleUploadedFile("lijst.csv", BO.encode())
    response = desk.post(BULK, {"bestand": file, "tabel": JO})
    assert response.status_code == 422
    page = text(response)
    assert "niet allebei" in page
    assert JO in page


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Er staat niets in"), (b"x" * 1_000_001, "Dit is te groot"), (b"PK\x03\x04", "Excel")],
)
def test_file_that_cannot_be_read_says_why(desk: Client, content: bytes, said: str) -> None:
    response = desk.post(BULK, {"bestand": SimpleUploadedFile("lijst.csv", content)})
    assert response.status_code == 422
    assert said in text(response)


def test_election_that_does_not_exist_is_said(desk: Client) -> None:
    response = desk.post(BULK, {"tabel": BO, "verkiezing": "gr1850"})
    assert response.status_code == 422
    page = text(response)
    assert "Deze verkiezing kennen we niet" in page
    assert BO in page


def test_whole_country_is_invited_with_one_file(desk: Client) -> None:
    content = whole_country()
    file = SimpleUploadedFile("lijsten.csv", content)
    page = desk.post(BULK, {"bestand": file, "verkiezing": "gr2022"})
    rows = content.count(b"\n")
    assert f"Verstuur {rows} uitnodigingen" in text(page)
    assert len(payload(page)) < 256 * 1024
    assert f"{rows} uitnodigingen worden verstuurd" in send(desk, page)
    assert Invitation.objects.count() == rows
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 500])
def test_preview_asks_the_database_a_fixed_number_of_times(
    desk: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(ROOM)  # the process knows which editions there are
    lines = [f"VB0001;{n % 5 + 1};a{n}@example.nl" for n in range(rows)]
    # session, person, second factor, elections and which have contests, and five; and twelve to
    # count that a file was read
    with django_assert_num_queries(22):
        preview(desk, *lines)


def test_sending_asks_the_database_a_fixed_number_of_times(desk: Client) -> None:
    desk.get(ROOM)
    counts = set()
    for rows in (1, 500):
        lines = [f"VB0001;{n % 5 + 1};a{rows}.{n}@example.nl" for n in range(rows)]
        page = preview(desk, *lines)
        with CaptureQueriesContext(connection) as asked:
            send(desk, page)
        counts.add(len(asked))
    assert len(counts) == 1
