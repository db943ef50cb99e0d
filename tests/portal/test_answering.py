"""Entering positions: what is saved, what is said, and that no typed text is lost."""

import html
import re
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parties.models import Party, User
from statements.models import Position, Revision, Statement
from statements.portal import actions
from statements.portal.answers import Answer
from stemhulp.editions import store
from stemhulp.quiz.scores import percent
from tests.portal.conftest import AT, LIST, close, hand_in, open_for, signed_in, the_list

STATEMENT = f"{LIST}stelling/gemengd-wonen/"
TYPED = "Wij willen <b>kleine</b> opvang & geen grote."
MOST_QUERIES = 14  # under fifteen, on every page


@pytest.fixture
def asked(db: None) -> Statement:
    return Statement.objects.get(key="gemengd-wonen")


def post(client: Client, *, htmx: bool = False, path: str = STATEMENT, **fields: str) -> "Page":
    form = {"stance": "1", "motivation": TYPED, "source": "", "version": "0"} | fields
    response = client.post(path, form, headers={"HX-Request": "true"} if htmx else {})
    return Page(response.status_code, response.content.decode(), response.headers.get("Location"))


class Page:
    def __init__(self, status: int, text: str, location: str | None) -> None:
        self.status = status
        self.text = html.unescape(text)
        self.source = text
        self.location = location


def test_lists_show_deadline_and_progress(client: Client, party: Party, fatima: User) -> None:
    open_for(party, timedelta(days=5))
    actions.save_answers(party, {Statement.objects.all()[0]: (Answer(1), 0)}, by=fatima, at=AT)
    page = client.get("/partij/").content.decode()
    assert "Gewoon Voorbeeldstad" in page
    assert "nog 5 dagen" in page
    assert "<strong>1 van 24</strong>" in page
    assert "Groen Voorbeeldstad" not in page


def test_who_works_for_no_list_is_told_what_to_do(party: Party) -> None:
    page = signed_in(User.objects.create_user("los@voorbeeld.example")).get("/partij/")
    assert "Je werkt nog voor geen enkele lijst" in page.content.decode()


def test_list_shows_every_statement_by_theme(client: Client) -> None:
    page = client.get(LIST).content.decode()
    assert page.count("Nog niet beantwoord") == 24
    assert "Begin met stelling 1" in page


def test_statement_shows_explanation_theme_and_glossary_but_no_recommendation(
    client: Client, asked: Statement
) -> None:
    for path in (LIST, STATEMENT, f"{LIST}indienen/", f"{LIST}voorbeeld/"):
        page = html.unescape(client.get(path).content.decode())
        assert asked.reason not in page
        assert "VluchtelingenWerk zelf kiest" not in page
    page = html.unescape(client.get(STATEMENT).content.decode())
    for text in (asked.text, asked.explanation, asked.argument_for, asked.argument_against):
        assert text in page
    assert asked.theme.name in page
    assert "Moeilijke woorden" in page
    assert "geen standpunt over" in page


def test_saving_without_script_goes_on_to_the_next(client: Client, party: Party) -> None:
    page = post(client, source="https://voorbeeld.example/programma")
    assert page.status == 302
    assert page.location is not None
    assert "/stelling/" in page.location
    assert page.location != STATEMENT
    position = party.positions.get()
    assert (position.stance, position.motivation) == (1, TYPED)
    assert position.source == "https://voorbeeld.example/programma"


def test_last_statement_leads_back_to_the_list(client: Client) -> None:
    last = Statement.objects.order_by("theme__order", "order").last()
    assert last is not None
    assert post(client, path=f"{LIST}stelling/{last.key}/").location == LIST


def test_change_that_saves_itself_says_so(client: Client, party: Party) -> None:
    page = post(client, htmx=True)
    assert (page.status, "Opgeslagen om" in page.text) == (200, True)
    assert "1 van 24 beantwoord" in page.text
    assert "<html" not in page.text
    assert re.search(r'name="version"\s+value="1"', page.source)
    again = post(client, htmx=True, stance="geen", version="1")
    assert re.search(r'name="version"\s+value="2"', again.source)
    assert party.positions.get().stance is None


def test_saving_asks_the_database_little(client: Client) -> None:
    store.health()
    with CaptureQueriesContext(connection) as queries:
        post(client, htmx=True)
    assert len(queries) <= MOST_QUERIES


def test_html_is_shown_as_text(client: Client) -> None:
    post(client)
    source = client.get(STATEMENT).content.decode()
    assert "&lt;b&gt;kleine&lt;/b&gt;" in source
    assert "<b>kleine</b>" not in source


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"motivation": "a" * 501}, "1 teken te lang: 501 van de 500"),
        ({"motivation": "a" + "\u0301" * 5000}, "te veel losse accenten"),
        ({"motivation": "a" + "\u0336" * 400}, "te veel losse accenten"),
        ({"source": "javascript:alert(1)"}, "Een link begint met https://"),
        ({"source": "JavaScript:alert(1)"}, "Een link begint met https://"),
        ({"source": "s" * 201}, "niet langer zijn dan 200"),
        ({"stance": ""}, "Kies eerst een antwoord"),
        ({"stance": "3"}, "Kies een van de zes"),
        ({"stance": "x"}, "Kies een van de zes"),
    ],
)
def test_bad_input_is_refused_and_given_back(
    client: Client, party: Party, fields: dict[str, str], said: str, *, htmx: bool
) -> None:
    page = post(client, htmx=htmx, **fields)
    assert page.status == 422
    assert said in page.text
    assert not party.positions.exists()
    if not htmx:  # else it still stands in the browser: only the message is put in
        assert (fields.get("motivation") or TYPED) in page.text
        assert fields.get("source", "") in page.text


def test_windows_line_ends_count_once(client: Client, party: Party) -> None:
    assert post(client, motivation="a\r\n" * 250).status == 302
    assert len(party.positions.get().motivation) == 499


def test_nul_and_other_control_characters_are_left_out(client: Client, party: Party) -> None:
    assert post(client, motivation="a\x00b\x1bc\u202ed").status == 302
    assert party.positions.get().motivation == "abcd"


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999"])
def test_broken_version_never_breaks_the_page(client: Client, version: str) -> None:
    assert post(client, version=version).status in {302, 422}


@pytest.mark.parametrize("htmx", [True, False])
def test_later_of_two_sees_what_the_other_wrote_and_chooses(
    client: Client, jan: User, party: Party, *, htmx: bool
) -> None:
    post(client)
    other = signed_in(jan)
    page = post(other, htmx=htmx, stance="-2", motivation="Van Jan")
    assert page.status == 409
    assert "Fatima de Boer heeft dit intussen veranderd" in page.text
    assert TYPED in page.text
    assert htmx or "Van Jan" in page.text
    assert party.positions.get().stance == 1
    chosen = re.search(r'name="version" value="(\d+)"', page.source)
    assert chosen
    assert post(other, stance="-2", motivation="Van Jan", version=chosen[1]).status == 302
    assert party.positions.get().motivation == "Van Jan"
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("htmx", [True, False])
def test_after_the_deadline_text_is_given_back_and_nothing_saved(
    client: Client, party: Party, *, htmx: bool
) -> None:
    close(party)
    page = post(client, htmx=htmx)
    assert page.status == 409
    assert "De termijn is voorbij" in page.text
    assert htmx or TYPED in page.text
    assert not party.positions.exists()
    shown = client.get(STATEMENT).content.decode()
    assert "<form" not in shown.split("<main")[1]


@pytest.mark.parametrize("htmx", [True, False])
def test_handed_in_by_a_colleague_meanwhile(
    client: Client, jan: User, party: Party, asked: Statement, *, htmx: bool
) -> None:
    actions.save_answers(party, {asked: (Answer(1), 0)}, by=jan, at=AT)
    hand_in(party, name="Jan", by=jan, at=AT)
    page = post(client, htmx=htmx, version="1", stance="2")
    assert page.status == 409
    assert "al ingediend" in page.text
    assert htmx or TYPED in page.text
    assert party.positions.get().stance == 1


def test_signed_out_while_typing_gets_the_text_back(client: Client, party: Party) -> None:
    client.logout()
    page = post(client)
    assert page.status == 401
    assert TYPED in page.text
    assert not party.positions.exists()


def test_form_with_an_old_token_gets_the_text_back(fatima: User, party: Party) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(fatima)
    page = post(browser)
    assert (page.status, "Dit formulier is verlopen" in page.text) == (403, True)
    assert TYPED in page.text
    assert not party.positions.exists()


def test_statement_of_another_election_or_none_is_not_found(client: Client) -> None:
    assert client.get(f"{LIST}stelling/bestaat-niet/").status_code == 404
    assert client.get(LIST.replace("gr2022", "gr2018")).status_code == 404


def test_history_shows_who_changed_what(client: Client, jan: User) -> None:
    post(client)
    post(signed_in(jan), stance="-1", motivation="Korter", version="1")
    page = html.unescape(client.get(f"{LIST}geschiedenis/").content.decode()).split("<main")[1]
    assert page.index("Jan Bakker") < page.index("Fatima de Boer")
    assert "<del>Mee eens</del>" in page
    assert TYPED in page
    assert "op het scherm" in page


def test_history_is_paged(client: Client, party: Party, fatima: User, asked: Statement) -> None:
    for number in range(60):
        answer = Answer(0, str(number))
        actions.save_answers(party, {asked: (answer, number)}, by=fatima, at=AT)
    assert "Oudere" in client.get(f"{LIST}geschiedenis/").content.decode()
    assert "Nieuwere" in client.get(f"{LIST}geschiedenis/?pagina=2").content.decode()
    assert client.get(f"{LIST}geschiedenis/?pagina=x").status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        *("", "stelling/gemengd-wonen/", "indienen/", "geschiedenis/", "mensen/"),
        *("spreadsheet/", "spreadsheet/bestand/", "voorbeeld/"),
    ],
)
def test_each_page_asks_the_database_little(fatima: User, page: str) -> None:
    party = the_list("jong-voorbeeldstad")
    party.memberships.create(user=fatima, since=AT)
    browser = signed_in(fatima)
    store.health()  # what a process knows before it gets its first request
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(LIST.replace("gewoon", "jong") + page)
    assert response.status_code == 200
    assert len(queries) <= MOST_QUERIES
    assert response.headers["Cache-Control"] == "no-store"


def test_preview_shows_drafts_of_this_list_only(client: Client, party: Party) -> None:
    post(client)
    source = client.get(f"{LIST}voorbeeld/").content.decode()
    page = html.unescape(source)
    assert TYPED in page
    assert TYPED not in source  # it is text, whatever signs are in it
    assert "Gewoon Voorbeeldstad" in page
    theirs = Position.objects.exclude(party=party).exclude(motivation="").first()
    assert theirs is not None
    assert theirs.motivation not in page


def test_preview_ranks_a_list_that_answered_enough(
    client: Client, party: Party, fatima: User
) -> None:
    answers = {each: (Answer(1, "Ja."), 0) for each in Statement.objects.all()}
    actions.save_answers(party, answers, by=fatima, at=AT)
    page = client.get(f"{LIST}voorbeeld/").content.decode()
    assert percent(Fraction(1)) in page
    assert page.count("Ja.") == 24
    assert "Vriendelijk" not in page
