"""What documents and files for those who run it name, exists."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from stemhulp.backup.__main__ import _parser

ROOT: Path = settings.BASE_DIR
DOCUMENTS = sorted(ROOT.glob("deploy/*.md"))
UNITS = sorted(ROOT.glob("deploy/systemd/*.service"))
COMPOSE = ROOT / "deploy" / "compose.yaml"
PLACEHOLDER = re.compile(r"[<>]|…|\.\.\.")


def commands_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of manage.py, with its arguments as they are written."""
    for line in re.findall(r"manage\.py,? ([a-z_]+(?:[^\n`;]|\\\n)*)", text):
        words = shlex.split(re.sub(r"[\[\],]|&&.*|\).*", " ", line), comments=True)
        yield words[0], words[1:]


@pytest.mark.parametrize("file", [*DOCUMENTS, *UNITS, COMPOSE], ids=lambda file: file.name)
def test_every_command_exists_and_takes_these_options(file: Path) -> None:
    known = get_commands()
    for name, arguments in commands_in(file.read_text()):
        assert name in known, f"{file.name}: manage.py {name}"
        command = load_command_class(str(known[name]), name)
        parser = command.create_parser("manage.py", name)
        options = {option for action in parser._actions for option in action.option_strings}
        for argument in arguments:
            if argument.startswith("-"):
                assert argument.partition("=")[0] in options, f"{file.name}: {name} {argument}"


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_target_of_make_exists(file: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    named = set(re.findall(r"`(?:QUICK=1 )?make ([a-z]+)", file.read_text()))
    assert named <= targets


@pytest.mark.parametrize("file", [*DOCUMENTS, *UNITS], ids=lambda file: file.name)
def test_every_backup_that_is_named_can_be_made(file: Path) -> None:
    for line in re.findall(r"-m stemhulp\.backup ([a-z]+[^`\n']*)", file.read_text()):
        _parser().parse_args(shlex.split(line))


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_file_that_is_linked_exists(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text()):
        assert (file.parent / target).exists(), target
    for target in re.findall(r"`((?:deploy|tests|stemhulp)/[\w./@-]+)`", file.read_text()):
        is_made = target.startswith(("deploy/tls", "deploy/acme", "deploy/secrets", "deploy/.env"))
        assert is_made or (ROOT / target).exists(), target


@pytest.mark.parametrize("unit", sorted(ROOT.glob("deploy/systemd/*")), ids=lambda unit: unit.name)
def test_unit_is_one_that_systemd_takes(unit: Path, tmp_path: Path) -> None:
    """But for programs that are not installed here."""
    try:
        told = subprocess.run(
            ["systemd-analyze", "verify", str(unit)],  # noqa: S607
            capture_output=True,
            text=True,
        ).stderr
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed")
    wrong = [line for line in told.splitlines() if unit.stem.split("@")[0] in line]
    assert [line for line in wrong if "is not executable" not in line] == []
