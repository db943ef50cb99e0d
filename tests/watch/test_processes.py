"""Workers add up their figures through files: those of the dead and of earlier runs go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stemhulp.watch import processes

WORKER = """
import os, sys
os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
import django
django.setup()
from stemhulp.watch import figures
figures.observe("quiz:result", "GET", 200, 0.02)
figures.stale.set(float(sys.argv[2]))
figures.contests.set(4)
print(os.getpid(), flush=True)
sys.stdin.read()
"""
READER = """
import os, sys
os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
import django
django.setup()
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from stemhulp.watch import processes
processes.forget_the_dead()
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "stemhulp.settings", "METRICS_PORT": "9100"}
COUNT = 'stemhulp_request_seconds_count{method="GET",route="quiz:result",status="2xx"}'


def worker(folder: Path, stale: float) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(stale)],
        env=os.environ | ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout
    started.stdout.readline()
    return started


def read(folder: Path) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", READER, str(folder)],
        env=os.environ | ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


def test_workers_are_added_up_and_one_that_died_says_nothing_more(tmp_path: Path) -> None:
    with worker(tmp_path, 0.0) as lives, worker(tmp_path, 77.0) as dies:
        before = read(tmp_path)
        assert f"{COUNT} 2.0" in before
        assert "stemhulp_editions_stale_seconds 77.0" in before
        dies.kill()
        dies.wait()
        after = read(tmp_path)
        assert f"{COUNT} 2.0" in after  # what it counted stays
        assert "stemhulp_editions_stale_seconds 0.0" in after
        lives.kill()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.METRICS_FOLDER = tmp_path
    settings.METRICS_PORT = 9100
    monkeypatch.setenv(processes.FOLDER, "")  # put back at the end
    return tmp_path


def test_each_run_has_a_folder_of_its_own_and_clears_those_that_ended(folder: Path) -> None:
    ended, running, other = (folder / name for name in (str(2**22 + 1), str(os.getpid()), "other"))
    for each in (ended, running, other):
        each.mkdir()
    processes.prepare()
    assert os.environ[processes.FOLDER] == str(folder / str(os.getppid()))
    assert {each.name for each in folder.iterdir()} == {
        *(str(os.getppid()), str(os.getpid()), "other")
    }


def test_without_a_port_there_is_no_folder(folder: Path, settings: Settings) -> None:
    settings.METRICS_PORT = 0
    processes.prepare()
    assert list(folder.iterdir()) == []
