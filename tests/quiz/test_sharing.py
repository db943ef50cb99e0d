"""Sharing the quiz: the page with a link, the preview beside it, the flyer, the line to embed."""

import html
import re
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Municipality
from stemhulp.editions import store
from stemhulp.handouts.characters import isolated, plain
from stemhulp.quiz import shelf
from stemhulp.quiz.leaflets import flyer_of, preview_of
from tests.editions.republish import republish
from tests.handouts.codes import codes_on, printed
from tests.handouts.samples import preview_card
from tests.quiz.browser import TOWN, text

pytestmark = pytest.mark.django_db
UTRECHT = "/gr2022/utrecht/"
SITE = "http://testserver"
PNG, PDF = b"\x89PNG", b"%PDF-1.7"


@pytest.fixture(autouse=True)
def empty_shelf(settings: Settings, tmp_path: Path) -> Path:
    folder: Path = tmp_path / "handouts"
    settings.HANDOUTS_FOLDER = folder
    return folder


def on_shelf(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def meta(page: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="(og:[\w:]+|twitter:card)" content="([^"]*)"', page
    )
    return dict(found)


@pytest.mark.parametrize("prefix", ["", "/en", "/ar"])
@pytest.mark.parametrize("page", [UTRECHT, f"{TOWN}delen/", "/gr2022/"])
def test_page_says_what_a_link_to_it_shows(client: Client, prefix: str, page: str) -> None:
    said = meta(text(client.get(prefix + page)))
    assert said["og:url"] == SITE + prefix + page.removesuffix("delen/")
    assert said["twitter:card"] == "summary_large_image"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"]
    image = client.get(urlsplit(said["og:image"]).path)
    assert image["Content-Type"] == "image/png"
    assert image.content.startswith(PNG)
    assert len(image.content) < 100 * 1024


def test_pages_with_answers_say_nothing_of_the_kind(client: Client) -> None:
    client.post(f"{TOWN}begin/")
    for page in ("stelling/1/", "uitslag/"):
        assert not meta(text(client.get(TOWN + page)))


@pytest.mark.parametrize("page", ["", "delen/"])
def test_frame_and_kiosk_share_our_own_site(client: Client, page: str) -> None:
    for venue in ("/embed", "/kiosk"):
        said = meta(text(client.get(f"{venue}{UTRECHT}{page}")))
        assert said["og:url"] == SITE + UTRECHT
        assert said["og:image"] == f"{SITE}{UTRECHT}delen/voorbeeld.png"


def test_everything_to_share_works_without_scripts(client: Client) -> None:
    assert f'href="{UTRECHT}delen/"' in text(client.get(UTRECHT))
    page = text(client.get(f"{UTRECHT}delen/"))
    assert f'value="{SITE}{UTRECHT}"' in page
    for paper in ("a4", "a5"):
        assert f'href="{UTRECHT}delen/flyer-{paper}.pdf"' in page
    assert f'src="{SITE}/embed.js"' in page.replace("&quot;", '"')
    assert 'data-municipality="utrecht"' in page


def test_line_to_embed_asks_for_the_language_of_the_page(client: Client) -> None:
    assert "data-language" not in text(client.get(f"{UTRECHT}delen/"))
    assert 'data-language="uk"' in text(client.get(f"/uk{UTRECHT}delen/"))


@pytest.mark.parametrize("prefix", ["", "/ar", "/uk", "/embed/tr"])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_flyer_is_a_document_that_any_cache_may_keep(
    client: Client, prefix: str, paper: str
) -> None:
    response = client.get(f"{prefix}{UTRECHT}delen/flyer-{paper}.pdf")
    assert response.content.startswith(PDF)
    assert response["Content-Type"] == "application/pdf"
    assert f'filename="stemhulp-utrecht-{paper}.pdf"' in response["Content-Disposition"]
    assert "max-age=86400" in response["Cache-Control"]
    assert not response.cookies
    language = prefix.removeprefix("/embed").strip("/")
    address = f"{SITE}/{language}{UTRECHT}" if language else f"{SITE}{UTRECHT}"
    assert f"/URI({address})".encode() in response.content
    again = client.get(
        f"{prefix}{UTRECHT}delen/flyer-{paper}.pdf", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("prefix", ["", "/uk", "/embed/ar"])
@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("place", ["utrecht", "s-hertogenbosch", "voorbeeldstad"])
def test_code_on_a_printed_flyer_leads_to_the_quiz(
    client: Client, prefix: str, paper: str, place: str
) -> None:
    republish(place)
    document = client.get(f"{prefix}/gr2022/{place}/delen/flyer-{paper}.pdf").content
    ((code,),) = map(codes_on, printed(document))
    assert code.text == f"{SITE}{prefix.removeprefix('/embed')}/gr2022/{place}/"
    landed = client.get(urlsplit(code.text).path)
    assert landed.status_code == 200
    name = Municipality.objects.get(slug=place).name
    assert name in html.unescape(text(landed))


def test_paper_that_we_do_not_print_on_is_no_page(client: Client) -> None:
    assert client.get(f"{UTRECHT}delen/flyer-a3.pdf").status_code == 404


def test_municipality_without_a_quiz_has_no_flyer(client: Client) -> None:
    assert client.get("/gr2022/urk/delen/").status_code == 404
    assert client.get("/gr2022/urk/delen/flyer-a4.pdf").status_code == 404
    assert client.get("/gr2022/urk/delen/voorbeeld.png").status_code == 404
    assert client.get("/gr1850/voorbeeld.png").status_code == 404


def test_flyer_shows_the_short_address_only_while_it_leads_there() -> None:
    edition = store.edition("gr2022", "utrecht")
    assert edition
    for is_current, shown in [(True, "testserver/utrecht"), (False, "testserver/gr2022/utrecht")]:
        link = flyer_of(edition, is_current=is_current).link
        assert (link.shown, link.url) == (shown, SITE + UTRECHT)


@pytest.mark.parametrize(("language", "asks"), [("nl", True), ("en", True), ("uk", False)])
def test_flyer_asks_a_question_in_its_own_language_or_none(language: str, *, asks: bool) -> None:
    with override(language):
        edition = store.edition("gr2022", "voorbeeldstad", language)
        assert edition
        topics = flyer_of(edition, is_current=True).topics
    themes = edition.questionnaire.themes
    assert [each.name.text for each in topics] == [theme.name for theme in themes]
    assert [each.text for each in topics] == [theme.question if asks else "" for theme in themes]


def test_handouts_write_the_name_of_a_municipality_as_print_does() -> None:
    edition = store.edition("gr2022", "utrecht")
    assert edition
    place = replace(edition.municipality, name="'s-Hertogenbosch")
    named = preview_of(replace(edition, municipality=place))
    assert isolated("’s-Hertogenbosch") in named.title
    assert plain(named.title) == "Hoe denken de partijen in ’s-Hertogenbosch over vluchtelingen?"


def test_known_handout_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(UTRECHT)
    client.get("/gr2022/voorbeeld.png")
    with django_assert_num_queries(0):
        client.get(f"{UTRECHT}delen/")
        client.get(f"{UTRECHT}delen/voorbeeld.png")
        client.get(f"{UTRECHT}delen/flyer-a4.pdf")
        client.get("/gr2022/voorbeeld.png")


def test_preview_is_made_once(client: Client, empty_shelf: Path) -> None:
    first = client.get(f"{UTRECHT}delen/voorbeeld.png")
    (kept,) = on_shelf(empty_shelf)
    kept.write_bytes(b"kept")
    store.clear()
    assert client.get(f"{UTRECHT}delen/voorbeeld.png").content == b"kept"
    kept.unlink()
    again = client.get(f"{UTRECHT}delen/voorbeeld.png")
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_other_text_and_other_design_are_other_files(
    empty_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = [preview_card(), preview_card(title="Anders")]
    assert [shelf.kept(card, ".png", lambda: b"x") for card in cards] == [b"x", b"x"]
    monkeypatch.setattr(shelf, "design", lambda: "another")
    shelf.kept(cards[0], ".png", lambda: b"x")
    shelf.kept(cards[0], "-a4.pdf", lambda: b"x")
    assert len(on_shelf(empty_shelf)) == 4


def test_many_at_once_make_it_once(empty_shelf: Path) -> None:
    """Each opens the lock anew, as another process would (flock(2))."""
    made, ready = list[int](), threading.Barrier(8)

    def make() -> bytes:
        made.append(1)
        threading.Event().wait(0.05)
        return b"x"

    def ask() -> None:
        ready.wait()
        shelf.kept(preview_card(), ".png", make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_folder_that_cannot_be_written_to_keeps_nobody_waiting(
    client: Client, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.HANDOUTS_FOLDER = tmp_path / "file" / "handouts"
    assert client.get(f"{UTRECHT}delen/voorbeeld.png").content.startswith(PNG)
    assert "cannot be written to" in caplog.text


@pytest.mark.parametrize("name", ["'s-Graveland", '<b>Dik</b> & "co"', "Z" * 80, "حي 🐦"])
def test_any_name_can_be_shared(client: Client, name: str) -> None:
    Municipality.objects.filter(slug="utrecht").update(name=name)
    republish("utrecht")
    assert "<b>Dik" not in text(client.get(f"{UTRECHT}delen/"))
    assert client.get(f"{UTRECHT}delen/voorbeeld.png").content.startswith(PNG)
    assert client.get(f"{UTRECHT}delen/flyer-a5.pdf").content.startswith(PDF)
