"""The list of statements, beginning one, and who may."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest, Election, Event, Municipality
from statements.models import Source, Statement
from tests.curation.staff import KEY, colleague, enter, national, regional
from tests.curation.writing import APPROVED, FORM, NEW, ROOM, WORDS, approved, begun, saved
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


def test_front_leads_to_the_first_election(client: Client) -> None:
    enter(client, national())
    response = client.get("/redactie/stellingen/")
    assert response.headers["Location"].startswith("/redactie/stellingen/gr")


def test_list_counts_statements_and_says_which_way_they_are_worded(client: Client) -> None:
    enter(client, national())
    page = text(client.get(ROOM))
    assert "24 van de 24 stellingen worden gevraagd" in page
    friendly = Statement.objects.filter(election__slug="gr2022", recommendation__gt=0).count()
    assert f"{friendly} van de 24 landelijke stellingen zijn zo geschreven" in page
    assert "Geen gemeente heeft een eigen stelling" in page


def test_lopsided_set_is_said(client: Client) -> None:
    Statement.objects.filter(election__slug="gr2022").update(recommendation=1)
    enter(client, national())
    page = text(client.get(ROOM))
    assert "24 van de 24 landelijke" in page
    assert "Wie altijd ‘eens’ zegt, lijkt daardoor vluchtelingvriendelijker" in page


def test_list_is_filtered_by_state_and_place(client: Client) -> None:
    enter(client, national())
    begun(client, place="voorbeeldstad")
    assert WORDS in text(client.get(ROOM, {"stand": "draft"}))
    assert "opvanglocaties" not in text(client.get(ROOM, {"stand": "draft"}))
    assert WORDS not in text(client.get(ROOM, {"voor": "landelijk"}))
    page = text(client.get(ROOM, {"voor": "voorbeeldstad"}))
    assert WORDS in page
    assert "Voorbeeldstad (1)" in page
    assert "Hier zijn geen stellingen bij" in text(client.get(ROOM, {"voor": "utrecht"}))


@pytest.mark.parametrize("query", ["stand=klaar", "voor=a%20b"])
def test_filter_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{ROOM}?{query}")
    assert response.status_code == 400
    assert 'class="error"' in text(response)


def test_election_without_statements_says_so(client: Client) -> None:
    Election.objects.create(
        slug="gr2030", name="Raad 2030", date="2030-03-20", municipality_year=2030
    )
    enter(client, national())
    assert "heeft nog geen stellingen" in text(client.get("/redactie/stellingen/gr2030/"))


def test_new_statement_is_a_draft_of_one_version(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    assert made.key == "de-gemeente-moet-een-fiets-geven-aan"
    assert (made.state, made.latest, made.approved) == ("draft", 1, None)
    assert made.text == WORDS
    assert made.order > 1  # after the others of its theme
    [background] = made.backgrounds.all()
    assert background.source.key == "stemhulp-2022"  # none chosen: that of the statement
    [version] = made.versions.all()
    assert (version.nature, version.by) == ("new", Event.objects.latest("pk").by)
    assert Event.objects.latest("pk").act == "statement-begun"


def test_second_click_begins_no_second_statement(client: Client) -> None:
    enter(client, national())
    begun(client)
    client.post(NEW, FORM)
    assert Statement.objects.filter(text=WORDS).count() == 1


def test_words_that_someone_else_wrote_are_pointed_at(client: Client) -> None:
    enter(client, national())
    begun(client)
    enter(client, colleague())
    response = client.post(NEW, FORM)
    assert response.status_code == 409
    page = text(response)
    assert f'Deze stelling is er al. <a href="{ROOM}de-gemeente' in page
    assert "Met een fiets kun je naar school" in page


def test_same_words_for_two_places_get_two_keys(client: Client) -> None:
    enter(client, national())
    first, second = begun(client), begun(client, place="utrecht")
    assert second.key == "de-gemeente-moet-een-fiets-geven-aan-2"
    assert (first.municipality, second.municipality.slug) == (None, "utrecht")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "key"), [("Nieuw", "nieuw-2"), ("؟؟؟", "stelling"), ("a" * 60, "a" * 40)]
)
def test_key_is_an_address_whatever_is_written(client: Client, written: str, key: str) -> None:
    enter(client, national())
    made = begun(client, text=written)
    assert made.key == key
    assert client.get(f"{ROOM}{key}/").status_code == 200


def test_new_source_is_kept_once(client: Client) -> None:
    enter(client, national())
    new = {"source": "", "new_title": "Fietsen voor elk", "new_publisher": "Test", "new_year": ""}
    first = begun(client, **new)
    second = begun(client, **new, text="De gemeente moet fietsles geven.")
    assert first.source == second.source
    assert Source.objects.filter(title="Fietsen voor elk", publisher="Test").count() == 1


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("text", "", "Schrijf de stelling op"),
        ("text", "x" * 141, "141 van de 140 tekens"),
        ("explanation", "x" * 1001, "1001 van de 1000 tekens"),
        ("theme", "", "Kies een speerpunt"),
        ("theme", "voetbal", "Dit speerpunt kennen we niet"),
        ("recommendation", "", "Kies wat VluchtelingenWerk hiervan vindt"),
        ("recommendation", "3", "Kies een van de vijf"),
        ("source", "", "Kies een bron, of schrijf"),
        ("source", "krant", "Deze bron kennen we niet"),
        ("new_title", "Nog een bron", "Niet allebei"),
        ("background_source_1", "krant", "Deze bron kennen we niet"),
        ("order", "0", "De eerste plaats is 1"),
        ("order", "derde", "Vul een getal in"),
        ("place", "", "Kies waar deze stelling"),
        ("place", "atlantis", "Voor deze gemeente kun je geen"),
    ],
)
def test_wrong_entry_is_said_and_everything_given_back(
    client: Client, field: str, written: str, said: str
) -> None:
    enter(client, national())
    response = client.post(NEW, {**FORM, field: written})
    assert response.status_code == 422
    page = text(response)
    assert said in page
    for name in {"explanation", "argument_for", "reason"} - {field}:
        assert FORM[name] in page
    assert Statement.objects.count() == 24


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"new_title": "Krant", "new_publisher": ""}, "Schrijf op wie deze bron"),
        ({"new_title": "Krant", "new_publisher": "X", "new_year": "22"}, "in vier cijfers"),
        ({"new_title": "Krant", "new_publisher": "X", "new_year": "2999"}, "moet nog komen"),
    ],
)
def test_new_source_must_be_findable(client: Client, changes: dict[str, str], said: str) -> None:
    enter(client, national())
    response = client.post(NEW, {**FORM, "source": "", **changes})
    assert response.status_code == 422
    assert said in text(response)
    assert not Source.objects.filter(title="Krant").exists()


def test_regional_staff_write_for_their_own_municipalities_only(client: Client) -> None:
    enter(client, regional("VB0001"))
    page = text(client.get(NEW))
    assert "heel Nederland" not in page
    assert "Voorbeeldstad" in page
    assert client.post(NEW, {**FORM, "place": "landelijk"}).status_code == 422
    assert client.post(NEW, {**FORM, "place": "utrecht"}).status_code == 422
    assert begun(client, place="voorbeeldstad").municipality


def test_municipality_without_a_contest_cannot_be_chosen(client: Client) -> None:
    code = Municipality.objects.exclude(contests__election__slug="gr2022")[0].slug
    enter(client, national())
    assert client.post(NEW, {**FORM, "place": code}).status_code == 422


def test_staff_without_municipalities_in_the_election_write_nothing(client: Client) -> None:
    enter(client, regional())
    assert client.get(NEW).status_code == 403


def test_local_statements_are_read_in_their_own_region_only(client: Client) -> None:
    enter(client, national())
    utrecht = begun(client, place="utrecht")
    enter(client, regional("VB0001"))
    assert utrecht.text not in text(client.get(ROOM))
    for page in ("", "schrijf/", "versies/", "beoordeel/", "intrekken/"):
        response = client.get(f"{ROOM}{utrecht.key}/{page}")
        assert response.status_code == 403
        assert "buiten jouw regio" in text(response)


def test_regional_staff_read_national_statements_and_change_nothing(client: Client) -> None:
    enter(client, regional("VB0001"))
    page = text(client.get(APPROVED))
    assert "opvanglocaties" in page
    assert "Trek in" not in page
    form = {**saved(approved(), text="Anders."), "nature": "mend", "note": "x", "remark": "x"}
    for part in ("schrijf/", "inleveren/", "beoordeel/", "intrekken/"):
        response = client.post(f"{APPROVED}{part}", form)
        assert response.status_code == 403
        assert "landelijk bureau" in text(response)
    assert approved().latest == 1


@pytest.mark.parametrize("page", ["bestaat-niet/", "bestaat-niet/schrijf/"])
def test_unknown_statement_is_not_found(client: Client, page: str) -> None:
    enter(client, national())
    assert client.get(f"{ROOM}{page}").status_code == 404
    assert client.get("/redactie/stellingen/gr1850/").status_code == 404


@pytest.mark.parametrize(
    ("page", "most"),
    [("", 8), (f"{KEY}/", 13), (f"{KEY}/schrijf/", 12), (f"{KEY}/versies/", 10), ("nieuw/", 9)],
)
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, page: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    for contest in Contest.objects.filter(election__slug="gr2022")[:5]:
        begun(client, place=contest.municipality.slug)
    client.get(ROOM)
    with django_assert_max_num_queries(most):
        client.get(f"{ROOM}{page}")
