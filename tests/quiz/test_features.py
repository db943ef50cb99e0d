"""What VluchtelingenWerk tells beside the statements, as a voter meets it."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import User
from statements.models import Feature, Statement
from tests.editions.republish import republish
from tests.quiz.browser import TOWN, text

pytestmark = pytest.mark.django_db
SECTION = "Wat er in Utrecht al gebeurt"


def number_of(key: str) -> int:
    keys = list(
        Statement.objects.filter(election__slug="gr2022")
        .order_by("theme__order", "order")
        .values_list("key", flat=True)
    )
    return keys.index(key) + 1


def test_page_of_a_municipality_tells_what_happens_there(client: Client) -> None:
    page = text(client.get("/gr2022/utrecht/"))
    section = page[page.index(SECTION) :]
    assert "Samen leven en samen leren" in section
    assert "Dit vertelt VluchtelingenWerk Nederland" in section
    assert "Bron: Welkom Hier (Justice and Peace)" in section


def test_another_municipality_does_not_tell_it(client: Client) -> None:
    for place in ("amsterdam", "voorbeeldstad"):
        page = text(client.get(f"/gr2022/{place}/"))
        assert "al gebeurt" not in page
        assert "Samen leven en samen leren" not in page


def test_stories_and_flyer_are_folded_below_the_button(client: Client) -> None:
    page = text(client.get(TOWN))
    folded = page.index("<summary>Verhalen en voorbeelden</summary>")
    assert page.index("Begin met de stellingen") < folded
    assert folded < page.index("Khaled wilde weer lesgeven")
    assert page.index("Khaled wilde weer lesgeven") < page.index("Stem met je hart!")
    assert "72 procent" not in page  # a figure stands behind its statement


def test_what_is_told_of_a_statement_comes_after_the_answer(client: Client) -> None:
    number = number_of("plan-voor-werk")
    client.post(f"{TOWN}begin/")
    assert "72 procent" not in text(client.get(f"{TOWN}stelling/{number}/"))
    client.post(f"{TOWN}stelling/{number}/", {"mening": "1"})
    page = text(client.get(f"{TOWN}uitslag/{number}/"))
    assert "72 procent" in page
    assert "Bron: pagina voor lokale politici" in page


def test_what_one_municipality_does_never_stands_behind_the_statement_elsewhere(
    client: Client,
) -> None:
    """Both contests ask the same statements, and share what is rendered of them."""
    Feature.objects.filter(key="utrecht-samen-leven-samen-leren").update(
        statements=["plan-voor-werk"]
    )
    republish("utrecht")
    path = f"uitslag/{number_of('plan-voor-werk')}/"
    for place, is_told in (("utrecht", True), ("amsterdam", False), ("utrecht", True)):
        client.post(f"/gr2022/{place}/begin/")
        client.post(f"/gr2022/{place}/stelling/1/", {"mening": "1"})
        page = text(client.get(f"/gr2022/{place}/{path}"))
        assert ("Samen leven en samen leren" in page) is is_told
        assert "72 procent" in page


def test_link_leads_on_and_text_is_only_text(client: Client) -> None:
    Feature.objects.filter(key="khaled-natuurkunde").update(
        link="https://example.nl/verhaal?a=1&b=2", text="<b>dik</b>"
    )
    republish("voorbeeldstad")
    page = text(client.get(TOWN))
    assert 'href="https://example.nl/verhaal?a=1&amp;b=2"' in page
    assert "&lt;b&gt;dik" in page


def test_what_waits_or_was_withdrawn_is_not_told(client: Client) -> None:
    nina = User.objects.create_user("nina@example.nl", "Nina")
    Feature.objects.filter(key="khaled-natuurkunde").update(written_by=nina, approved_at=None)
    Feature.objects.filter(kind="flyer").update(withdrawn_at=timezone.now(), withdrawn_by=nina)
    republish("voorbeeldstad")
    assert "Verhalen en voorbeelden" not in text(client.get(TOWN))


def test_no_voter_asks_the_database_for_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    number = number_of("plan-voor-werk")
    client.get(TOWN)
    client.post(f"{TOWN}begin/")
    with django_assert_max_num_queries(0):
        client.get(TOWN)
        client.get(f"{TOWN}uitslag/{number}/")
