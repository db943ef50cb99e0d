"""A voter's answers are nowhere but in the voter's browser: looked for in all that is written.

A voter with recognisable answers walks the whole quiz through the running product: granian with two
workers, a real PostgreSQL, DEBUG off, use counted, errors reported. Half way something fails, with
the answers in its hands. Then everything is searched.
"""

import base64
import contextlib
import csv
import io
import json
import pickle
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import brotli  # type: ignore[import-untyped]
import psycopg
import pytest

from tests.local.programs import need_postgres
from tests.local.runs import remove_elsewhere
from tests.privacy.failing import HEADER
from tests.privacy.needles import (
    PATTERN,
    Needle,
    Stance,
    answer_needles,
    double_needles,
    found,
    in_form,
    plain_needles,
)
from tests.privacy.product import CLIENT, TOWN, Product, Reply, Voter, product

FOREIGN = "203.0.113.77"  # whom the proxy names; RFC 5737
BROWSER = "Naaldbrowser/7.3"
MAILED = "iemand@example.nl"
SEARCHED = "naaldzoekterm"
CAME_FROM = "https://naaldherkomst.example/vanaf"
HABITS = {
    "User-Agent": BROWSER,
    "X-Forwarded-For": FOREIGN,
    "Referer": CAME_FROM,
    "Accept-Language": "nl-naaldtaal",
}
DOUBLED = (1, 11, 20)  # which statements count double: none beside another


@dataclass
class Walk:
    """What one voter did, and what the product wrote in the meantime, by the kind of place."""

    needles: list[Needle]
    places: dict[str, bytes]
    product: Product


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    need_postgres()
    home = tmp_path_factory.mktemp("privacy")
    with product(home) as made:
        keys = statement_keys(made)
        stances = dict(zip(keys, PATTERN, strict=True))
        doubled = [keys[index] for index in DOUBLED]
        with made.serving():
            voter, pages = take_quiz(made, stances, doubled)
            ask_for_mail(made)
            metrics = made.metrics()
        needles = [
            *answer_needles(stances),
            *double_needles(doubled),
            *plain_needles("who and where from", CLIENT, FOREIGN, BROWSER, CAME_FROM, "naaldtaal"),
            *plain_needles("searched", SEARCHED),
            *plain_needles("cookie", *(token[:40] for token in voter.tokens)),
            *page_needles(pages),
        ]
        places = everything(made) | {
            "metrics": metrics.encode(),
            "addresses": "\n".join(voter.addresses).encode(),
        }
        yield Walk(needles, places, made)
    remove_elsewhere(home)


def statement_keys(made: Product) -> list[str]:
    """In the order of the quiz."""
    with psycopg.connect(made.database) as connection:
        row = connection.execute("SELECT document FROM editions_publishededition").fetchone()
    assert row is not None
    return [each["key"] for each in json.loads(bytes(row[0]))["statements"]]


def take_quiz(
    made: Product, stances: dict[str, Stance], doubled: list[str]
) -> tuple[Voter, list[Reply]]:
    """Everything that a voter can do; with the pages that show what only this voter answered."""
    voter = Voter(made.port, HABITS)
    voter.get(f"/?plaats={SEARCHED}")
    answer_all(voter, TOWN, stances, doubled)
    pages = [look_around(voter, TOWN)]
    pages += take_along(voter)
    mistakes(voter, stances)
    assert voter.post(f"{TOWN}taal/", ("taal", "en"), Referer=f"{TOWN}uitslag/").status == 303
    look_around(voter, f"/en{TOWN}")
    answer_in_the_language_before(voter, stances)
    for venue in ("/kiosk", "/embed"):
        other = Voter(made.port, HABITS)
        answer_all(other, f"{venue}{TOWN}", stances, doubled)
        look_around(other, f"{venue}{TOWN}")
        voter.tokens += other.tokens
        voter.addresses += other.addresses
    assert voter.post(f"/en{TOWN}wissen/").status == 303
    ask_the_api(Voter(made.port, HABITS), stances, doubled)
    return voter, pages


def answer_in_the_language_before(voter: Voter, stances: dict[str, Stance]) -> None:
    """In a tab that was still in Dutch: the answer goes around by where the answers are."""
    key, stance = [*stances.items()][-1]
    fields = (("mening", in_form(stance)), ("stelling", key))
    whole, voter.cookie = voter.cookie, "en"
    sent_on = voter.post(f"{TOWN}stelling/{len(stances)}/", *fields)
    voter.cookie = whole
    sent_back = voter.post(sent_on.headers["location"], *fields)
    assert (sent_on.status, sent_back.status) == (307, 307)
    assert voter.post(sent_back.headers["location"], *fields).status == 303
    voter.post(f"{TOWN}taal/", ("taal", "en"))


def ask_for_mail(made: Product) -> None:
    """Somebody else does, so that there is a mail to look at."""
    address = f"http://127.0.0.1:{made.port}/account/"
    browser = build_opener(HTTPCookieProcessor())
    page = browser.open(address, timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page)
    assert token
    fields = urlencode({"email": MAILED, "csrfmiddlewaretoken": token[1]})
    assert browser.open(address, fields.encode(), timeout=60).status == 200


def answer_all(voter: Voter, place: str, stances: dict[str, Stance], doubled: list[str]) -> None:
    assert voter.post(f"{place}begin/").status == 303
    for number, (key, stance) in enumerate(stances.items(), 1):
        fields = (("mening", in_form(stance)), ("stelling", key))
        by_htmx = {"HX_Request": "true"} if number % 2 else {}
        reply = voter.post(f"{place}stelling/{number}/", *fields, **by_htmx)
        assert reply.status in {200, 303}, reply.text
    weights = [("stelling", key) for key in doubled]
    assert voter.post(f"{place}weging/", *weights).status == 303


def ask_the_api(program: Voter, stances: dict[str, Stance], doubled: list[str]) -> None:
    """It may be sent answers as well, where there is one."""
    there = program.get("/api/v1/openapi.json").status == 200
    body = {"election": "gr2022", "municipality": "voorbeeldstad", "stances": stances}
    whole = json.dumps(body | {"weights": {"statements": doubled}})
    for sent, more, status in (
        (whole, {}, 200),
        (whole, {HEADER: "yes"}, 500),
        (whole[:-5], {}, 400),
        (json.dumps(body | {"stances": [*stances.values()]}), {}, 422),
        (json.dumps(body | {"naam": SEARCHED}), {}, 422),
        (json.dumps(body | {"municipality": SEARCHED}), {}, 404),
    ):
        reply = program.send("/api/v1/match", sent, **more)
        assert reply.status == (status if there else 404), reply.text


def look_around(voter: Voter, place: str) -> Reply:
    result = voter.get(f"{place}uitslag/")
    party = [*dict.fromkeys(re.findall(r'uitslag/partij/([a-z0-9-]+)/"', result.text))]
    for path in (
        *("stelling/3/", "stellingen/", "weging/", "hoe-werkt-het/", "uitslag/profielen/"),
        *(f"uitslag/partij/{party[0]}/", f"uitslag/vergelijk/?partij={party[0]}&partij={party[1]}"),
        *(f"uitslag/?oneens={party[0]}", "uitslag/?extra=ja", "uitslag/4/"),
    ):
        assert voter.get(f"{place}{path}").status == 200, path
    return result


def take_along(voter: Voter) -> list[Reply]:
    pages = [voter.post(f"{TOWN}uitslag/pdf/"), voter.get(f"{TOWN}uitslag/afbeelding.png")]
    assert [page.status for page in pages] == [200, 200]
    assert voter.get(f"{TOWN}uitslag/afbeelding/").status == 200
    assert voter.get(f"{TOWN}delen/voorbeeld.png").status == 200
    return pages


def mistakes(voter: Voter, stances: dict[str, Stance]) -> None:
    """What goes wrong by the voter, and by us."""
    fields = [("mening", in_form(stance)) for stance in stances.values()]
    fields += [("stelling", key) for key in stances]
    for path, fails, status in (
        (f"{TOWN}stelling/2/", {HEADER: "yes"}, 500),
        (f"{TOWN}uitslag/", {HEADER: "yes"}, 500),
        (f"{TOWN}stelling/99/", {}, 404),
        (f"{TOWN}{urlencode(fields)[:500]}/", {}, 404),
        (f"{TOWN}uitslag/", {}, 405),
        (f"{TOWN}weging/", {"Sec-Fetch-Site": "cross-site"}, 403),
        (f"{TOWN}weging/", {"Host": "naaldherkomst.example"}, 400),
        (f"{TOWN}stelling/2/?{urlencode(fields)}", {HEADER: "yes"}, 500),
    ):
        reply = voter.post(path, *fields, **fails)
        assert reply.status == status, (path, reply.text)
    whole = voter.cookie
    voter.cookie = whole[:-8]
    assert voter.get(f"{TOWN}uitslag/").status == 400
    voter.cookie = whole


def page_needles(pages: list[Reply]) -> Iterator[Needle]:
    """From the middle of what only this voter's answers make: the result, its PDF and its image."""
    result, *files = pages
    said = re.findall(r"[^<>]{25,}\b\d+\s?%[^<>]*", result.text)
    assert said
    for text in said:
        yield Needle("result", " ".join(text.split())[:80].encode())
    for file in files:
        middle = len(file.content) // 2
        yield Needle("file", file.content[middle : middle + 48])


def everything(made: Product) -> dict[str, bytes]:
    """All that was written, by the kind of place."""
    kinds: dict[str, list[bytes]] = {"database": [made.dump()], "reports": [made.reports.content]}
    for kind, content in made.files():
        kinds.setdefault(kind, []).extend(unpacked(content))
    return {kind: b"\n".join(contents) for kind, contents in kinds.items()}


def unpacked(content: bytes) -> Iterator[bytes]:
    """A file, and what is packed in it: a PDF is a row of packed pieces, a page may be one."""
    yield content
    for start in re.finditer(rb"stream\r?\n", content) if content.startswith(b"%PDF") else ():
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(content[start.end() :])
    with contextlib.suppress(zlib.error):
        yield zlib.decompressobj(wbits=47).decompress(content)  # gzip, or zlib
    with contextlib.suppress(brotli.error):
        yield brotli.decompress(content)


@pytest.mark.parametrize(
    "place",
    ["database", "log", "files", "postgres", "mail", "reports", "metrics", "addresses"],
)
def test_nothing_of_a_voter_is_in(walk: Walk, place: str) -> None:
    assert walk.places[place]
    assert found(walk.needles, walk.places[place]) == set()


def test_it_was_all_done_and_written(walk: Walk) -> None:
    """Or there would be nothing to find anything in."""
    lines = [json.loads(line) for line in walk.product.log.splitlines()]
    served = [line for line in lines if line["logger"] == "stemhulp.requests"]
    assert len(served) > 120
    failures = [line for line in lines if line.get("exception") == "RuntimeError"]
    assert len(failures) in {3, 4}  # the fourth where there is an API
    assert walk.product.reports.content.count(b'"RuntimeError"') == len(failures)
    assert b'route="quiz:result"' in walk.places["metrics"]
    assert MAILED.encode() in walk.places["mail"]
    with psycopg.connect(walk.product.database) as connection:
        counted = connection.execute("SELECT started, finished FROM use_dailyuse").fetchall()
    assert counted == [(3, 3)]  # on the site, in a kiosk, in a frame


Plant = Callable[[Product, str], object]


def into_table(made: Product, text: str) -> None:
    with psycopg.connect(made.database) as connection:
        connection.execute(
            "INSERT INTO stemhulp_cache VALUES (%s, %s, now())",
            [text[:10], base64.b64encode(pickle.dumps(text)).decode()],
        )


def into_file(name: str) -> Plant:
    def plant(made: Product, text: str) -> None:
        path = made.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(text)

    return plant


def into_report(made: Product, text: str) -> None:
    address = made.reports.dsn.replace("key@", "")
    build_opener().open(address, text.encode(), timeout=10)


@pytest.mark.parametrize(
    ("place", "plant"),
    [
        ("database", into_table),
        ("log", into_file("server-too.log")),
        ("files", into_file("handouts/planted.json")),
        ("postgres", into_file("postgres/planted")),
        ("mail", into_file("mail/planted.eml")),
        ("reports", into_report),
    ],
)
def test_search_finds_what_is_planted(walk: Walk, place: str, plant: Plant) -> None:
    """The same search, once the answers are there: were it blind, the test above says nothing."""
    stances = dict(zip(statement_keys(walk.product), PATTERN, strict=True))
    plant(walk.product, json.dumps(stances))
    assert any(
        "by statement" in each for each in found(walk.needles, everything(walk.product)[place])
    )


def as_csv(stances: dict[str, Stance]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([in_form(stance) for stance in stances.values()])
    return written.getvalue()


FORMS: dict[str, Callable[[dict[str, Stance]], str | bytes]] = {
    "JSON": json.dumps,
    "a list in JSON": lambda stances: json.dumps(list(stances.values())),
    "the cookie's own form": lambda stances: json.dumps(stances, separators=(",", ":")),
    "Python": repr,
    "a list in Python": lambda stances: repr(list(stances.values())),
    "a form": lambda stances: urlencode([("mening", in_form(each)) for each in stances.values()]),
    "one posted answer": lambda stances: urlencode({"stelling": [*stances][5], "mening": "2"}),
    "CSV": as_csv,
    "digits": lambda stances: "".join(map(in_form, stances.values())),
    "base64": lambda stances: base64.b64encode(b"x" + json.dumps(stances).encode()),
    "hexadecimal": lambda stances: json.dumps([*stances.values()]).encode().hex(),
    "pickle": lambda stances: pickle.dumps([*stances.values()]),
    "a cached list": lambda stances: base64.b64encode(pickle.dumps([*stances.values()])),
    "JSON in JSON": lambda stances: json.dumps({"body": json.dumps(stances)}),
    "an address": lambda stances: urlencode({"q": json.dumps(stances)}),
}


@pytest.mark.parametrize("form", FORMS)
def test_answers_are_recognised_in_any_form(form: str) -> None:
    stances = {f"stelling-{number}": stance for number, stance in enumerate(PATTERN)}
    written = FORMS[form](stances)
    content = written if isinstance(written, bytes) else written.encode()
    assert found(answer_needles(stances), b"before" + content + b"after")


def test_answers_of_another_are_not_taken_for_these() -> None:
    stances = {f"stelling-{number}": stance for number, stance in enumerate(PATTERN)}
    other = dict(zip(stances, reversed(PATTERN), strict=True))
    for form in set(FORMS) - {"a form", "one posted answer"}:
        written = FORMS[form](other)
        content = written if isinstance(written, bytes) else written.encode()
        assert found(answer_needles(stances), content) == set()
