"""A voter's steps through the test client."""

from django.http import HttpResponse
from django.test import Client

HTMX = {"HX-Request": "true"}
TOWN = "/gr2022/voorbeeldstad/"


def begin(client: Client, place: str = TOWN) -> None:
    """Press the start button."""
    response = client.post(f"{place}begin/")
    assert response.status_code == 303, response.content


def answer(client: Client, number: int, opinion: object, place: str = TOWN) -> HttpResponse:
    response = client.post(f"{place}stelling/{number}/", {"mening": opinion})
    assert response.status_code == 303, response.content
    return response


def answer_all(client: Client, opinion: object = 2, place: str = TOWN, count: int = 24) -> None:
    for number in range(1, count + 1):
        answer(client, number, opinion, place)


def text(response: HttpResponse) -> str:
    """What stands on a page, with single spaces."""
    return " ".join(response.content.decode().split())
