"""Steps of who writes statements, for tests."""

from typing import Any

from django.test import Client

from statements.models import Statement
from tests.curation.staff import KEY
from tests.quiz.browser import text

ROOM = "/redactie/stellingen/gr2022/"
NEW = f"{ROOM}nieuw/"
APPROVED = f"{ROOM}{KEY}/"
WORDS = "De gemeente moet een fiets geven aan elke nieuwe inwoner uit een azc."
FORM = {
    "place": "landelijk",
    "theme": "werk",
    "order": "",
    "text": WORDS,
    "explanation": "Een azc ligt vaak ver van het dorp.",
    "argument_for": "Met een fiets kun je naar school en naar werk.",
    "argument_against": "Een fiets kost geld.",
    "recommendation": "2",
    "reason": "VluchtelingenWerk wil dat mensen mee kunnen doen.",
    "source": "stemhulp-2022",
    "background_1": "Een fiets kost ongeveer 150 euro.",
    "background_source_1": "",
}


def saved(statement: Statement, **changes: Any) -> dict[str, str]:
    """The form of a statement as its page gives it, with some of it written anew."""
    content = {**statement.versions.get(number=statement.latest).content, **changes}
    backgrounds = content.pop("backgrounds")
    for number, each in enumerate(backgrounds, 1):
        content[f"background_{number}"] = each["text"]
        content[f"background_source_{number}"] = each["source"]
    seen = {"version": statement.latest, "order": statement.order}
    return {name: str(value) for name, value in {**seen, **content}.items()}


def begun(client: Client, **changes: str) -> Statement:
    response = client.post(NEW, {**FORM, **changes})
    assert response.status_code == 302, text(response)
    return Statement.objects.latest("pk")


def approved() -> Statement:
    return Statement.objects.get(key=KEY, election__slug="gr2022")
