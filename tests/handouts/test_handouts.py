"""What a voter or a volunteer takes along: tagged documents, images of a size, text as it is."""

import re
import struct
import time
from collections import Counter
from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from stemhulp.handouts import typesetting
from stemhulp.handouts.characters import REPLACEMENT, isolated, plain, readable
from stemhulp.handouts.flyer import Paper, flyer_pdf
from stemhulp.handouts.images import PREVIEW_SIZE, RESULT_SIZE, preview_image, result_image
from stemhulp.handouts.qr import qr_drawing
from stemhulp.handouts.result import AllAnswers, result_pdf
from stemhulp.handouts.values import Topic
from tests.handouts.codes import PAPER, codes_on, printed
from tests.handouts.drawing import Drawn, drawn, runs, spoken
from tests.handouts.samples import (
    AT,
    LINK,
    THEMES,
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
PRIMARY = "#17505f"  # the colour of names, bars and what may be pressed
MOST = 26  # lists on a ballot: Amsterdam, 2022


def pages(document: bytes) -> int:
    return len(re.findall(rb"/Type/Page\b", document))


def size(image: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG, 11.2.1)."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def theme_colours() -> set[str]:
    identity = (typesetting.TEMPLATES / "identity.typ").read_text()
    found = set(re.findall(rf'(?:{"|".join(THEMES)}): rgb\("(#\w+)"\)', identity))
    assert len(found) == len(THEMES)
    return found


def paper(document: bytes) -> tuple[float, float]:
    found = re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", document)
    assert found
    return float(found[1]), float(found[2])


@pytest.mark.parametrize("lang", TITLES)
def test_result_is_a_tagged_document_in_its_language(lang: str) -> None:
    title = TITLES[lang].replace("Utrecht", isolated("Utrecht"))
    document = result_pdf(sheet(lang=lang, is_rtl=lang == "ar", title=title), AT)
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


@pytest.mark.parametrize("lang", TITLES)
def test_result_with_as_many_parties_as_amsterdam_fits_on_two_pages_too(lang: str) -> None:
    whole = sheet([LONG, *names(MOST - 1)], lang=lang, is_rtl=lang == "ar")
    counting = replace(whole.counting, paragraphs=["Hoe wij hebben gerekend. " * 18] * 2)
    assert pages(result_pdf(replace(whole, counting=counting), AT)) == 2


def test_result_that_fits_on_no_two_pages_takes_more() -> None:
    assert pages(result_pdf(sheet([f"{LONG} {LONG}"] * MOST), AT)) > 2


def test_own_friendliness_is_drawn_on_a_line_as_that_of_parties_is() -> None:
    """Nothing is filled with the colour of a theme but its icon, which is an image."""
    shapes = [each for each in drawn("result", sheet(notice="")) if each.kind == "shape"]
    assert not theme_colours() & {each.fill for each in shapes}
    bare = [
        each for each in drawn("result", sheet(notice="", profile=None)) if each.kind == "shape"
    ]
    assert len(shapes) > len(bare) + 2 * len(THEMES)  # the line and the voter's level on it


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
    short = AllAnswers("Antwoorden", [text], [[], []])
    group = replace(
        sheet(["Een"]), certainty=isolated(text), lead=[text], notice=text, answers=short
    )
    assert result_pdf(group, AT)


def test_what_no_font_shows_is_replaced_and_long_words_may_break() -> None:
    assert readable("Partij 🐦") == f"Partij {REPLACEMENT}"
    for title in TITLES.values():
        assert readable(title) == title
    assert readable(LONG).replace("\u200b", "") == LONG
    assert "\u200b" in readable(LONG)
    assert readable(LINK.shown) == LINK.shown


def test_name_is_kept_apart_and_steers_nothing_around_it() -> None:
    assert readable(f"in {isolated('Partij 🐦')}.") == f"in {isolated(f'Partij {REPLACEMENT}')}."
    assert isolated("\u202eAB\u2069") == isolated("AB")
    assert plain(f"in {isolated('Utrecht')}") == "in Utrecht"
    assert readable("\u2068 alone") == f"{REPLACEMENT} alone"


@pytest.mark.parametrize("name", ["’s-Hertogenbosch", "Súdwest-Fryslân"])
def test_name_of_a_municipality_stays_in_one_piece_in_any_direction(name: str) -> None:
    def card(lang: str, title: str) -> list[Drawn]:
        return runs("preview", preview_card(lang=lang, is_rtl=lang == "ar", title=title))

    dutch = card("nl", f"Hoe denken de partijen in {isolated(name)} over vluchtelingen?")
    arabic = card("ar", f"ما موقف الأحزاب في {isolated(name)} من اللاجئين؟")
    for found in (dutch, arabic):
        (whole,) = [each for each in found if each.fill == PRIMARY and each.y > 150]
        shapes = [whole.letters.index(each) for each in whole.letters]  # the same letter, the same
        assert shapes == [name.index(each) for each in name]


def test_name_that_fits_on_no_line_is_broken() -> None:
    title = f"Hoe denken de partijen in {isolated('Langebroek-' * 8)} over vluchtelingen?"
    assert all(
        0 <= each.x <= each.end < 1200 for each in runs("preview", preview_card(title=title))
    )


def test_lines_of_arabic_lie_half_as_much_again_apart() -> None:
    def between(lang: str) -> float:
        letters: Counter[float] = Counter()
        for each in runs("result_image", result_card(lang=lang, caution="Zin " * 60)):
            letters[each.y] += len(each.letters)
        whole = max(letters.values())
        first, second, *_ = (line for line, count in letters.items() if count == whole)
        return second - first

    assert between("ar") == pytest.approx(1.28 * between("nl"), rel=0.05)


def test_arabic_document_says_no_letter_twice() -> None:
    """Typst says a letter and its mark once for each of them."""
    vowels = re.compile("[\u064b-\u0652]")
    given = sheet(lang="ar", is_rtl=True, title="الودّ تقريبًا", lead=["جدًّا تُحسب إطلاقًا"])
    said = spoken(result_pdf(given, AT))
    assert {"د", "ق", "ط"} <= set(said)
    assert not vowels.search(said)
    assert vowels.search(spoken(result_pdf(replace(given, lead=[isolated("جدًّا")]), AT)))


def test_address_is_never_changed() -> None:
    document = result_pdf(sheet(), AT)
    assert f"/URI({LINK.url})".encode() in document


def test_result_is_there_within_a_second() -> None:
    result_pdf(sheet(), AT)  # the first one reads the fonts
    start = time.process_time()
    result_pdf(sheet(names(MOST)), AT)
    assert time.process_time() - start < 1


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


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_box_on_a_flyer_grows_with_what_it_says(size: Paper) -> None:
    """The address stands free of the steps above it, and the words about the maker below both."""
    steps = ["Подивіться також, наскільки прихильна до біженців кожна партія. " * 2] * 3
    flyer = sample_flyer(lang="uk", invitation="Скануйте код і починайте зараз", steps=steps)
    on_it = runs("flyer", flyer, paper=size, code=qr_drawing(flyer.link.url))
    lines = sorted({each.y for each in on_it})
    place = next(
        lines.index(each.y) for each in on_it if len(each.letters) == len(flyer.link.shown)
    )
    step = lines[place - 1] - lines[place - 2]
    assert lines[place] - lines[place - 1] > 1.6 * step
    assert lines[place + 1] - lines[place] > 1.6 * step


@pytest.mark.parametrize("title", ["Голосуйте серцем", "Kalbinizle oy verin", "Stem met je hart"])
def test_headline_of_a_flyer_is_one_line_with_the_heart_behind_it(title: str) -> None:
    flyer = sample_flyer(title=title)
    on_it = drawn("flyer", flyer, paper="a5", code=qr_drawing(flyer.link.url))
    lines = {each.y: each for each in on_it if each.kind == "text" and each.fill == PRIMARY}
    _, headline = lines.values()  # the first is who sends it
    heart = next(each for each in on_it[on_it.index(headline) :] if each.kind == "image")
    assert headline.end < heart.x < headline.end + 45


def test_theme_stands_beside_its_icon_from_right_to_left_too() -> None:
    flyer = sample_flyer(
        lang="ar", is_rtl=True, topics=[Topic(key, words(name)) for key, name in THEMES.items()]
    )
    on_it = drawn("flyer", flyer, paper="a4", code=qr_drawing(flyer.link.url))
    icons = [each for each in on_it if each.kind == "image"]
    labels = [each for each in on_it if each.fill in theme_colours() and each.kind == "text"]
    ends = {
        (each.y, each.fill): max(x.end for x in labels if x.fill == each.fill) for each in labels
    }
    assert len(ends) == len(THEMES)
    for (y, _), end in ends.items():
        assert [each for each in icons if 0 < y - each.y < 40 and 0 < each.x - end < 40]


def test_flyer_is_the_same_whenever_it_is_made() -> None:
    assert flyer_pdf(sample_flyer(), "a4", AT) == flyer_pdf(sample_flyer(), "a4", AT)


def test_code_is_made_of_lines() -> None:
    drawing = qr_drawing(LINK.url)
    assert "<path" in drawing
    assert drawing != qr_drawing("https://stemhulp.example/gr2022/elders/")


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_printed_code_is_read_with_a_blot_on_it(size: Paper) -> None:
    """As wide as a third of it; and it stands in four modules of white (ISO/IEC 18004, 9.1)."""
    (page,) = printed(flyer_pdf(sample_flyer(), size, AT))
    (code,) = codes_on(page)
    left, top = code.position.top_left.x, code.position.top_left.y
    width = code.position.bottom_right.x - left
    modules = re.search(r'viewBox="0 0 (\d+) ', qr_drawing(LINK.url))
    assert modules
    quiet, blurred = 4 * width // int(modules[1]), 3
    first, last = quiet - blurred, quiet + width + blurred
    around = page[top - quiet : top + width + quiet, left - quiet : left + width + quiet].copy()
    around[first:last, first:last] = PAPER
    assert (around[blurred:-blurred, blurred:-blurred] == PAPER).all()
    third = width // 3
    page[top + third : top + 2 * third, left + third : left + 2 * third] = 0
    assert [each.text for each in codes_on(page)] == [LINK.url]


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
    assert size(result_image(result_card([" · ".join(names(MOST))], caution="Dat is weinig."))) == (
        RESULT_SIZE
    )


def test_lines_on_an_image_of_a_result_take_the_room_that_there_is() -> None:
    """No more empty room above the foot than between two parties."""
    for count in (5, 8):
        bars = [
            each.y
            for each in drawn("result_image", result_card(names(count), notice="", more=""))
            if each.kind == "shape" and each.fill == PRIMARY
        ]
        foot = max(each.y for each in runs("result_image", result_card(names(count)))) - 260
        assert foot - max(bars) < bars[1] - bars[0]


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
    for voice in re.findall(r'^#let voice-\w+ = "([^"]+)"', identity, re.MULTILINE):
        assert f'd="{voice}"' in symbols
    for colour in re.findall(r'(?:paper|ink|primary|hair) = rgb\("(#\w+)"\)', identity):
        assert colour in (settings.BASE_DIR / "static/css/stemhulp.css").read_text()
