"""A logo that is configured stands on what people take along, and nothing else moves for it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django.fixtures import Settings

from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.handouts.flyer import flyer_pdf
from stemhulp.handouts.qr import qr_drawing
from stemhulp.handouts.result import result_pdf
from stemhulp.logo import WIDEST, Logo, logo_in
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.leaflets import flyer_of, preview_of
from stemhulp.quiz.result import calculate
from stemhulp.quiz.result_image import result_card
from stemhulp.quiz.sheets import result_sheet
from tests.handouts.drawing import Drawn, drawn
from tests.handouts.samples import AT, TITLES
from tests.handouts.tags import figures_in
from tests.handouts.test_handouts import MOST, pages
from tests.quiz.browser import TOWN, answer_all, begin, text
from tests.test_logo import PNG, SVG, png, written

pytestmark = pytest.mark.django_db
NAMES = {"nl": "Logo van VluchtelingenWerk Nederland", "ar": "شعار VluchtelingenWerk Nederland"}


@pytest.fixture(autouse=True)
def empty_shelf(settings: Settings, tmp_path: Path) -> None:
    settings.HANDOUTS_FOLDER = tmp_path / "handouts"


def made_in(lang: str) -> dict[str, tuple[str, Any, dict[str, Any]]]:
    """Each handout: its template, what is on it, and what the template wants beside it."""
    edition = edition_in(lang)
    given = Answers(edition.path, {each.key: 1 for each in edition.statements})
    result, flyer = calculate(edition, given), flyer_of(edition, is_current=True)
    sheet = result_sheet(edition, result)
    assert sheet.ranking
    row = sheet.ranking.rows[0]
    many = replace(sheet, ranking=replace(sheet.ranking, rows=[row] * MOST))
    code = {"code": qr_drawing(flyer.link.url)}
    return {
        "result": ("result", sheet, {}),
        "result of many": ("result", many, {}),
        "a4": ("flyer", flyer, {"paper": "a4", **code}),
        "a5": ("flyer", flyer, {"paper": "a5", **code}),
        "preview": ("preview", preview_of(edition), {}),
        "image": ("result_image", result_card(edition, result), {}),
    }


def edition_in(lang: str) -> Edition:
    found = store.edition("gr2022", "voorbeeldstad", lang)
    assert found
    return found


def logo_of(content: bytes, folder: Path) -> Logo:
    found = logo_in(written(folder / "logo", content))
    assert found
    return found


@pytest.mark.parametrize("lang", TITLES)
def test_logo_stands_for_our_mark_and_nothing_moves_down(
    settings: Settings, tmp_path: Path, lang: str
) -> None:
    """Nor does the widest logo that there may be push a word to the next line."""

    def lines(handout: tuple[str, Any, dict[str, Any]]) -> list[tuple[float, tuple[str, ...]]]:
        template, content, more = handout
        found = [each for each in drawn(template, content, **more) if each.kind == "text"]
        return [(each.y, each.letters) for each in found]

    def images(handout: tuple[str, Any, dict[str, Any]]) -> list[Drawn]:
        template, content, more = handout
        return [each for each in drawn(template, content, **more) if each.kind == "image"]

    with override(lang):
        without = made_in(lang)
        settings.LOGO = logo_of(png(10 * WIDEST, 10), tmp_path)
        with_logo = made_in(lang)
        for name, handout in with_logo.items():
            assert lines(handout) == lines(without[name]), name
            assert len(images(handout)) == len(images(without[name]))
            assert gettext("Stemhulp vluchtelingen") == handout[1].brand


@pytest.mark.parametrize("content", [SVG, PNG, png(10 * WIDEST, 10), png(10, 60)])
@pytest.mark.parametrize("lang", NAMES)
def test_documents_keep_their_pages_and_name_the_logo(
    settings: Settings, tmp_path: Path, lang: str, content: bytes
) -> None:
    settings.LOGO = logo_of(content, tmp_path)
    with override(lang):
        made = made_in(lang)
    for name in ("result", "result of many"):
        document = result_pdf(made[name][1], AT)
        assert pages(document) == 2
        assert figures_in(document) == [NAMES[lang]]
    flyer = made["a4"][1]
    for paper in ("a4", "a5"):
        document = flyer_pdf(flyer, paper, AT)
        assert pages(document) == 1
        assert figures_in(document) == [NAMES[lang], flyer.code_alternative]


def test_without_a_logo_our_mark_is_decoration(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    assert figures_in(client.post(f"{TOWN}uitslag/pdf/").content) == []
    assert "?logo=" not in text(client.get(f"{TOWN}delen/"))


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_shelf_and_no_cache_shows_the_logo_of_before(
    client: Client, settings: Settings, tmp_path: Path, prefix: str
) -> None:
    """What is kept here is made anew, and what a cache kept elsewhere has another address."""

    def shown() -> tuple[list[str], list[bytes]]:
        store.clear()
        page = text(client.get(f"{prefix}{TOWN}delen/"))
        names = ("voorbeeld.png", "flyer-a4.pdf", "flyer-a5.pdf")
        version = f"?logo={settings.LOGO.version}" if settings.LOGO else ""
        links = [f"{prefix}{TOWN}delen/{name}{version}" for name in names]
        assert all(f'"{link}"' in page for link in links)
        assert f'content="http://testserver{links[0]}"' in page
        answers = [client.get(link) for link in [*links, f"{prefix}/gr2022/voorbeeld.png{version}"]]
        assert {each.status_code for each in answers} == {200}
        return links, [each.content for each in answers]

    seen = [shown()]
    for content in (SVG, PNG, png(90, 30, b"\x20\x30\xd0")):
        settings.LOGO = logo_of(content, tmp_path)
        seen.append(shown())
    settings.LOGO = None
    assert shown() == seen[0]
    for link in range(3):
        assert len({links[link] for links, _ in seen}) == len(seen)
    for made in range(4):
        assert len({contents[made] for _, contents in seen}) == len(seen)
