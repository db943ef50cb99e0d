"""The recipe for containers, as far as it can be tried where there is no engine."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from stemhulp import serve
from stemhulp.configuration import SECRETS

ROOT: Path = settings.BASE_DIR
RECIPE = (ROOT / "Containerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
OURS = [name for name in COMPOSE["services"] if name not in ("database", "door")]


def configuration() -> set[str]:
    """The variables of README's table."""
    text = (ROOT / "README.md").read_text().partition("## Configuration")[2]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, flags=re.M))


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_one_that_the_product_reads(service: str) -> None:
    known = configuration() | {f"{name}_FILE" for name in SECRETS}
    assert COMPOSE["services"][service]["environment"].keys() <= known


def test_image_sets_nothing_but_places_and_ports() -> None:
    told = set(re.findall(r"^(?:ENV|    ) ?([A-Z_]+)=[^\s]*(?: \\)?$", RECIPE, flags=re.M))
    assert "STATIC_ROOT" in told
    python = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    assert told - python <= configuration()
    assert not told & {*SECRETS, "DEBUG", "DEMO"}


def test_debian_is_told_nothing_that_the_product_does_not_read() -> None:
    text = (ROOT / "deploy" / "debian.md").read_text()
    told = set(re.findall(r"^   ([A-Z_]+)=", text, flags=re.M))
    assert len(told) > 8
    assert told <= configuration() | {f"{name}_FILE" for name in SECRETS}


def test_no_secret_stands_in_a_file() -> None:
    for service in OURS:
        told = COMPOSE["services"][service]["environment"]
        assert {"SECRET_KEY_FILE", "DATABASE_URL_FILE", "EMAIL_URL_FILE"} <= told.keys()
        assert not told.keys() & set(SECRETS)
    ignored = (ROOT / ".gitignore").read_text()
    for secret in COMPOSE["secrets"].values():
        assert secret["file"].startswith("./secrets/")
    assert "/deploy/secrets/" in ignored


@pytest.mark.parametrize("service", OURS)
def test_process_gains_no_right_and_changes_no_code(service: str) -> None:
    told = COMPOSE["services"][service]
    assert told["read_only"] is True
    assert told["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in told["security_opt"]
    assert "ports" not in told


def test_only_the_door_is_open_to_the_street() -> None:
    open_ = [name for name, told in COMPOSE["services"].items() if "ports" in told]
    assert open_ == ["door"]
    assert COMPOSE["services"]["database"]["networks"] == ["inner"]
    assert COMPOSE["networks"]["inner"]["internal"] is True


def test_every_volume_network_and_secret_is_declared() -> None:
    for told in COMPOSE["services"].values():
        assert set(told.get("secrets", [])) <= COMPOSE["secrets"].keys()
        assert set(told.get("networks", [])) <= COMPOSE["networks"].keys()
        for volume in told.get("volumes", []):
            source = volume.partition(":")[0]
            is_file = source.startswith("./")
            assert source in COMPOSE["volumes"] or is_file
            if source.startswith("./nginx"):
                assert (ROOT / "deploy" / source).exists()


def test_what_is_copied_exists_and_is_let_through() -> None:
    let_through = (ROOT / ".containerignore").read_text()
    assert let_through == (ROOT / ".dockerignore").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+)$", RECIPE, flags=re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert f"!{source.split('/')[0]}\n" in let_through


def test_image_runs_as_nobody_in_particular_and_checks_hashes() -> None:
    assert re.search(r"^USER 10001$", RECIPE, flags=re.M)
    assert "--require-hashes" in RECIPE
    assert RECIPE.rindex("USER 10001") > RECIPE.rindex("COPY")


def test_static_files_are_collected_as_the_image_does_it(tmp_path: Path) -> None:
    """The very command, with nothing else in the environment than there."""
    [step] = re.findall(
        r"^RUN (SECRET_KEY=.*?collectstatic[^\n]*?) \\\n", RECIPE, flags=re.M | re.S
    )
    told = {
        "STATIC_ROOT": str(tmp_path / "collected"),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    }
    done = subprocess.run(
        ["/bin/sh", "-c", step], cwd=ROOT, env=told, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "collected" / "staticfiles.json").exists()


def test_web_process_becomes_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[Any] = []
    monkeypatch.setattr("os.execve", lambda *arguments: became.extend(arguments))
    monkeypatch.setenv("WEB_HOST", "0.0.0.0")  # noqa: S104  # in a container
    monkeypatch.setenv("PORT", "8001")
    monkeypatch.setenv("WEB_WORKERS", "3")
    serve.main()
    assert {"--host=0.0.0.0", "--port=8001", "--workers=3"} <= set(became[1])
    assert became[2]["MALLOC_TRIM_THRESHOLD_"]


def test_web_process_that_lacks_a_secret_says_so_once_and_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stemhulp.serve"],
        cwd=ROOT,
        env={"SECRET_KEY": "kort"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.count("SECRET_KEY has 4 characters") == 1
    assert "token_urlsafe" in done.stderr
    assert "Traceback" not in done.stderr
