"""What a voter can do after the result."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest, Municipality, Party, User
from statements.models import Feature, Source
from stemhulp.editions import store
from stemhulp.editions.compile import compile_content, compile_edition
from stemhulp.editions.document import read
from stemhulp.quiz.what_now import what_now
from tests.curation.staff import region
from tests.editions.republish import republish
from tests.quiz.browser import TOWN, answer, begin, text

pytestmark = pytest.mark.django_db
UTRECHT = "/gr2022/utrecht/"
PROGRAMME = "https://groen.example/programma.pdf"


def told(client: Client, place: str = TOWN) -> str:
    """That part of the result page."""
    begin(client, place)
    answer(client, 1, 2, place)
    page = text(client.get(f"{place}uitslag/"))
    return page[page.index('id="wat-nu"') :].split("</section>")[0]


def contest() -> Contest:
    rows = Contest.objects.select_related("election", "municipality")
    return rows.get(election__slug="gr2022", municipality="VB0001")


def feature(kind: str, place: str | None = None, **fields: str) -> None:
    at = timezone.now()
    Feature.objects.create(
        key=f"{kind}-nieuw",
        kind=kind,
        municipality_id=place,
        source=Source.objects.all()[0],
        written_at=at,
        approved_at=at,
        **{"title": "Iets nieuws", "text": "Tekst.", **fields},
    )


def test_every_party_stands_there_with_its_website_and_programme(client: Client) -> None:
    section = told(client)
    assert f'href="{PROGRAMME}"' in section
    assert section.count("Website") == 9
    assert section.count("Programma") == 8
    assert section.count("Geen website bekend") == 1
    assert "Deze partijen zijn verzonnen. Hun websites bestaan niet." in section
    order = [section.index(each.name) for each in Party.objects.filter(contest=contest())]
    assert order == sorted(order)


def test_where_no_website_is_known_nothing_is_said_of_any(client: Client) -> None:
    section = told(client, UTRECHT)
    assert "Lees wat de partijen zelf zeggen" not in section
    assert "website" not in section


def test_after_election_day_nobody_is_told_to_vote(client: Client) -> None:
    section = told(client)
    assert "De verkiezing was op 16 maart 2022. Stemmen kan niet meer." in section
    assert "Stem op" not in section
    assert "<span>Wat neem je mee?</span>" in section


@time_machine.travel("2022-03-16 20:30+01:00", tick=False)
def test_until_the_end_of_the_day_it_says_when_and_how_to_vote(client: Client) -> None:
    section = told(client)
    assert "Stem op woensdag 16 maart 2022" in section
    assert "kan niet meer" not in section
    for title in ("Wie mag stemmen?", "Wat neem je mee?", "Waar en hoe laat?"):
        assert f"<span>{title}</span>" in section
    assert "Kieswet, artikel B 3" in section


def test_page_that_was_kept_changes_when_the_day_is_over() -> None:
    edition = compile_edition("gr2022", "voorbeeldstad")
    assert edition is not None
    with time_machine.travel("2022-03-16 12:00+01:00", tick=False):
        before = what_now(edition)
    with time_machine.travel("2022-03-17 00:00:01+01:00", tick=False):
        after = what_now(edition)
    assert "Stem op" in before
    assert "Stem op" not in after


def test_examples_are_of_this_municipality_alone(client: Client) -> None:
    assert "Samen leven en samen leren" in told(client, UTRECHT)
    assert "Samen leven en samen leren" not in told(client)


def test_what_one_municipality_tells_of_voting_and_its_newsletter_stands_only_there(
    client: Client,
) -> None:
    feature("voting", "GM0344", title="Stembureaus in Utrecht")
    feature("newsletter", "GM0344", title="Nieuws uit Utrecht", link="https://nieuws.example/")
    republish("utrecht")
    section = told(client, UTRECHT)
    assert "Stembureaus in Utrecht" in section
    assert 'href="https://nieuws.example/"' in section
    assert "Stembureaus in Utrecht" not in text(client.get(UTRECHT))
    assert "Nieuws uit Utrecht" not in told(client)


def test_how_to_vote_never_stands_behind_a_statement(client: Client) -> None:
    asked = store.edition("gr2022", "voorbeeldstad")
    assert asked is not None
    feature("voting")
    Feature.objects.filter(key="voting-nieuw").update(statements=[asked.statements[0].key])
    republish()
    begin(client)
    answer(client, 1, 2)
    assert "Iets nieuws" not in text(client.get(f"{TOWN}uitslag/1/"))


def test_newsletter_leads_to_where_one_signs_up(client: Client) -> None:
    assert 'href="https://www.vluchtelingenwerk.nl/"' in told(client)


def test_newsletter_without_an_address_has_no_link(client: Client) -> None:
    Feature.objects.filter(kind="newsletter").update(link="")
    republish()
    section = told(client)
    assert "De nieuwsbrief van VluchtelingenWerk" in section
    assert "Meld je aan" not in section


def test_team_of_the_region_can_be_reached(client: Client) -> None:
    place = region("midden", "VB0001")
    place.public_email, place.public_phone = "midden@example.nl", "030 123 45-67"
    place.save()
    assert "mailto:" not in told(client)  # not before it is published
    republish()
    section = told(client)
    assert 'href="mailto:midden@example.nl"' in section
    assert 'href="tel:0301234567"' in section
    assert "Dit is het team in de regio Midden." in section


def test_address_for_parties_is_not_published() -> None:
    place = region("midden", "VB0001")
    place.email = "alleen-partijen@example.nl"
    place.save()
    edition = compile_edition("gr2022", "voorbeeldstad")
    assert edition is not None
    assert edition.contact is None


def test_edition_says_nothing_of_what_is_not_there() -> None:
    """So that an edition of which nothing changed is the same, byte for byte."""
    published = store.document(store.imprints("gr2022", "utrecht")[-1])
    assert b'"contact"' not in published
    assert b'"programme":"' not in published


def test_older_edition_without_any_of_it_can_be_read() -> None:
    content = compile_content(contest())
    for party in content["parties"]:
        party.pop("website", None)
        party.pop("programme", None)
    del content["features"]
    older = what_now(read(content))
    assert "Wat nu?" in older
    assert "Lees wat de partijen zelf zeggen" not in older
    assert "<details>" not in older


def test_difficult_names_are_shown_as_they_are(client: Client) -> None:
    Party.objects.filter(slug="groen-voorbeeldstad").update(name="<b>" + "Groen" * 16)
    Municipality.objects.filter(code="VB0001").update(name="'s-Voorbeeld")
    feature("example", "VB0001", title="Een plein")
    republish()
    section = told(client)
    assert f"<strong>&lt;b&gt;{'Groen' * 16}</strong>" in section
    assert "Wat er in &#x27;s-Voorbeeld al gebeurt" in section


def test_it_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(client)
    with django_assert_num_queries(0):
        client.get(f"{TOWN}uitslag/")


def test_what_waits_for_a_second_person_is_not_there(client: Client) -> None:
    nina = User.objects.create_user("nina@example.nl", "Nina")
    Feature.objects.filter(key="stemmen-wie").update(
        written_by=nina, approved_at=None, written_at=timezone.now() - timedelta(days=1)
    )
    republish()
    assert "Wie mag stemmen?" not in told(client)
