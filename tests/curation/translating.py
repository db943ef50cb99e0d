"""Steps of who translates, for tests, and what there is to translate."""

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from parties.models import Municipality
from statements.models import Feature, Source, Statement, Translation
from tests.curation.staff import KEY, colleague, enter, green
from tests.quiz.browser import text

ROOM = "/redactie/vertalingen/"
ELECTION = f"{ROOM}gr2022/"
ENGLISH = f"{ELECTION}en/"
ARABIC = f"{ELECTION}ar/"
WHOLE = {
    "text": "The municipality should open small shelters.",
    "explanation": "What it is about.",
    "argument_for": "For.",
    "argument_against": "Against.",
    "reason": "Because.",
}


def statement() -> Statement:
    return Statement.objects.get(key=KEY, election__slug="gr2022")


def address(language: str = "en") -> str:
    return f"{ELECTION}{language}/statement-{statement().pk}/"


def filled() -> dict[str, str]:
    names = [f"background-{row.order}" for row in statement().backgrounds.all()]
    return WHOLE | dict.fromkeys(names, "A figure.")


def hidden(page: str, name: str) -> str:
    [value] = re.findall(f'name="{name}" value="([^"]*)"', page)[:1]
    return str(value)


def seen_in(page: str) -> dict[str, str]:
    """What its form sends along: which version, and which Dutch, someone saw."""
    return {name: hidden(page, name) for name in ("version", "dutch")}


def write(client: Client, page: str, **texts: str) -> Any:
    """Open the page and send the form with what stood hidden in it."""
    return client.post(page, seen_in(text(client.get(page))) | texts)


def row(subject: str = "", language: str = "en") -> Translation:
    name = subject or f"statement:{statement().pk}"
    return Translation.objects.get(subject=name, language=language)


def written(client: Client, by: Any = None) -> Translation:
    """A whole draft, by a colleague."""
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, by or colleague())
    assert write(other, address(), **filled()).status_code == 302
    return row()


def approve(client: Client, page: str = "", version: object = 1) -> Any:
    return client.post(f"{page or address()}nagelezen/", {"version": version})


def motivation_address(slug: str = "groen-voorbeeldstad") -> str:
    position = green().positions.exclude(motivation="").first()
    assert position is not None
    return f"{ENGLISH}motivation-{position.pk}/"


def local_statement(**values: Any) -> Statement:
    """One for Voorbeeldstad, never approved."""
    like = statement()
    return Statement.objects.create(
        election=like.election,
        municipality=Municipality.objects.get(slug="voorbeeldstad"),
        key="lokaal",
        theme=like.theme,
        order=99,
        text="De gemeente opent een taalcafé.",
        explanation="Uitleg.",
        argument_for="Voor.",
        argument_against="Tegen.",
        recommendation=1,
        reason="Daarom.",
        source=like.source,
        **values,
    )


def feature(**values: Any) -> Feature:
    at = timezone.now()
    return Feature.objects.create(
        key="taalcafe",
        kind="story",
        title="Het taalcafé",
        text="Elke week Nederlands oefenen.",
        source=Source.objects.all()[0],
        written_at=at,
        approved_at=at,
        **values,
    )
