"""What nobody should send, and what they get: a Dutch page, the right status, nothing lost."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from stemhulp.quiz.answers import COOKIE
from tests.quiz.browser import HTMX, TOWN, Browser, answer, begin, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("opinion", ["3", "-3", "", "x", "0.5", "geen mening", "2\x00", "٢"])
def test_answer_outside_the_scale_is_refused_and_nothing_is_lost(
    client: Client, opinion: str
) -> None:
    begin(client)
    answer(client, 1, 2)
    response = client.post(f"{TOWN}stelling/2/", {"mening": opinion})
    assert response.status_code == 400
    assert "Dit antwoord kennen we niet" in text(response)
    assert f'href="{TOWN}stelling/2/"' in text(response)
    assert "1 van 24 beantwoord" in text(client.get(f"{TOWN}stelling/1/"))


def test_answer_that_is_missing_is_refused(client: Client) -> None:
    begin(client)
    assert client.post(f"{TOWN}stelling/2/", {}).status_code == 400


@pytest.mark.parametrize("data", [{"thema": "geld"}, {"stelling": "bestaat-niet"}])
def test_unknown_weight_is_refused_and_nothing_is_lost(
    client: Client, data: dict[str, str]
) -> None:
    begin(client)
    answer(client, 1, 2)
    response = client.post(f"{TOWN}weging/", data)
    assert response.status_code == 400
    assert "1 van 24 beantwoord" in text(client.get(f"{TOWN}stelling/1/"))


@pytest.mark.parametrize("number", ["0", "25", "999999999999999999999999"])
def test_unknown_statement_leads_to_the_first(client: Client, number: str) -> None:
    begin(client)
    response = client.get(f"{TOWN}stelling/{number}/")
    assert response.status_code == 404
    assert "genummerd van 1 tot en met 24" in text(response)


@pytest.mark.parametrize("path", ["stelling/-1/", "stelling/een/", "iets/anders/", "stelling/1"])
def test_address_that_does_not_exist_gets_a_dutch_page(client: Client, path: str) -> None:
    response = client.get(TOWN + path, follow=True)
    assert "Stemhulp" in text(response)
    assert response.status_code == (200 if path == "stelling/1" else 404)


@pytest.mark.parametrize("path", ["stelling/1/", "weging/", "uitslag/"])
def test_link_from_a_friend_leads_to_the_start_and_not_past_the_consent(
    client: Client, path: str
) -> None:
    response = client.get(TOWN + path)
    assert response.status_code == 200
    assert "Je bent nog niet begonnen" in text(response)
    assert f'href="{TOWN}"' in text(response)
    assert "begin/" not in text(response)
    assert not response.cookies


def test_answer_without_a_start_is_not_taken(client: Client) -> None:
    response = client.post(f"{TOWN}stelling/1/", {"mening": "2"})
    assert response.status_code == 403
    assert "Je bent nog niet begonnen" in text(response)
    assert not response.cookies


@pytest.mark.parametrize("token", ["kapot", "", "gAAAAA", "x" * 5000, "%00"])
@pytest.mark.parametrize("path", ["stelling/1/", "weging/", "uitslag/"])
def test_cookie_that_cannot_be_read_is_said_and_forgotten(
    client: Client, token: str, path: str
) -> None:
    client.cookies[COOKIE] = token
    response = client.get(TOWN + path)
    assert response.status_code == 400
    assert "We kunnen je antwoorden niet meer lezen" in text(response)
    assert response.cookies[COOKIE]["max-age"] == 0
    assert response.cookies[COOKIE]["path"] == TOWN


def test_start_mends_a_broken_cookie(client: Client) -> None:
    client.cookies[COOKIE] = "kapot"
    begin(client)
    assert client.get(f"{TOWN}stelling/1/").status_code == 200


def test_cookie_of_another_municipality_is_not_used(client: Client) -> None:
    begin(client, "/gr2022/utrecht/")
    client.cookies[COOKIE]["path"] = TOWN  # which no browser does
    assert client.get(f"{TOWN}stelling/1/").status_code == 400


ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://elders.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize("path", ["begin/", "stelling/1/", "weging/", "wissen/"])
def test_form_of_another_site_changes_nothing(
    client: Client, headers: dict[str, str], path: str
) -> None:
    begin(client)
    elsewhere = Browser(headers=headers)
    elsewhere.cookies = client.cookies
    response = elsewhere.post(TOWN + path, {"mening": "2"})
    assert response.status_code == 403
    assert "niet van onze eigen pagina" in text(response)
    assert not response.cookies


def test_browser_that_only_tells_its_origin_is_served(db: None) -> None:
    old = Browser(headers={"Origin": "http://testserver"})
    begin(old)
    answer(old, 1, 2)


@pytest.mark.parametrize("path", ["/", TOWN, f"{TOWN}uitslag/", f"{TOWN}gewist/"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == 405
    assert "Dat kan hier niet" in text(response)


def test_erasing_erases_and_says_so(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    response = client.post(f"{TOWN}wissen/")
    assert (response.status_code, response["Location"]) == (303, f"{TOWN}gewist/")
    assert response.cookies[COOKIE].value == ""
    assert response.cookies[COOKIE]["path"] == TOWN
    assert not client.cookies
    assert "Je antwoorden in Voorbeeldstad zijn gewist" in text(client.get(f"{TOWN}gewist/"))


def test_page_after_erasing_does_not_lie_to_one_who_did_not(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}gewist/"))
    assert "nog niet gewist" in page
    assert f'action="{TOWN}wissen/"' in page


def test_insecure_origin_is_foreign_to_a_secure_site(client: Client, settings: Settings) -> None:
    begin(client)
    half = Browser(headers={"Origin": "http://testserver"})
    half.cookies = client.cookies
    assert half.post(f"{TOWN}stelling/1/", {"mening": "2"}, secure=True).status_code == 403


def test_going_back_from_the_weights_keeps_them(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}weging/", {"stelling": "gemengd-wonen", "daarna": "vorige"})
    assert response["Location"] == f"{TOWN}stelling/24/"
    page = text(client.get(f"{TOWN}weging/"))
    assert page.count(" checked") == 1
    assert page.count("<details open>") == 1


def test_erasing_by_link_does_nothing(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    assert client.get(f"{TOWN}wissen/")["Location"] == TOWN
    assert "1 van 24 beantwoord" in text(client.get(f"{TOWN}stelling/1/"))


def test_error_in_an_htmx_request_is_a_whole_page(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}stelling/1/", {"mening": "9"}, headers=HTMX)
    assert response.status_code == 400
    assert "<html" in text(response)


def test_form_that_is_far_too_large_is_refused_in_dutch(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}weging/", {"thema": ["werk"] * 20_000})
    assert response.status_code == 400
    assert "Dit verzoek begrijpen we niet" in text(response)


def test_wrong_host_is_refused_in_dutch(client: Client) -> None:
    response = client.get("/", headers={"Host": "elders.example"})
    assert response.status_code == 400
    assert "Dit verzoek begrijpen we niet" in text(response)


def test_error_of_ours_is_a_dutch_page_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = Browser(raise_request_exception=False, headers={"Sec-Fetch-Site": "same-origin"})
    begin(patient)

    def fail(*args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("stemhulp.quiz.result_page.calculate", fail)
    response = patient.get(f"{TOWN}uitslag/")
    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in text(response)
    assert "secret detail" not in text(response)
