"""How far each council is, and reminding those that are not."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Contest, Election, Event, Membership, Municipality, Party
from statements.curation.progress.queries import Row, progress
from statements.curation.progress.table import as_file
from statements.models import Notice, Submission
from statements.portal.reminders import send_due
from tests.curation.staff import (
    close,
    colleague,
    enter,
    green,
    invited,
    member,
    move_deadline,
    national,
    region,
    regional,
)
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
ROOM = "/redactie/voortgang/"
PAGE = f"{ROOM}gr2022/"
REMIND = f"{PAGE}herinneren/"
SEND = f"{REMIND}versturen/"
TOWN = {"gemeente": "voorbeeldstad"}


@pytest.fixture(autouse=True)
def mails_at_once(settings: Settings) -> None:
    """What waits beside the requests is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def row_of(slug: str = "voorbeeldstad") -> Row:
    user = colleague("Rosa Rij")
    try:
        found = progress(user, Election.objects.get(slug="gr2022"), at=timezone.now())
        return next(row for row in found.rows if row.slug == slug)
    finally:
        user.delete()


def with_member(days: int = 10) -> None:
    """Pia works for a list that opened its answers again; the deadline lies ahead."""
    pia = member()
    Submission.objects.filter(party=green()).update(reopened_at=timezone.now(), reopened_by=pia)
    Membership.objects.update(since=timezone.now() - timedelta(days=60))
    move_deadline(green(), days)


def test_front_leads_to_the_first_election(client: Client) -> None:
    enter(client, national())
    assert client.get(ROOM)["Location"] == PAGE


def test_every_council_stands_on_one_page(client: Client) -> None:
    enter(client, national())
    page = text(client.get(PAGE))
    count = Contest.objects.filter(election__slug="gr2022").count()
    assert count == 334
    assert f"{count} van {count} gemeenten" in page
    assert page.count('name="gemeente"') == count
    assert 'href="/redactie/gemeenten/gr2022/voorbeeldstad/"' in page


def test_row_counts_lists_by_how_far_they_are() -> None:
    row = row_of("utrecht")
    assert (row.lists, row.invited, row.begun, row.submitted, row.answers) == (20, 0, 0, 0, 0)
    assert row.asked == 20 * 24
    first, second, third, fourth = Party.objects.filter(contest__municipality__slug="utrecht")[:4]
    invited(first)
    Membership.objects.create(party=second, user=member(), since=timezone.now())
    third.positions.create(statement=green().positions.all()[0].statement, stance=1)
    Submission.objects.create(party=fourth, name="Pia", at=timezone.now(), answers={})
    row = row_of("utrecht")
    assert (row.lists, row.invited, row.begun, row.submitted, row.answers) == (20, 4, 2, 1, 1)


def test_withdrawn_list_counts_for_nothing() -> None:
    before = row_of()
    nina = national()
    Party.objects.filter(pk=green().pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=nina, withdrawal="Doet niet mee", number=None
    )
    after = row_of()
    assert (after.lists, after.answers) == (before.lists - 1, before.answers - 24)


def test_days_left_follow_the_deadline_of_the_council() -> None:
    assert row_of().left == "nog niet bekend"
    move_deadline(green(), days=5)
    assert (row_of().left, row_of().days) == ("nog 5 dagen", 5)
    move_deadline(green(), days=-1)
    assert row_of().left == "gesloten"


def test_staff_of_a_region_sees_its_own_councils_only(client: Client) -> None:
    region("noord", "GM0363")
    enter(client, regional("VB0001", "GM0344"))
    page = text(client.get(PAGE))
    assert "2 van 2 gemeenten" in page
    assert "Amsterdam" not in page
    assert "Noord" not in page


def test_totals_stand_per_region_and_in_all(client: Client) -> None:
    region("midden", "GM0344", "VB0001")
    enter(client, national())
    page = text(client.get(PAGE))
    assert '<th scope="row">Midden</th> <td>0 van 2</td> <td>30</td>' in page
    assert '<th scope="row">zonder regio</th> <td>0 van 332</td>' in page
    lists = Party.objects.filter(contest__election__slug="gr2022").count()
    assert f'<th scope="row">Samen</th> <td>0 van 334</td> <td>{lists}</td>' in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("stand=niemand-uitgenodigd", 333),
        ("stand=niet-alles-ingediend", 333),
        ("stand=klaar", 1),
        ("regio=midden", 2),
        ("regio=geen", 332),
        ("regio=midden&stand=klaar", 1),
    ],
)
def test_table_is_filtered(client: Client, query: str, count: int) -> None:
    region("midden", "GM0344", "VB0001")
    for party in Party.objects.filter(contest__municipality__slug="voorbeeldstad"):
        if not party.submissions.exists():
            Submission.objects.create(party=party, name="Wij", at=timezone.now(), answers={})
    enter(client, national())
    assert f"{count} van 334 gemeenten" in text(client.get(f"{PAGE}?{query}"))


def test_filter_with_nothing_in_it_says_so(client: Client) -> None:
    region("midden")
    enter(client, national())
    assert "Hier zijn geen gemeenten bij" in text(client.get(f"{PAGE}?regio=midden"))


@pytest.mark.parametrize("query", ["regio=atlantis", "stand=bijna", "sorteer=kleur"])
def test_question_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    for path in (PAGE, f"{PAGE}voortgang.csv"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        assert 'class="error"' in text(response)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("gemeente", "s-gravenhage"),
        ("-gemeente", "zwolle"),
        ("-uitgenodigd", "voorbeeldstad"),
        ("-antwoorden", "voorbeeldstad"),
        ("regio", "utrecht"),
        ("dagen", "voorbeeldstad"),
        ("-lijsten", "amsterdam"),
    ],
)
def test_table_is_sorted_by_any_column(client: Client, order: str, first: str) -> None:
    region("midden", "GM0344")
    move_deadline(green(), days=3)
    enter(client, national())
    page = text(client.get(f"{PAGE}?sorteer={order}"))
    slugs = [part.split('"')[0] for part in page.split('name="gemeente" value="')[1:]]
    expected = "aa-en-hunze" if order == "gemeente" else first
    assert slugs[0] == expected
    sort = "descending" if order.startswith("-") else "ascending"
    assert page.count("aria-sort") == page.count(f'aria-sort="{sort}"') == 1


def test_heading_turns_the_order_round_and_keeps_the_filter(client: Client) -> None:
    enter(client, national())
    page = text(client.get(f"{PAGE}?stand=niet-alles-ingediend&sorteer=lijsten"))
    assert "?stand=niet-alles-ingediend&amp;sorteer=-lijsten" in page
    assert "?stand=niet-alles-ingediend&amp;sorteer=begonnen" in page


def test_file_holds_what_the_page_shows(client: Client) -> None:
    region("midden", "GM0344")
    enter(client, national())
    response = client.get(f"{PAGE}voortgang.csv?regio=midden")
    assert "attachment" in response["Content-Disposition"]
    assert response.content.decode() == (
        "\ufeffgemeente;regio;lijsten;uitgenodigd;begonnen;ingediend;antwoorden;gevraagd;sluit\r\n"
        "Utrecht;Midden;20;0;0;0;0;480;nog niet bekend\r\n"
    )


@pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@som", "\tx"])
def test_no_cell_of_the_file_is_a_formula(name: str) -> None:
    row = Row("x", name, name, "x", 1, 0, 0, 0, 0, 24, 3, "nog 3 dagen")
    assert f"'{name};'{name};" in as_file([row]).replace('"', "")


def test_reminder_says_first_who_gets_it(client: Client) -> None:
    with_member()
    enter(client, national())
    page = text(client.post(REMIND, TOWN))
    assert "<strong>1 persoon</strong> van 1 lijst krijgt een mail" in page
    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_reminder_is_mailed_and_logged(client: Client) -> None:
    with_member()
    enter(client, nina := national())
    page = text(client.post(SEND, TOWN, follow=True))
    assert "De herinnering gaat naar 1 persoon van 1 lijst." in page
    assert [each.to for each in mail.outbox] == [["pia@example.nl"]]
    assert "Nog 10 dagen" in mail.outbox[0].subject
    assert Notice.objects.get().kind == Notice.Kind.BY_STAFF
    event = Event.objects.get(act="lists-reminded")
    assert (event.by, event.what) == (nina, "Herinnerd: 1 persoon in Voorbeeldstad")


def test_nobody_is_reminded_twice_within_a_day(client: Client) -> None:
    with_member()
    enter(client, national())
    client.post(SEND, TOWN)
    page = text(client.post(REMIND, TOWN))
    assert "Er is hier niemand om nu te herinneren" in page
    assert "1 persoon kreeg in de afgelopen 24 uur al een herinnering" in page
    assert "Er is niets verstuurd" in text(client.post(SEND, TOWN, follow=True))
    assert len(mail.outbox) == 1


def test_a_day_later_staff_may_remind_again(client: Client) -> None:
    with_member()
    enter(client, national())
    client.post(SEND, TOWN)
    Notice.objects.update(at=timezone.now() - timedelta(hours=24, minutes=1))
    client.post(SEND, TOWN)
    assert len(mail.outbox) == 2


def test_automatic_reminder_and_that_of_staff_keep_a_day_apart(client: Client) -> None:
    with_member(days=7)
    enter(client, national())
    client.post(SEND, TOWN)
    now = timezone.now()
    assert send_due(now) == 0
    with time_machine.travel(now + timedelta(hours=24, minutes=1), tick=False):
        assert send_due(timezone.now()) == 1
    assert Notice.objects.filter(kind=Notice.Kind.ONE_WEEK).exists()
    with time_machine.travel(now + timedelta(hours=30), tick=False):
        client.post(SEND, TOWN)
    assert len(mail.outbox) == 2


def test_who_handed_in_or_is_too_late_or_left_is_not_reminded(client: Client) -> None:
    with_member()
    enter(client, nina := national())
    Membership.objects.update(removed_at=timezone.now(), removed_by=nina)
    client.post(SEND, TOWN)
    Membership.objects.update(removed_at=None, removed_by=None)
    close(green(), submitted=False)
    client.post(SEND, TOWN)
    move_deadline(green(), days=5)
    Submission.objects.create(party=green(), name="Pia", at=timezone.now(), answers={})
    client.post(SEND, TOWN)
    assert mail.outbox == []


def test_all_of_the_table_can_be_reminded_at_once(client: Client) -> None:
    with_member()
    region("midden", "GM0344", "VB0001")
    enter(client, national())
    page = text(client.post(REMIND, {"alle": "ja", "regio": "midden"}))
    assert '<span class="muted">2 gemeenten</span>' in page
    assert "<strong>1 persoon</strong>" in page
    page = text(client.post(REMIND, {"alle": "ja", "stand": "klaar"}))
    assert "Hier zijn geen gemeenten bij" in page


def test_reminding_nobody_is_said_and_keeps_the_filter(client: Client) -> None:
    region("midden", "GM0344")
    enter(client, national())
    response = client.post(REMIND, {"regio": "midden"})
    assert response.status_code == 422
    page = text(response)
    assert "Kruis eerst een gemeente aan" in page
    assert "1 van 334 gemeenten" in page


def test_filter_that_makes_no_sense_reminds_nobody(client: Client) -> None:
    with_member()
    enter(client, national())
    response = client.post(REMIND, {"alle": "ja", "regio": "atlantis", **TOWN})
    assert response.status_code == 422
    page = text(response)
    assert "Deze regio kennen we niet" in page
    assert 'value="voorbeeldstad" checked' in page  # what was ticked stays so


@pytest.mark.parametrize("path", [REMIND, SEND])
@pytest.mark.parametrize(("slug", "status"), [("amsterdam", 403), ("atlantis", 404), ("\0", 404)])
def test_council_of_another_region_or_of_none_is_refused(
    client: Client, path: str, slug: str, status: int
) -> None:
    with_member()
    enter(client, regional("VB0001"))
    response = client.post(path, {"gemeente": ["voorbeeldstad", slug]})
    assert response.status_code == status
    assert mail.outbox == []


def test_region_without_councils_says_so(client: Client) -> None:
    enter(client, regional())
    assert "geen gemeenten in jouw regio" in text(client.get(PAGE))


@pytest.mark.parametrize("path", [ROOM, PAGE, f"{PAGE}voortgang.csv"])
def test_party_staff_and_strangers_stay_out(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    enter(client, member())
    assert client.get(path).status_code == 403


def test_page_leads_to_the_other_elections(client: Client) -> None:
    today = timezone.localdate()
    Election.objects.create(
        slug="gr2030", name="Raad van later", date=today, municipality_year=today.year
    )
    enter(client, national())
    assert 'href="/redactie/voortgang/gr2030/">Raad van later</a>' in text(client.get(PAGE))
    page = text(client.get(f"{ROOM}gr2030/"))
    assert "Voor deze verkiezing zijn er geen gemeenten." in page


def test_election_that_is_not_there_is_not_found(client: Client) -> None:
    enter(client, national())
    assert client.get(f"{ROOM}gr1850/").status_code == 404


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with_member()
    Municipality.objects.filter(code="GM0344").update(region=region("midden"))
    enter(client, national())
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.post(REMIND, {"alle": "ja"})


def test_lead_counts_in_good_dutch_and_other_elections_stand_there_once(client: Client) -> None:
    enter(client, national())
    day = timezone.localdate()
    Election.objects.create(slug="hi2030", name="Leeg", date=day, municipality_year=2022)
    others = Submission.objects.exclude(party=green())
    others.update(reopened_at=timezone.now(), reopened_by=member())
    page = text(client.get(PAGE))
    assert page.count("/redactie/voortgang/hi2030/") == 1
    assert re.search(r" 1 van de \d+ lijsten heeft antwoorden ingediend", page)
