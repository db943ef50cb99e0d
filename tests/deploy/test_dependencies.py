"""Packages of others: each has a reason, a pin, hashes and a licence that goes with ours."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Path = settings.BASE_DIR
PROJECT = (ROOT / "pyproject.toml").read_text()
PAGE = (ROOT / "deploy" / "dependencies.md").read_text()
FILES = ["runtime", "sentry", "local", "dev"]
HANDED_ON = ["runtime", "sentry", "local"]  # what people run; the rest is for development
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(name: str) -> list[str]:
    """Each requirement of a file with its hashes, on one line and without comments."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ")
    return [each for each in lines.splitlines() if each.strip()]


def pins(name: str) -> list[Requirement]:
    return [Requirement(HASH.sub("", each).strip()) for each in entries(name)]


def asked() -> Iterator[tuple[str, Requirement, str]]:
    """What pyproject.toml names: in which list, what, and the reason beside it."""
    lists = re.findall(r"^([a-z]+) = \[\n(  \".*?)^\]$", PROJECT, flags=re.M | re.S)
    for name, content in lists:
        if name in {"dependencies", "local", "sentry", "parquet", "dev"}:
            for line in content.splitlines():
                [(written, reason)] = re.findall(r'^  "([^"]+)",\s*(?:# (.+))?$', line)
                yield name, Requirement(written), reason


ASKED = list(asked())


def test_lists_of_the_project_are_all_read() -> None:
    assert {name for name, _, _ in ASKED} == {"dependencies", "local", "sentry", "parquet", "dev"}


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_one_version_with_hashes(name: str) -> None:
    """And nothing else stands there: no address, no folder, no other index."""
    for entry in entries(name):
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ; [^-]+?)?( +--hash=sha256:[0-9a-f]{64})+", entry)


def test_every_package_that_we_ask_for_has_its_reason() -> None:
    missing = [
        str(each) for _, each, reason in ASKED if each.name != "stemhulp" and len(reason) < 4
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("asking", "file"),
    [("dependencies", "runtime"), ("sentry", "sentry"), ("local", "local"), ("dev", "dev")],
)
def test_what_we_ask_for_is_what_is_pinned(asking: str, file: str) -> None:
    """After a change of pyproject.toml: `make requirements`."""
    pinned = {canonicalize_name(each.name): each.specifier for each in pins(file)}
    for name, wanted, _ in ASKED:
        if name == asking and wanted.name != "stemhulp":
            [exactly] = pinned[canonicalize_name(wanted.name)]
            assert wanted.specifier.contains(exactly.version), str(wanted)


def test_tests_run_on_the_versions_of_production() -> None:
    tried = {(each.name, str(each.specifier)) for each in pins("dev")}
    for name in HANDED_ON:
        assert {(each.name, str(each.specifier)) for each in pins(name)} <= tried, name


def table(heading: str) -> list[list[str]]:
    """The cells of the first table of the page whose first heading is this."""
    lines = PAGE.partition(f"| {heading} |")[2].splitlines()[2:]
    rows = lines[: next(number for number, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


ALLOWED = {code for row in table("licence (SPDX)") for code in re.findall(r"`([^`]+)`", row[0])}
READ = {row[0]: row[1].strip("`") for row in table("package")}
IN_OTHER_WORDS = {"MIT License": "MIT", "Apache Software License": "Apache-2.0"}


def said(package: str, field: str) -> list[str]:
    return [str(each) for each in metadata(package).get_all(field) or []]


def licence(package: str) -> str:
    """As an SPDX expression: of the page, or else of the package's own metadata."""
    if package in READ:
        return READ[package]
    for field in ("License-Expression", "License"):
        for written in said(package, field):
            return written
    classifiers = [each for each in said(package, "Classifier") if each.startswith("License")]
    names = [IN_OTHER_WORDS.get(each.rpartition(" :: ")[2], "") for each in classifiers]
    return " AND ".join(names)


def is_allowed(expression: str) -> bool:
    """Of "A OR B" one will do, of "A AND B" both are needed."""
    return any(
        all(each.strip("() ") in ALLOWED for each in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def installed(name: str) -> Iterator[str]:
    """What of a file is meant for this machine; each is installed, or this fails."""
    for each in pins(name):
        if each.marker is None or each.marker.evaluate():
            yield canonicalize_name(each.name)


@pytest.mark.parametrize("name", HANDED_ON)
def test_every_licence_is_allowed(name: str) -> None:
    found = {each: licence(each) for each in installed(name)}
    assert {each: under for each, under in found.items() if not is_allowed(under)} == {}


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("MPL-2.0 AND MIT", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND AGPL-3.0-only", False),
        ("BSD", False),
        ("", False),
    ],
)
def test_licence_is_read_as_it_is_written(expression: str, may: bool) -> None:  # noqa: FBT001
    assert is_allowed(expression) is may


def test_what_was_read_by_a_person_is_still_there_and_still_unclear() -> None:
    """A package that is gone, or whose metadata say it now, leaves the table."""
    there = {each for name in HANDED_ON for each in installed(name)}
    assert set(READ) <= there
    for package in READ:
        assert not said(package, "License-Expression"), package


def bill(seed: str) -> bytes:
    """What `make sbom` writes, by the command that stands there."""
    made = subprocess.run(
        ["make", "--silent", "--old-file=.venv/dev", "sbom"],  # noqa: S607
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    return made.stdout


def test_bill_of_materials_names_every_package_with_its_hashes() -> None:
    """It is checked against its schema by who writes it; the same pins give the same bytes."""
    written = bill("1")
    assert written == bill("2")
    told = json.loads(written)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["name"] == "stemhulp"
    assert [each["license"]["id"] for each in told["metadata"]["component"]["licenses"]] == [
        "EUPL-1.2"
    ]
    named = {(each["name"], each["version"]) for each in told["components"]}
    assert named == {(each.name, str(each.specifier)[2:]) for each in pins("runtime")}
    for each in told["components"]:
        assert each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}"
        assert any(each.get("hashes") for each in each["externalReferences"])
    assert str(ROOT).encode() not in written
    assert sys.prefix.encode() not in written
