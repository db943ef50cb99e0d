"""The Kiesraad's file, by upload: what is shown before, what is changed, and what is refused."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.importers.eml import Reason
from parties.models import Contest, Event, Party
from statements.curation.ballot.words import REASONS
from statements.models import Position
from tests.curation.staff import enter, national, regional
from tests.parties.ballot_files import CODE, council, numbers, xml
from tests.parties.mistakes import contents
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

ELECTION = "/redactie/gemeenten/gr2022/"
PROEFDAM = f"{ELECTION}proefdam/"
ANY = f"{ELECTION}kandidatenlijst/"
READ = f"{PROEFDAM}kandidatenlijst/lezen/"
APPLY = f"{PROEFDAM}kandidatenlijst/toepassen/"
BOMB = '<!DOCTYPE EML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE EML [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.fixture
def contest() -> Contest:
    return council((3, "dorpsbelang"), (None, "Jong Proefdammers"), (9, "Oud en Wijs"))


@pytest.fixture
def desk(client: Client, contest: Contest) -> Client:
    enter(client, regional(CODE))
    return client


def upload(
    client: Client, content: bytes | None = None, address: str = READ, status: int = 200
) -> str:
    file = SimpleUploadedFile("lijsten.eml.xml", xml() if content is None else content)
    response = client.post(address, {"bestand": file})
    assert response.status_code == status, text(response)
    return html.unescape(text(response))


def payload(page: str) -> str:
    found = re.search(r'name="payload"\s+value="([^"]+)"', page)
    assert found
    return found[1]


def state() -> list[object]:
    return [*contents(Party), Event.objects.count(), Position.objects.count()]


@pytest.mark.parametrize("address", [READ, ANY])
def test_preview_shows_all_that_would_change_and_changes_nothing(
    desk: Client, address: str
) -> None:
    before = state()
    page = upload(desk, address=address)
    assert "In het bestand: 3 lijsten" in page
    assert "Nummer 3 → 1" in page
    assert "Is dit dezelfde lijst?" in page
    assert "Nieuwe lijst" in page
    assert "Neem de naam uit het bestand over" in page
    assert page.index("Staat niet in het bestand") < page.rindex("Oud en Wijs")
    assert "Verzonnen" not in page
    assert state() == before


def test_preview_asks_the_database_a_fixed_number_of_times(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(ELECTION)  # the process knows which editions there are
    with django_assert_max_num_queries(28):  # twelve to count it
        upload(desk)


def apply(client: Client, page: str, choices: dict[str, str], status: int = 302) -> str:
    response = client.post(APPLY, {"payload": payload(page), **choices})
    assert response.status_code == status, text(response)
    return html.unescape(text(response))


def ours(contest: Contest, name: str) -> str:
    return str(contest.parties.get(name=name).pk)


def test_what_was_chosen_is_applied(desk: Client, contest: Contest) -> None:
    page = upload(desk)
    near = ours(contest, "Jong Proefdammers")
    apply(desk, page, {"name-1": "1", "list-2": "nieuw", "list-3": near})
    assert numbers(contest) == {
        "Dorpsbelang": 1,
        "Groen & Sociaal": 2,
        "Jong Proefdammers": 3,
        "Oud en Wijs": 9,
    }
    said = text(desk.get(PROEFDAM))
    assert "Nieuwe lijsten: 1. Andere nummers: 2. Andere namen: 1." in said
    assert Event.objects.get(act="ballot-read").municipality_id == CODE


def test_near_list_may_be_a_new_one_and_a_new_one_an_old_one(
    desk: Client, contest: Contest
) -> None:
    page = upload(desk)
    old = ours(contest, "Oud en Wijs")
    apply(desk, page, {"list-2": old, "name-2": "1", "list-3": "nieuw"})
    known = numbers(contest)
    assert known["Groen & Sociaal"] == 2
    assert known["Jong Proefdam"] == 3
    assert str(contest.parties.get(name="Groen & Sociaal").pk) == old


def test_second_reading_and_second_click_change_nothing(desk: Client, contest: Contest) -> None:
    page = upload(desk)
    choices = {"name-1": "1", "list-2": "nieuw", "list-3": ours(contest, "Jong Proefdammers")}
    apply(desk, page, {**choices, "name-3": "1"})
    before = state()
    assert "Er verandert niets" in upload(desk)
    apply(desk, page, choices)
    assert "Er verandert niets" in text(desk.get(PROEFDAM))
    assert state() == before


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"list-2": "nieuw"}, "Kies welke lijst dit is."),
        ({"list-2": "nieuw", "list-3": "0"}, "Deze lijst is er niet (meer)."),
        ({"list-2": "OLD", "list-3": "OLD"}, "Deze lijst koos je al bij lijst 2."),
    ],
)
def test_choice_that_cannot_be_is_said_and_changes_nothing(
    desk: Client, contest: Contest, choices: dict[str, str], said: str
) -> None:
    old = ours(contest, "Oud en Wijs")
    page, before = upload(desk), state()
    answers = {key: value.replace("OLD", old) for key, value in choices.items()}
    assert said in apply(desk, page, answers, 422)
    assert state() == before


def test_lists_that_changed_since_the_preview_are_shown_again(
    desk: Client, contest: Contest
) -> None:
    page = upload(desk)
    contest.parties.filter(name="Oud en Wijs").update(name="Ouderen")
    before = state()
    shown = apply(desk, page, {"list-2": "nieuw", "list-3": "nieuw"}, 409)
    assert "Er is nog niets veranderd." in shown
    assert "Ouderen" in shown
    assert state() == before
    apply(desk, shown, {"list-2": "nieuw", "list-3": "nieuw"})


def test_number_of_a_list_that_is_not_in_the_file_is_not_taken(
    desk: Client, contest: Contest
) -> None:
    contest.parties.filter(name="Oud en Wijs").update(number=2)
    page, before = upload(desk), state()
    assert "Nummer 2: bij ons Oud en Wijs, in het bestand Groen & Sociaal" in page
    choices = {"list-2": "nieuw", "list-3": "nieuw"}
    assert "Nummer 2 is al van Oud en Wijs" in apply(desk, page, choices, 422)
    assert state() == before


def test_list_that_was_withdrawn_here_is_put_back_first(desk: Client, contest: Contest) -> None:
    party = contest.parties.get(name="dorpsbelang")
    desk.post(f"{PROEFDAM}{party.slug}/intrekken/", {"reason": "Vergissing."})
    page, before = upload(desk), state()
    assert "Zet haar eerst terug" in page
    assert "Bewaar dit zo" not in page
    apply(desk, page, {"list-1": "nieuw", "list-2": "nieuw", "list-3": "nieuw"}, 422)
    assert state() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen XML, of het is niet compleet"),
        (xml()[:-50], "geen XML, of het is niet compleet"),
        (xml([(1, "Pr\xf3ef")], encoding="latin-1").replace(b"latin-1", b"UTF-8"), "geen XML"),
        (xml([(1, "X")], doctype=BOMB).replace(b">X<", b">&b;<"), "die er niet in horen"),
        (xml([(1, "X")], doctype=OUTSIDE).replace(b">X<", b">&x;<"), "die er niet in horen"),
        (b"<html/>", "maar geen EML"),
        (xml(kind="510b"), "EML van een andere soort (510b)"),
        (xml(category="PS"), "verkiezing van de soort PS"),
        (xml(day=""), "ontbreekt"),
        (xml(day="vandaag"), "is geen datum: vandaag"),
        (xml(identifier="GR2026_Proefdam"), "spreekt zichzelf tegen"),
        (xml(day="2022-11-23"), "Dit bestand gaat over de verkiezing van 23 november 2022."),
        (xml(domain="9876", place="Nergenshuizen"), "code GM9876 (Nergenshuizen)"),
        (xml(domain="0439"), "kiest bij deze verkiezing geen gemeenteraad"),
        (xml(domain="0344"), "gaat over Utrecht, niet over Proefdam"),
        (xml([]), "geen enkele lijst"),
        (xml([("1a", "Dorpsbelang")]), "een lijst met nummer 1a"),
        (xml([(0, "Dorpsbelang")]), "een lijst met nummer 0"),
        (xml([(1, "A"), (1, "B")]), "Lijst 1 staat twee keer"),
        (xml([(n, str(n)) for n in range(1, 101)]), "meer dan 99 lijsten"),
        (xml([(1, "x" * 121)]), "langer dan 120 tekens"),
        (xml(candidates=""), "geen kandidaten"),
    ],
)
def test_wrong_file_is_refused_with_the_reason_and_changes_nothing(
    desk: Client, content: bytes, said: str
) -> None:
    before = state()
    page = upload(desk, content, status=422)
    assert said in page
    assert "Er is niets veranderd." in page
    assert state() == before


def test_every_reason_has_its_own_words() -> None:
    assert set(REASONS) == set(Reason)
    assert len(set(REASONS.values())) == len(Reason)


def test_no_file_is_said(desk: Client) -> None:
    response = desk.post(READ, {})
    assert response.status_code == 422
    assert "Kies een bestand." in text(response)


def test_file_that_is_too_large_is_refused_at_once(desk: Client) -> None:
    before = state()
    page = upload(desk, xml() + b" " * (3 * 2**20), status=413)
    assert "hoogstens 2 MB" in page
    assert state() == before


def test_file_of_another_region_is_refused(desk: Client) -> None:
    before = state()
    page = upload(desk, xml(domain="0344"), address=ANY, status=403)
    assert "Deze gemeente valt buiten jouw regio" in page
    assert state() == before


def test_only_what_was_shown_to_this_person_is_applied(desk: Client, contest: Contest) -> None:
    page, before = upload(desk), state()
    enter(desk, national())
    for signed in (payload(page), payload(page)[:-3] + "abc", ""):
        response = desk.post(APPLY, {"payload": signed, "list-2": "nieuw", "list-3": "nieuw"})
        assert response.status_code == 400
        assert "Dit is niet wat we je lieten zien" in text(response)
    assert state() == before
