"""One address, however it is written."""

import pytest
from django.core.exceptions import ValidationError

from parties.addresses import normal_address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("anna@example.nl", "anna@example.nl"),
        ("  Anna.DE.Vries@Example.NL \n", "anna.de.vries@example.nl"),
        ("anna+stemhulp@example.nl", "anna+stemhulp@example.nl"),
        ("anna@münchen.example", "anna@xn--mnchen-3ya.example"),
        ("anna@MÜNCHEN.example", "anna@xn--mnchen-3ya.example"),
        ("anna@mu\u0308nchen.example", "anna@xn--mnchen-3ya.example"),
        ("anna@xn--mnchen-3ya.example", "anna@xn--mnchen-3ya.example"),
        ("anna@straße.example", "anna@xn--strae-oqa.example"),
        ("ａｎｎａ＠example.nl", "anna@example.nl"),
        ("o'brien@example.nl", "o'brien@example.nl"),
    ],
)
def test_address_has_one_form(written: str, kept: str) -> None:
    assert normal_address(written) == kept
    assert normal_address(kept) == kept


def test_sharp_s_is_another_domain_than_double_s() -> None:
    assert normal_address("anna@straße.example") != normal_address("anna@strasse.example")


def test_plus_sign_makes_another_address() -> None:
    assert normal_address("anna+a@example.nl") != normal_address("anna@example.nl")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "anna@",
        "@example.nl",
        "anna@example",
        "anna@example..nl",
        "anna@.nl",
        "an na@example.nl",
        "anna@exam ple.nl",
        "anna@example.nl, piet@example.nl",
        "anna@example.nl\nBcc: piet@example.nl",
        "anna@@example.nl",
        "änne@example.nl",
        "anna\x00@example.nl",
        "anna@exa\x00mple.nl",
        f"{'a' * 65}@{'b' * 200}.nl",
        f"anna@{'b' * 64}.nl",
        f"anna@{'ü' * 80}.nl",
        f"{'a' * 60}@{'.'.join(['b' * 50] * 4)}.example.nl",
    ],
)
def test_what_is_no_address_is_refused_in_dutch(written: str) -> None:
    with pytest.raises(ValidationError, match="e-mailadres klopt niet"):
        normal_address(written)
