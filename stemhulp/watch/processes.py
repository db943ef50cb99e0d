"""Granian's workers are processes: each writes its figures to files in one folder.

That is the multiprocess mode of prometheus_client, which looks at the environment when it is
imported; so nothing here imports it.
"""

import contextlib
import os
import shutil
from pathlib import Path

from django.conf import settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def prepare() -> None:
    """Name the folder of this run: after the parent that its workers share."""
    if not settings.METRICS_PORT:
        return
    ours = Path(settings.METRICS_FOLDER) / str(os.getppid())
    ours.mkdir(parents=True, exist_ok=True)
    _clear(ours)
    os.environ[FOLDER] = str(ours)


def _clear(ours: Path) -> None:
    """Remove what earlier runs left behind."""
    for folder in ours.parent.iterdir():
        if folder != ours and folder.name.isdigit() and not is_running(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)  # another worker may be at it as well


def forget_the_dead() -> None:
    """Leave out what a process that is gone said of itself; what it counted stays."""
    for file in Path(os.environ[FOLDER]).glob("gauge_live*_*.db"):
        if not is_running(int(file.stem.rpartition("_")[2])):
            file.unlink(missing_ok=True)


def is_running(pid: int) -> bool:
    with contextlib.suppress(PermissionError):  # it runs, as somebody else
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
