"""What helps who writes and reads: what a mend keeps, where to go first, what a draft needs."""

import pytest
from django.test import Client
from django.utils import timezone

from parties.models import Event, User
from statements.curation.writing import actions
from statements.curation.writing.content import Draft
from statements.models import Statement, Version
from tests.curation.staff import colleague, enter, enter_again, national, regional
from tests.curation.writing import APPROVED, FORM, NEW, ROOM, WORDS, approved, begun, saved
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
REVIEW = f"{APPROVED}beoordeel/"
WITHDRAW = f"{ROOM}concepten-intrekken/"
DOUBT = "is dit nog dezelfde stelling?"


def mended(by: User, **changes: object) -> Statement:
    """The approved statement with a next version, handed in, of which the meaning stays."""
    now = approved()
    content = {**now.versions.get(number=now.latest).content, **changes}
    mend, at = Version.Nature.MEND, timezone.now()
    actions.save(now, Draft(content), seen=1, nature=mend, note="Zo.", by=by, at=at)
    actions.submit(now, seen=2, by=by, at=at)
    return approved()


def test_reader_of_a_mend_sees_what_it_keeps(client: Client) -> None:
    mended(national(), explanation="Korter.")
    enter(client, colleague())
    page = text(client.get(REVIEW))
    count = approved().positions.filter(party__withdrawn_at=None).count()
    assert count > 1
    assert "De schrijver zegt: de betekenis blijft hetzelfde." in page
    assert f"De antwoorden van {count} lijsten blijven erbij staan." in page
    assert "Klopt dat niet? Geef de stelling terug." in page
    assert DOUBT not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"recommendation": -1}, "gaat naar een andere kant"),
        ({"text": "Heel iets anders dan eerst."}, "Minder dan de helft van de woorden"),
    ],
)
def test_mend_that_looks_like_a_change_is_doubted(
    client: Client, changes: dict[str, object], said: str
) -> None:
    assert approved().recommendation > 0
    author = enter(client, national())
    mended(author, **changes)
    for reader, page in ((author, APPROVED), (enter(Client(), colleague()), REVIEW)):
        enter_again(client, reader)
        shown = text(client.get(page))
        assert DOUBT in shown
        assert said in shown


def test_writer_is_warned_right_after_saving(client: Client) -> None:
    enter(client, national())
    form = saved(approved(), text="Heel iets anders dan eerst.") | {"nature": "mend", "note": "Zo."}
    assert DOUBT in text(client.post(f"{APPROVED}schrijf/", form, follow=True))


def test_change_of_meaning_is_not_called_a_mend(client: Client) -> None:
    enter(client, national())
    form = saved(approved(), text="Heel iets anders dan eerst.") | {"note": "Zo."}
    page = text(client.post(f"{APPROVED}schrijf/", form | {"nature": "change"}, follow=True))
    assert DOUBT not in page
    assert "de betekenis blijft hetzelfde" not in page


def test_reading_comes_first_for_who_wrote_nothing_of_it(client: Client) -> None:
    author = enter(client, national())
    mended(author, explanation="Korter.")
    page = text(client.get(APPROVED))
    assert "Lees na" not in page
    assert "Schrijf zelf verder" not in page
    enter(client, colleague())
    page = text(client.get(APPROVED))
    assert page.index("Lees na") < page.index("Schrijf zelf verder (dan leest een ander na)")
    assert '<a class="primary" href="' + REVIEW in " ".join(page.split())


def test_our_own_messages_stand_beside_the_fields(client: Client) -> None:
    enter(client, national())
    page = " ".join(text(client.get(NEW)).split())
    assert 'class="writing" novalidate' in page
    assert "Ze zijn pas nodig als je de stelling inlevert." in page
    assert "<details open> <summary>Een nieuwe bron" in page
    known = " ".join(text(client.get(f"{APPROVED}schrijf/")).split())
    assert "<details > <summary>Een nieuwe bron" in known
    response = client.post(NEW, FORM | {"source": "", "text": ""})
    assert response.status_code == 422
    page = " ".join(text(response).split())
    assert "Schrijf de stelling op." in page
    assert "Kies een bron, of schrijf hieronder een nieuwe op." in page
    assert "<details open> <summary>Een nieuwe bron" in page


def test_unequal_arguments_are_said_at_the_shorter(client: Client) -> None:
    enter(client, national())
    long = "Met een fiets kun je naar school en naar je werk in de stad."
    form = FORM | {"doe": "advies", "argument_for": long, "argument_against": "Het kost geld."}
    assert "Dit argument heeft 3 woorden, het andere argument 14." in text(client.post(NEW, form))


def test_staff_without_a_municipality_in_it_are_told_why_they_cannot_write(client: Client) -> None:
    enter(client, regional())
    page = text(client.get(ROOM))
    assert NEW not in page
    assert "geen gemeente van jouw regio doet mee aan deze verkiezing" in page


def test_staff_with_a_municipality_in_it_may_write(client: Client) -> None:
    enter(client, regional("VB0001"))
    page = text(client.get(ROOM))
    assert NEW in page
    assert "Je kunt hier geen nieuwe stelling schrijven" not in page


def seen(*rows: Statement) -> str:
    return " ".join(f"{row.pk}.{row.latest}" for row in rows)


def test_drafts_that_nobody_wants_are_withdrawn_at_once(client: Client) -> None:
    user = enter(client, national())
    first = begun(client)
    second = begun(client, text=f"{WORDS} Ook hier.", place="voorbeeldstad")
    mended(user, explanation="Korter.")  # approved before: it stays
    page = text(client.get(ROOM))
    assert "Trek alle concepten in die nooit zijn goedgekeurd (2)" in page
    assert seen(first, second) in page or seen(second, first) in page
    form = {"reason": "Overgenomen.", "sure": "on", "seen": seen(first, second)}
    page = text(client.post(WITHDRAW, form, follow=True))
    assert "2 concepten ingetrokken." in page
    for row in (first, second):
        row.refresh_from_db()
        assert (row.state, row.withdrawal, row.withdrawn_by) == ("withdrawn", "Overgenomen.", user)
    assert approved().state == "in-review"
    assert Event.objects.filter(act="statement-withdrawn").count() == 2
    assert "Trek alle concepten" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "Schrijf op waarom je deze concepten intrekt."),
        ({"reason": "x" * 301}, "Dit is te lang: 301 van de 300 tekens."),
        ({"sure": ""}, "Zet een vinkje als je het zeker weet."),
    ],
)
def test_nothing_is_withdrawn_without_a_reason_and_a_tick(
    client: Client, wrong: dict[str, str], said: str
) -> None:
    enter(client, national())
    row, unseen = begun(client), begun(client, text=f"{WORDS} Ook hier.")
    form = {"reason": "Niet nodig.", "sure": "on", "seen": seen(row)} | wrong
    response = client.post(WITHDRAW, form)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert f'value="{seen(row)}"' in page
    assert form["reason"].strip() in page
    unseen.refresh_from_db()
    assert Statement.objects.filter(state="withdrawn").count() == 0


def test_draft_that_changed_or_came_meanwhile_stays(client: Client) -> None:
    user = enter(client, national())
    row, later = begun(client), begun(client, text=f"{WORDS} Ook hier.")
    before = seen(row)
    content = {**row.versions.get().content, "explanation": "Nieuw."}
    kind, at = Version.Nature.NEW, timezone.now()
    actions.save(row, Draft(content), seen=1, nature=kind, note="", by=user, at=at)
    form = {"reason": "Niet nodig.", "sure": "on", "seen": before}
    page = text(client.post(WITHDRAW, form, follow=True))
    assert "0 concepten ingetrokken. 1 is intussen veranderd en niet ingetrokken." in page
    assert set(Statement.objects.filter(pk__in=[row.pk, later.pk]).values_list("state")) == {
        ("draft",)
    }


def test_what_was_handed_in_while_it_was_withdrawn_stays(client: Client) -> None:
    user = enter(client, national())
    row = begun(client)
    actions.submit(row, seen=1, by=user, at=timezone.now())
    assert actions.withdraw_all([row], "Niet nodig.", by=user, at=timezone.now()) == 0
    row.refresh_from_db()
    assert row.state == "in-review"


def test_regional_staff_withdraw_no_national_draft(client: Client) -> None:
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, national())
    country, here = begun(other), begun(other, text=f"{WORDS} Hier.", place="voorbeeldstad")
    enter(client, regional("VB0001"))
    assert "nooit zijn goedgekeurd (1)" in text(client.get(ROOM))
    form = {"reason": "Niet nodig.", "sure": "on", "seen": seen(country, here)}
    client.post(WITHDRAW, form)
    states = Statement.objects.filter(pk__in=[country.pk, here.pk]).values_list("pk", "state")
    assert dict(states) == {country.pk: "draft", here.pk: "withdrawn"}
