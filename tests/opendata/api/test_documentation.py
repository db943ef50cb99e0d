"""The page at /api/v1/: complete, true, and readable by anyone."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stemhulp.editions import store
from stemhulp.opendata.downloads.licence import CREDIT
from tests.opendata.api.programs import ROOT, TOWN, ask, read, send, warm

pytestmark = pytest.mark.django_db
PAGE = f"{ROOT}/"


def page() -> str:
    response = ask(PAGE)
    assert response.status_code == 200
    return str(response.content.decode())


def said() -> str:
    """The words on it, without the marks around them."""
    plain = re.sub(r"<[^>]+>", "", page().replace("\n", " "))
    return " ".join(html.unescape(plain).split())


def schema() -> Any:
    return read(f"{ROOT}/openapi.json")


def test_schema_is_openapi_and_names_the_licence() -> None:
    made = schema()
    assert made["openapi"].startswith("3.1")
    assert made["info"]["license"]["identifier"] == "CC-BY-4.0"
    assert ask(f"{ROOT}/openapi.json", Origin="https://x.example")["Access-Control-Allow-Origin"]


def test_every_address_with_every_parameter_stands_on_the_page() -> None:
    text, sections = said(), page().split('<section class="endpoint"')[1:]
    operations = [
        (path, method, each)
        for path, methods in schema()["paths"].items()
        for method, each in methods.items()
    ]
    assert len(sections) == len(operations)
    for path, method, operation in operations:
        assert f"{method.upper()} {path}" in text
        [section] = [each for each in sections if f'<h3 id="{operation["operationId"]}">' in each]
        for each in operation["parameters"]:
            assert f"<code>{each['name']}</code>" in section
        for status in operation["responses"]:
            assert f"<code>{status}</code>" in section or status == "200"


def test_every_member_of_every_shape_stands_on_the_page_with_its_description() -> None:
    whole, text = page(), said()
    for name, shape in schema()["components"]["schemas"].items():
        section = whole.split(f'<h3 id="shape-{name}">')[1].split("<h3")[0]
        for member, each in shape["properties"].items():
            assert f"<code>{member}</code>" in section
            assert each.get("description", "").replace("`", "") in text
        assert shape["description"].replace("`", "") in text


def test_every_member_of_a_document_is_described() -> None:
    shape = schema()["components"]["schemas"]["Document"]
    document = read(f"{TOWN}/editions/1")
    assert document.keys() <= shape["properties"].keys()
    assert set(shape["required"]) <= document.keys()
    told = set(re.findall(r"`(\w+)`", shape["properties"]["parties"]["description"]))
    positions = [each for party in document["parties"] for each in party["positions"].values()]
    assert {name for each in positions for name in each} <= told


def test_source_is_named_as_the_files_name_it() -> None:
    assert f"“{CREDIT}”" in said()


def test_links_within_the_page_lead_somewhere() -> None:
    whole = page()
    anchors = set(re.findall(r' id="([^"]+)"', whole))
    links = set(re.findall(r'href="#([^"]+)"', whole))
    assert len(links) > 30
    assert links <= anchors
    assert len(re.findall(r' id="([^"]+)"', whole)) == len(anchors)


def test_examples_are_what_is_answered() -> None:
    for section in page().split('<section class="endpoint"')[1:]:
        own = section.partition("</section>")[0]
        command, answer = map(html.unescape, re.findall(r"<code>([^<]*)</code></pre>", own))
        if "--data" in command:
            response = send(command.split("--data '")[1].rstrip("'"))
        else:
            response = ask(command.replace("'", "").partition("http://testserver")[2])
        assert response.status_code == 200, command
        whole, shown = json.loads(response.content), json.loads(answer)
        assert shown.keys() == whole.keys()
        numbers = {name for name, value in whole.items() if isinstance(value, int)}
        assert {name: shown[name] for name in numbers} == {name: whole[name] for name in numbers}


def test_page_is_kept_and_asks_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    warm()
    first = client.get(PAGE)
    with django_assert_num_queries(0):
        again = client.get(PAGE)
    assert again.content == first.content
    assert client.get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Content-Language"] == "en"
    assert '<html lang="en"' in first.content.decode()


def test_page_asks_nobody_else_and_runs_nothing_of_its_own() -> None:
    whole = page()
    assert not re.findall(r"<script(?![^>]*src=)[^>]*>|<style|style=", whole)
    assert not re.findall(
        r'(?:src|href)="(?:https?:)?//(?!creativecommons\.org)', whole.split("<main")[0]
    )


def test_page_is_there_before_anything_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "contests", lambda _: {})
    monkeypatch.setattr(store, "imprints", lambda *_: ())
    assert "Nothing of this kind has been published here yet" in page()


def test_page_leads_to_the_rest_of_the_site_in_english() -> None:
    assert 'href="/en/' in page()
