"""The data protection note names measures that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

NOTE = (Path(settings.BASE_DIR) / "deploy" / "privacy.md").read_text()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[^`]+)`", NOTE))))
def test_what_is_said_to_hold_a_measure_is_there(path: str) -> None:
    assert (Path(settings.BASE_DIR) / path).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", NOTE))))
def test_variable_stands_in_the_table_of_the_configuration(name: str) -> None:
    assert f"| `{name}` |" in (Path(settings.BASE_DIR) / "README.md").read_text()


@pytest.mark.parametrize("name", ["forget_expired", "forget_person", "db_worker"])
def test_command_is_there(name: str) -> None:
    assert name in NOTE
    assert name in get_commands()


def test_hours_are_those_of_the_settings() -> None:
    assert settings.ANSWERS_MAX_AGE_SECONDS == 24 * 3600
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
