"""What is kept of what a party writes, and what is refused."""

import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from statements.models import Position
from statements.portal.answers import Answer, clean_motivation, clean_source, stance_label


def test_answer_is_that_of_a_position() -> None:
    answer = Answer.of(Position(stance=-2, motivation="Nee.", source="Bladzijde 3"))
    assert answer == Answer(-2, "Nee.", "Bladzijde 3")
    assert answer.content == {"stance": -2, "motivation": "Nee.", "source": "Bladzijde 3"}
    assert answer.stance_label == "Helemaal mee oneens"


def test_no_position_is_not_neutral() -> None:
    assert stance_label(None) == "Geen standpunt"
    assert stance_label(0) == "Neutraal"


@pytest.mark.parametrize(
    ("length", "says"),
    [
        (501, "De toelichting is 1 teken te lang: 501 van de 500."),
        (512, "De toelichting is 12 tekens te lang: 512 van de 500."),
    ],
)
def test_motivation_of_more_than_500_characters_is_refused(length: int, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        clean_motivation("a" * length)


def test_500_characters_fit_and_are_counted_as_people_see_them() -> None:
    assert clean_motivation("  " + "a" * 500 + "\r\n") == "a" * 500
    assert clean_motivation("e\u0301" * 500) == "é" * 500
    assert clean_motivation("🙂" * 500) == "🙂" * 500


def test_html_stays_text() -> None:
    text = "<script>alert(1)</script> & <b>vet</b> {{ x }}"
    assert clean_motivation(text) == text


def test_line_ends_become_one_kind_and_a_source_one_line() -> None:
    assert clean_motivation("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"
    assert clean_source("blad\u00a0zijde \r\n\t 3") == "blad zijde 3"


@pytest.mark.parametrize("clean", [clean_motivation, clean_source])
def test_a_tower_of_accents_is_refused_at_once(clean: object) -> None:
    assert callable(clean)
    started = time.process_time()
    for tower in ("a" + "\u0301" * 5_000, "a" + "\u0301\u0323" * 200_000):
        with pytest.raises(ValidationError, match="te veel losse accenten boven elkaar"):
            clean(tower)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "Người tị nạn cần được học tiếng Việt và tiếng Hà Lan, ngay từ đầu ở đây.",
        "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים אֵ֥ת הַשָּׁמַ֖יִם וְאֵ֥ת הָאָֽרֶץ",
        "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ",
        "ᾧ ἄνθρωποι ἠδύναντο",
        "น้ำใจที่ดีต่อผู้ลี้ภัย",
        "शरणार्थियों का स्वागत",
        "ٹھیک ہے 👩🏽‍🤝‍👨🏿 🏳️‍🌈",
    ],
)
def test_marks_of_real_languages_pass(text: str) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, text)
        assert clean_motivation(written) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x0b",
        "\x1b",
        "\x7f",
        "\x85",
        "\u202e",
        "\u2066",
        "\ud800",
        "\uffff",
    ],
)
def test_control_characters_and_turned_directions_are_left_out(character: str) -> None:
    assert clean_motivation(f"a{character}b") == "ab"
    assert clean_source(f"a{character}b") == "ab"
    assert clean_motivation(f"e{character}\u0301") == "é"


def test_marks_of_direction_that_only_touch_one_place_are_kept() -> None:
    assert clean_motivation("a\u200fb\u200ec\u200dd") == "a\u200fb\u200ec\u200dd"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "https://voorbeeld.example/programma.pdf#page=3",
        "http://voorbeeld.example",
        "HTTPS://VOORBEELD.EXAMPLE",
        "programma: bladzijde 3",
        "Verkiezingsprogramma 2022, hoofdstuk 4",
        "www.voorbeeld.example/programma",
        "Data: CBS 2021",
        "JavaScript is een taal",
        "<b>bladzijde 3</b>",
    ],
)
def test_sources_that_pass_as_they_are(source: str) -> None:
    assert clean_source(f" {source} ") == source


@pytest.mark.parametrize(
    "source",
    [
        "javascript:alert(1)",
        "JavaScript :alert(1)",
        "JAVASCRIPT: alert(1) // bladzijde 3",
        "java\x00script:alert(1)",
        "  vbscript:x y",
        "data:text/html,<b>x</b>",
        "data:text/html,een twee",
        "mailto:info@voorbeeld.example",
        "ftp://voorbeeld.example/x",
        "file:///etc/passwd",
    ],
)
def test_links_that_are_no_web_page_are_refused(source: str) -> None:
    with pytest.raises(ValidationError, match="Deze link kunnen we niet gebruiken"):
        clean_source(source)


def test_source_of_more_than_200_characters_is_refused() -> None:
    assert clean_source("a" * 200) == "a" * 200
    with pytest.raises(ValidationError, match="niet langer zijn dan 200 tekens"):
        clean_source("a" * 201)


@given(st.text(max_size=80))
def test_what_was_cleaned_stays_as_it_is(text: str) -> None:
    """Or the same answer, saved again, would look like a change."""
    for clean in (clean_motivation, clean_source):
        try:
            once = clean(text)
        except ValidationError:
            continue
        assert clean(once) == once
        once.encode()
