"""What voters see of a programme that staff read, and of a motivation that staff withhold."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from parties.models import Party, User
from statements.models import Position, Research, Statement, Withholding
from stemhulp.editions import store
from stemhulp.quiz.result import participation
from tests.editions.republish import republish
from tests.quiz.browser import HTMX, TOWN, answer_all, begin, text

pytestmark = pytest.mark.django_db
QUOTE = "Wij bouwen <b>nergens</b> & nooit."


def person(name: str) -> User:
    return User.objects.get_or_create(email=f"{name}@example.nl")[0]


def read(count: int, slug: str = "gewoon-voorbeeldstad") -> Party:
    """What two people read of a list that answered nothing, about so many statements."""
    party = Party.objects.select_related("contest").get(
        slug=slug, contest__municipality__slug="voorbeeldstad", contest__election__slug="gr2022"
    )
    for asked in Statement.objects.asked_in(party.contest)[:count]:
        Research.objects.create(
            party=party,
            statement=asked,
            meaning=asked.meaning,
            stance=-1,
            quotation=QUOTE,
            source="Programma, bladzijde 4",
            entered_by=person("a"),
            entered_at=timezone.now(),
            checked_by=person("b"),
            checked_at=timezone.now(),
        )
    republish()
    return party


def test_programme_is_shown_as_a_quotation_with_its_source(client: Client) -> None:
    read(1)
    begin(client)
    answer_all(client, 1)
    page = text(client.get(f"{TOWN}uitslag/1/", headers=HTMX))
    assert "Op basis van het verkiezingsprogramma" in page
    assert "<p>“Wij bouwen &lt;b&gt;nergens&lt;/b&gt; &amp; nooit.”</p>" in page
    assert "Programma, bladzijde 4" in page
    assert page.count("Op basis van het verkiezingsprogramma") == 1
    assert "Op basis van" not in text(client.get(f"{TOWN}uitslag/2/", headers=HTMX))


def test_party_that_staff_read_counts_as_answering(client: Client) -> None:
    party = read(24)
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    assert party.slug in participation(edition).ranking
    begin(client)
    answer_all(client, 1)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert page.count("Op basis van het verkiezingsprogramma: deze partij antwoordde zelf") == 1


def plain(page: str) -> str:
    """The words, without the marks around them."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_party_of_which_staff_read_little_is_not_said_to_answer(client: Client) -> None:
    party = read(1)
    begin(client)
    answer_all(client, 1)
    page = plain(text(client.get(f"{TOWN}uitslag/")))
    assert (
        f"{party.name} antwoordde zelf niet; VluchtelingenWerk las over 1 van de 24 stellingen "
        "een standpunt in het verkiezingsprogramma" in page
    )
    assert "beantwoordde 1 van" not in page
    assert "We kennen hun antwoord op minder dan drie kwart" in page
    front = plain(text(client.get(TOWN)))
    assert "antwoordde zelf niet; VluchtelingenWerk las 1 van 24 in het programma" in front
    assert "1 van 24 beantwoord" not in front


def test_own_answers_are_counted_apart_from_those_read(client: Client) -> None:
    party = read(24, "jong-voorbeeldstad")
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    [known] = [each for each in edition.parties if each.slug == party.slug]
    assert 0 < known.answered_itself < known.answered
    front = plain(text(client.get(TOWN)))
    assert (
        f"{known.answered_itself} van 24 beantwoord; "
        f"VluchtelingenWerk las er nog {known.from_programme} in het programma" in front
    )
    begin(client)
    answer_all(client, 1)
    page = plain(text(client.get(f"{TOWN}uitslag/")))
    assert (
        f"Over {known.from_programme} van de 24 stellingen antwoordde deze partij niet zelf" in page
    )


def test_few_own_answers_and_few_read_are_both_told(client: Client) -> None:
    party = Party.objects.get(slug="jong-voorbeeldstad", contest__election__slug="gr2022")
    asked = Statement.objects.asked_in(party.contest)
    given = set(Position.objects.filter(party=party).values_list("statement", flat=True))
    first = next(at for at, each in enumerate(asked, 1) if each.pk not in given)
    read(first, party.slug)
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    [known] = [each for each in edition.parties if each.slug == party.slug]
    begin(client)
    answer_all(client, 1)
    page = plain(text(client.get(f"{TOWN}uitslag/")))
    assert (
        f"beantwoordde {known.answered_itself} van de 24 stellingen; over 1 andere las "
        "VluchtelingenWerk een standpunt" in page
    )


def test_withheld_motivation_says_why_and_leaves_the_stance(client: Client) -> None:
    first = Statement.objects.order_by("theme__order", "order")[0]
    row = Position.objects.filter(statement=first).exclude(motivation="").select_related("party")[0]
    Withholding.objects.create(
        party=row.party,
        statement=first,
        motivation=row.motivation,
        ground=Withholding.Ground.DEFAMATION,
        explanation="Niet over personen.",
        by=person("a"),
        at=timezone.now(),
    )
    republish()
    begin(client)
    answer_all(client, 1)
    page = text(client.get(f"{TOWN}uitslag/1/", headers=HTMX))
    assert "Toelichting weggelaten: belediging of smaad" in page
    assert row.motivation not in page
    assert "Niet over personen." not in page
    assert row.party.name in page
