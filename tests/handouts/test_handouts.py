"""What a voter or a volunteer takes along: tagged documents, images of a size, text as it is."""

import re
import struct
import time
from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from stemhulp.handouts import typesetting
from stemhulp.handouts.characters import REPLACEMENT, readable
from stemhulp.handouts.flyer import Paper, flyer_pdf
from stemhulp.handouts.images import PREVIEW_SIZE, RESULT_SIZE, preview_image, result_image
from stemhulp.handouts.qr import qr_drawing
from stemhulp.handouts.result import result_pdf
from tests.handouts.samples import (
    AT,
    LINK,
    TITLES,
    names,
    preview_card,
    result_card,
    sample_flyer,
    sheet,
    words,
)

LONG = "Z" * 80
HOSTILE = '#panic("x") *dik* $x$ \\ "quote" <label> @ref // rest /* */ `raw` = kop'
MOST = 26  # lists on a ballot: Amsterdam, 2022


def pages(document: bytes) -> int:
    return len(re.findall(rb"/Type/Page\b", document))


def size(image: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG, 11.2.1)."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def paper(document: bytes) -> tuple[float, float]:
    found = re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", document)
    assert found
    return float(found[1]), float(found[2])


@pytest.mark.parametrize("lang", TITLES)
def test_result_is_a_tagged_document_in_its_language(lang: str) -> None:
    document = result_pdf(sheet(lang=lang, is_rtl=lang == "ar", title=TITLES[lang]), AT)
    assert document.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"/MarkInfo<</Marked true" in document
    assert b"/StructTreeRoot" in document
    assert f"/Lang({lang})".encode() in document
    assert b"/DisplayDocTitle true" in document
    assert f">{TITLES[lang]}</rdf:li>".encode() in document
    for tag in (b"/S/H1", b"/S/H2", b"/S/H3", b"/S/Table", b"/S/TH", b"/S/Link"):
        assert tag in document
    assert (b"/Direction/R2L" in document) is (lang == "ar")


def test_result_fits_on_two_pages_of_a4() -> None:
    document = result_pdf(sheet(names(13)), AT)
    assert pages(document) == 2
    assert paper(document) == pytest.approx((595.28, 841.89), abs=0.1)


def test_result_with_as_many_parties_as_amsterdam_takes_a_third_page_at_most() -> None:
    assert pages(result_pdf(sheet(names(MOST)), AT)) <= 3
    assert pages(result_pdf(sheet([LONG, *names(MOST - 1)]), AT)) <= 3


def test_result_without_any_party_or_opinion_is_one_too() -> None:
    bare = sheet(ranking=None, profile=None, apart=None, certainty="", notice="")
    assert pages(result_pdf(bare, AT)) <= 2


@pytest.mark.parametrize(
    "name", [HOSTILE, LONG, "Partij 🐦", "政党", "حزب Groen", "a\x00b\x1b", ""]
)
def test_any_name_is_text_and_is_set(name: str) -> None:
    assert result_pdf(sheet([name]), AT)
    assert result_image(result_card([name]))
    assert flyer_pdf(sample_flyer(place=name or "-"), "a4", AT)
    assert preview_image(preview_card(title=name))


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_character_is_refused(text: str) -> None:
    group = replace(sheet(), certainty=text, lead=[text], notice=text)
    assert result_pdf(group, AT)


def test_what_no_font_shows_is_replaced_and_long_words_may_break() -> None:
    assert readable("Partij 🐦") == f"Partij {REPLACEMENT}"
    for title in TITLES.values():
        assert readable(title) == title
    assert readable(LONG).replace("\u200b", "") == LONG
    assert "\u200b" in readable(LONG)
    assert readable(LINK.shown) == LINK.shown


def test_address_is_never_changed() -> None:
    document = result_pdf(sheet(), AT)
    assert f"/URI({LINK.url})".encode() in document


def test_result_is_there_within_a_second() -> None:
    result_pdf(sheet(), AT)  # the first one reads the fonts
    start = time.monotonic()
    result_pdf(sheet(names(MOST)), AT)
    assert time.monotonic() - start < 1


def test_nothing_of_a_voter_stays_in_memory() -> None:
    """What typst still holds, it sets anew in a fraction of the time."""

    def seconds() -> float:
        start = time.process_time()
        typesetting.pdf("result", sheet(), AT)
        return time.process_time() - start

    seconds()
    held = min(seconds() for _ in range(3))
    times = []
    for _ in range(3):
        result_pdf(sheet(), AT)
        times.append(seconds())
    assert min(times) > 2 * held


@pytest.mark.parametrize(("size", "points"), [("a4", (595.28, 841.89)), ("a5", (419.53, 595.28))])
def test_flyer_is_one_tagged_page(size: Paper, points: tuple[float, float]) -> None:
    document = flyer_pdf(sample_flyer(), size, AT)
    assert pages(document) == 1
    assert paper(document) == pytest.approx(points, abs=0.1)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"/Alt(Een QR-code)" in document
    assert f"/URI({LINK.url})".encode() in document


def test_flyer_of_a_place_with_a_long_name_is_one_page() -> None:
    place = "Kollumerland en Nieuwkruisland aan den Rijn"
    for size in ("a4", "a5"):
        assert pages(flyer_pdf(sample_flyer(place=place, steps=["Lang. " * 12] * 3), size, AT)) == 1


def test_flyer_is_the_same_whenever_it_is_made() -> None:
    assert flyer_pdf(sample_flyer(), "a4", AT) == flyer_pdf(sample_flyer(), "a4", AT)


def test_code_is_made_of_lines() -> None:
    drawing = qr_drawing(LINK.url)
    assert "<path" in drawing
    assert drawing != qr_drawing("https://stemhulp.example/gr2022/elders/")


@pytest.mark.parametrize("lang", TITLES)
def test_preview_has_the_size_that_other_sites_expect(lang: str) -> None:
    image = preview_image(preview_card(lang=lang, is_rtl=lang == "ar", title=TITLES[lang]))
    assert size(image) == PREVIEW_SIZE
    assert len(image) < 100 * 1024


def test_preview_of_the_longest_name_is_small_enough() -> None:
    title = "Hoe denken de partijen in Haarlemmerliede en Spaarnwoude over vluchtelingen?"
    assert len(preview_image(preview_card(title=title))) < 100 * 1024


def test_image_of_a_result_is_one_image() -> None:
    assert size(result_image(result_card())) == RESULT_SIZE
    assert size(result_image(result_card([LONG] * 5))) == RESULT_SIZE
    assert size(result_image(result_card(["Een"]))) == RESULT_SIZE


def test_text_of_others_keeps_its_own_direction() -> None:
    arabic = sheet(lang="ar", is_rtl=True, title=TITLES["ar"])
    first = arabic.answers.columns[0][0]
    mixed = replace(first, name=words("استقبال", "ar"))
    answers = replace(arabic.answers, columns=[[first], [mixed]])
    assert b"/Lang(nl)" in result_pdf(replace(arabic, answers=answers), AT)


def test_drawings_are_those_of_the_pages() -> None:
    symbols = (settings.BASE_DIR / "templates/_symbols.html").read_text()
    identity = (typesetting.TEMPLATES / "identity.typ").read_text()
    drawn = re.findall(r'^  \w+: "([Mm][^"]+)"', identity, re.MULTILINE)
    assert len(drawn) == symbols.count('id="theme-') * 2
    for lines in drawn:
        assert f'd="{lines}"' in symbols
    for colour in re.findall(r'(?:paper|ink|primary|hair) = rgb\("(#\w+)"\)', identity):
        assert colour in (settings.BASE_DIR / "static/css/stemhulp.css").read_text()
