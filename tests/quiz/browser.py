"""A voter's steps through the test client."""

import html
import re
from http.cookies import SimpleCookie
from typing import Any, Protocol

from django.test import Client


class Page(Protocol):
    """A response with something on it."""

    @property
    def content(self) -> bytes: ...
    def __getitem__(self, header: str, /) -> str: ...


class Browser(Client):
    """A test client that tells cookies of one name apart by their paths, as browsers do.

    Those that a response sets beside the first have the key of their name and more (SimpleCookie
    holds one of a key).
    """

    def _base_environ(self, **request: Any) -> dict[str, Any]:
        kept, path = self.cookies, str(request.get("PATH_INFO", "/"))
        self.cookies = SimpleCookie()
        for key, cookie in kept.items():
            if path.startswith(cookie["path"]):
                dict.__setitem__(self.cookies, key, cookie)
        try:
            return super()._base_environ(**request)  # type: ignore[no-any-return,misc]
        finally:
            self.cookies = kept

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        for key, cookie in response.cookies.items():
            for other, old in [*self.cookies.items()]:
                is_same = (old.key, old["path"]) == (cookie.key, cookie["path"])
                if is_same and (other != key or cookie["max-age"] == 0):
                    del self.cookies[other]
        return response


HTMX = {"HX-Request": "true"}
TOWN = "/gr2022/voorbeeldstad/"


def begin(client: Client, place: str = TOWN) -> None:
    """Press the start button."""
    response = client.post(f"{place}begin/")
    assert response.status_code == 303, response.content


def answer(client: Client, number: int, opinion: object, place: str = TOWN) -> Page:
    response = client.post(f"{place}stelling/{number}/", {"mening": opinion})
    assert response.status_code == 303, response.content
    return response


def answer_all(client: Client, opinion: object = 2, place: str = TOWN, count: int = 24) -> None:
    for number in range(1, count + 1):
        answer(client, number, opinion, place)


def text(response: Page) -> str:
    """What stands on a page, with single spaces; its markup stays as it is."""
    page = " ".join(response.content.decode().split())
    return re.sub(r"&#(\d{3,});|&(nbsp|ndash);", lambda found: html.unescape(found[0]), page)


def words(response: Page) -> str:
    """The words on a page, without the marks around them."""
    plain = re.sub(r"</?(bdi|strong|code|a)\b[^>]*>", "", text(response))
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())
