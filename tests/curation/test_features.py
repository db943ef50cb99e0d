"""What staff write beside the statements: one writes, another approves."""

import re
from collections.abc import Sequence

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Event, User
from statements.curation.features.actions import free_key
from statements.models import Feature, Source
from tests.curation.staff import colleague, enter, enter_again, member, national, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
ROOM = "/redactie/inhoud/"
KHALED = f"{ROOM}khaled-natuurkunde/"
FORM = {
    "kind": "story",
    "title": "Een nieuw verhaal",
    "text": "Iemand vertelt.",
    "source": "stemhulp-2022",
    "statements": ["plan-voor-werk"],
    "order": "3",
}


def post(client: Client, path: str, **changed: object) -> int:
    return client.post(path, FORM | changed).status_code


def khaled() -> Feature:
    return Feature.objects.get(key="khaled-natuurkunde")


def written(client: Client, **changed: object) -> Feature:
    """One that a colleague wrote."""
    enter(client, author := colleague())
    assert post(client, f"{ROOM}nieuw/", **changed) == 302
    client.logout()
    return Feature.objects.get(written_by=author)


def test_list_shows_what_there_is_and_where(client: Client) -> None:
    enter(client, national())
    page = text(client.get(ROOM))
    assert "1 tot en met 17 van 17" in page
    assert "Khaled wilde weer lesgeven" in page
    assert "het hele land" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("soort=example", 6),
        ("gemeente=GM0344", 1),
        ("gemeente=landelijk", 11),
        ("stand=goedgekeurd", 17),
        ("soort=figure&gemeente=landelijk&pagina=99", 4),
    ],
)
def test_list_is_filtered(client: Client, query: str, count: int) -> None:
    enter(client, national())
    assert re.search(rf"tot en met {count} van {count}\b", text(client.get(f"{ROOM}?{query}")))


def test_filter_with_nothing_in_it_says_so(client: Client) -> None:
    enter(client, national())
    assert "Hier is niets bij" in text(client.get(f"{ROOM}?stand=wacht"))


@pytest.mark.parametrize("query", ["soort=gedicht", "gemeente=GM9999", "stand=klaar"])
def test_filter_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{ROOM}?{query}")
    assert response.status_code == 400
    assert 'class="error"' in text(response)


def test_staff_of_a_region_reads_the_national_ones_and_its_own(client: Client) -> None:
    enter(client, regional("GM0344"))
    page = text(client.get(ROOM))
    assert "Khaled wilde weer lesgeven" in page
    assert "Samen leven en samen leren" in page
    assert "Wonen, inburgeren en meedoen tegelijk" not in page


def test_one_writes_and_another_approves(client: Client) -> None:
    row = written(client)
    assert (row.key, row.approved_at, row.order) == ("een-nieuw-verhaal", None, 3)
    enter(client, nina := national())
    page = text(client.get(f"{ROOM}{row.key}/"))
    assert "wacht op een tweede persoon" in page
    client.post(f"{ROOM}{row.key}/goedkeuren/", {"version": row.version})
    row.refresh_from_db()
    assert row.approved_by == nina
    acts = Event.objects.filter(act__startswith="feature-").order_by("pk")
    assert [each.act for each in acts] == ["feature-written", "feature-approved"]
    assert acts[1].what == "Goedgekeurd: verhaal ‘Een nieuw verhaal’"


def test_nobody_approves_their_own_work(client: Client) -> None:
    row = written(client)
    enter_again(client, User.objects.get(email="carla@example.nl"))
    assert "Je schreef dit zelf" in text(client.get(f"{ROOM}{row.key}/"))
    response = client.post(f"{ROOM}{row.key}/goedkeuren/", {"version": row.version})
    assert response.status_code == 409
    assert "Dit schreef je zelf" in text(response)
    row.refresh_from_db()
    assert row.approved_at is None


def test_database_holds_that_it_takes_two(client: Client) -> None:
    row = written(client)
    row.approved_at, row.approved_by = timezone.now(), row.written_by
    with pytest.raises(IntegrityError, match="approved_by_someone_else"), transaction.atomic():
        row.save()


def test_what_is_approved_wants_a_second_look_after_a_change(client: Client) -> None:
    enter(client, nina := national())
    page = text(client.get(f"{KHALED}bewerken/"))
    assert "een collega het opnieuw goedkeuren" in page
    assert 'value="Khaled wilde weer lesgeven"' in page
    assert post(client, f"{KHALED}bewerken/", version="1") == 302
    row = khaled()
    assert (row.title, row.version, row.written_by) == ("Een nieuw verhaal", 2, nina)
    assert (row.approved_at, row.approved_by) == (None, None)


def test_saving_what_stood_there_changes_nothing(client: Client) -> None:
    enter(client, national())
    row = khaled()
    same = {
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "source": row.source.key,
        "statements": row.statements,
        "order": row.order,
        "version": row.version,
    }
    client.post(f"{KHALED}bewerken/", same)
    assert khaled().approved_at is not None
    assert not Event.objects.filter(act="feature-changed").exists()


def test_second_of_two_editors_sees_both_texts(client: Client) -> None:
    enter(client, national())
    assert post(client, f"{KHALED}bewerken/", version="1", text="Van de eerste.") == 302
    response = client.post(f"{KHALED}bewerken/", FORM | {"version": "1", "text": "Van de tweede."})
    page = text(response)
    assert response.status_code == 409
    assert "Van de eerste." in page
    assert "Van de tweede.</textarea>" in page
    assert re.search(r'name="version"\s+value="2"', page)
    assert khaled().text == "Van de eerste."
    assert post(client, f"{KHALED}bewerken/", version="2", text="Van de tweede.") == 302
    assert khaled().text == "Van de tweede."


@pytest.mark.parametrize("version", ["", "x", "2", "9" * 30, "²"])
def test_nobody_approves_what_they_did_not_read(client: Client, version: str) -> None:
    row = written(client)
    enter(client, national())
    response = client.post(f"{ROOM}{row.key}/goedkeuren/", {"version": version})
    assert response.status_code == 409
    assert "Lees eerst wat er nu staat" in text(response)


def test_withdrawn_one_cannot_be_changed_or_approved_until_it_is_taken_up(client: Client) -> None:
    enter(client, nina := national())
    assert "Trek ‘Khaled wilde weer lesgeven’ in?" in text(client.get(f"{KHALED}intrekken/"))
    assert khaled().withdrawn_at is None
    client.post(f"{KHALED}intrekken/")
    client.post(f"{KHALED}intrekken/")  # a double click
    assert khaled().withdrawn_by == nina
    response = client.post(f"{KHALED}bewerken/", FORM | {"version": "1"})
    assert response.status_code == 409
    assert "Iemand vertelt." in text(response)  # given back
    assert client.get(f"{KHALED}bewerken/").status_code == 409
    assert client.post(f"{KHALED}goedkeuren/", {"version": "1"}).status_code == 409
    client.post(f"{KHALED}terughalen/")
    row = khaled()
    assert (row.withdrawn_at, row.approved_at, row.written_by) == (None, None, nina)
    acts = Event.objects.filter(act__startswith="feature-").order_by("pk")
    assert [each.act for each in acts] == ["feature-withdrawn", "feature-restored"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": ""}, "Kies wat het is."),
        ({"kind": "gedicht"}, "Kies een van de soorten."),
        ({"title": "  "}, "Vul een titel in."),
        ({"title": "x" * 121}, "De titel is 1 teken te lang: 121 van de 120 tekens"),
        ({"title": "x" * 10_000}, "De titel is 9880 tekens te lang"),
        ({"text": ""}, "Schrijf de tekst die kiezers lezen."),
        ({"text": "x" * 1501}, "1501 van de 1500 tekens"),
        ({"municipality": "GM9999"}, "Kies een gemeente uit de lijst."),
        ({"statements": ["eerst-dansen"]}, "Kies stellingen uit de lijst."),
        ({"source": ""}, "Zeg waar het vandaan komt."),
        ({"source": "mijn-buurman"}, "Kies een bron uit de lijst."),
        ({"source_title": "Krant"}, "Kies een bron uit de lijst óf beschrijf een nieuwe."),
        ({"source": "", "source_title": "Krant"}, "Vul ook de uitgever van de bron in."),
        ({"source": "", "source_publisher": "Krant"}, "Vul ook de titel van de bron in."),
        ({"source_year": "toen"}, "Vul een jaartal in"),
        ({"link": "javascript:alert(1)"}, "Vul een heel webadres in"),
        ({"link": f"https://example.nl/{'x' * 200}"}, "De link is 19 tekens te lang"),
        ({"order": "-1"}, "Vul een getal in van 0"),
        ({"kind": "example"}, "Kies de gemeente waar dit voorbeeld vandaan komt."),
        ({"kind": "figure", "statements": []}, "Een cijfer voor het hele land"),
        ({"kind": "voting"}, "Dit staat bij de uitslag, en niet bij een stelling."),
        ({"kind": "newsletter", "link": ""}, "waar kiezers zich voor de nieuwsbrief aanmelden"),
    ],
)
def test_what_cannot_be_kept_is_said_and_given_back(
    client: Client, changed: dict[str, Sequence[str]], said: str
) -> None:
    enter(client, national())
    response = client.post(f"{ROOM}nieuw/", FORM | changed)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert "Iemand vertelt.</textarea>" in page or "text" in changed
    assert Feature.objects.count() == 17


def test_new_source_is_made_once(client: Client) -> None:
    enter(client, national())
    new = {"source": "", "source_title": "De krant", "source_publisher": "Wij", "source_year": 2026}
    for title in ("Het eerste", "Het tweede"):
        assert post(client, f"{ROOM}nieuw/", title=title, **new) == 302
    assert Source.objects.get(title="De krant").features.count() == 2


def test_what_no_eye_sees_is_left_out(client: Client) -> None:
    row = written(client, text="Een\u202e tekst\0.")
    assert row.text == "Een tekst."


def test_staff_of_a_region_writes_about_its_own_municipalities_only(client: Client) -> None:
    enter(client, regional("GM0344"))
    response = client.post(f"{ROOM}nieuw/", FORM)
    assert response.status_code == 422
    assert "Kies een gemeente van jouw regio." in text(response)
    assert post(client, f"{ROOM}nieuw/", municipality="GM0148") == 422
    assert post(client, f"{ROOM}nieuw/", municipality="GM0344", kind="example") == 302
    assert Feature.objects.get(key="een-nieuw-verhaal").municipality_id == "GM0344"


@pytest.mark.parametrize("page", ["bewerken/", "intrekken/", "goedkeuren/", "terughalen/"])
@pytest.mark.parametrize("key", ["khaled-natuurkunde", "dalfsen-wonen-leren-meedoen"])
def test_staff_of_a_region_changes_nothing_of_others(client: Client, key: str, page: str) -> None:
    enter(client, regional("GM0344"))
    before = Feature.objects.filter(key=key).values().get()
    response = client.post(f"{ROOM}{key}/{page}", FORM | {"version": "1"})
    assert response.status_code == 403
    assert Feature.objects.filter(key=key).values().get() == before
    said = "landelijk bureau" if key.startswith("khaled") else "valt buiten jouw regio"
    assert said in text(response)


def test_national_one_says_who_writes_it(client: Client) -> None:
    enter(client, regional("GM0344"))
    page = text(client.get(KHALED))
    assert "Het landelijk bureau schrijft en keurt het" in page
    assert "Bewerk" not in page


def test_unknown_one_is_not_found(client: Client) -> None:
    enter(client, national())
    assert client.get(f"{ROOM}atlantis/").status_code == 404


@pytest.mark.parametrize("path", [ROOM, f"{ROOM}nieuw/", KHALED, f"{KHALED}bewerken/"])
def test_party_staff_and_strangers_stay_out(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    enter(client, member())
    assert client.get(path).status_code == 403


def test_key_is_made_of_the_title() -> None:
    taken = {"een-verhaal", "een-verhaal-2"}
    assert free_key("Eén verhaal!", taken.__contains__) == "een-verhaal-3"
    assert free_key("قصة", taken.__contains__) == "zonder-naam"
    assert len(free_key("lang " * 30, taken.__contains__)) <= 60


def test_abolished_municipality_cannot_be_chosen_but_stays_where_it_was(client: Client) -> None:
    enter(client, national())
    page = text(client.get(f"{ROOM}nieuw/"))
    assert "Aalburg" not in page
    assert "Dalfsen" in page
    assert "Voorbeeldstad" in page
    assert post(client, f"{ROOM}nieuw/", municipality="GM0738") == 422
    Feature.objects.filter(key="khaled-natuurkunde").update(municipality="GM0738")
    assert re.search(r'value="GM0738"\s+selected>Aalburg', text(client.get(f"{KHALED}bewerken/")))
    assert post(client, f"{KHALED}bewerken/", version="1", municipality="GM0738") == 302
    assert khaled().municipality_id == "GM0738"


def test_story_says_no_more_than_its_source() -> None:
    """That of 2018, in the words that the seeds have of it."""
    said = khaled().text
    assert "2018" in said
    for word in ("2022", "vluchtte", "choonmaken", "weinig"):
        assert word not in said


def test_statement_of_an_earlier_election_is_kept(client: Client) -> None:
    Feature.objects.filter(key="khaled-natuurkunde").update(statements=["stelling-van-toen"])
    enter(client, national())
    assert "stelling-van-toen" in text(client.get(f"{KHALED}bewerken/"))
    assert post(client, f"{KHALED}bewerken/", version="1", statements=["stelling-van-toen"]) == 302
    assert khaled().statements == ["stelling-van-toen"]


@pytest.mark.parametrize("path", [ROOM, KHALED, f"{KHALED}bewerken/", f"{ROOM}nieuw/"])
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(path)
    with django_assert_max_num_queries(10):
        client.get(path)
