"""The example in README.md, run as it stands there: without Django, on a downloaded edition."""

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.local.runs import clean_environment
from tests.opendata.api.programs import TOWN, ask, read, send, voter

pytestmark = pytest.mark.django_db
WITHOUT_DJANGO = "import sys; sys.modules['django'] = None\n"


def example() -> str:
    text = (settings.BASE_DIR / "README.md").read_text()
    section = text.split("### As a library")[1]
    return section.split("```python\n")[1].split("```")[0]


def run(folder: Path) -> list[str]:
    (folder / "1.json").write_bytes(ask(f"{TOWN}/editions/1").content)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_DJANGO + example()],
        cwd=folder,
        env=clean_environment() | {"PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.stdout.splitlines()


def asked() -> Any:
    """The voter of the example, in the words of the API."""
    code = example()
    stances = re.search(r"voter = (\{.*?\})", code)
    doubled = re.search(r"doubled = \{(.*?)\}", code)
    assert stances and doubled  # noqa: PT018
    weights = {"themes": json.loads(f"[{doubled[1]}]")}
    return voter(json.loads(stances[1]), weights=weights)


def fraction(score: Any) -> Fraction:
    return Fraction(score["numerator"], score["denominator"])


def test_example_of_the_readme_gives_the_result_of_the_site(tmp_path: Path) -> None:
    result = json.loads(send(asked()).content)
    assert len(result["ranking"]) > 5
    assert {each["key"] for each in read(f"{TOWN}/themes")["items"]} & {"opvang"}
    assert run(tmp_path) == [
        f"{each['rank']} {each['name']} {fraction(each['match'])} {fraction(each['friendliness'])}"
        for each in result["ranking"]
    ]
