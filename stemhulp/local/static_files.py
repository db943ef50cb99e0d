"""The static files of a local run: collected and compressed, for seconds, when one changed."""

import hashlib
from importlib import import_module
from pathlib import Path


def collect() -> None:
    """Collect the files into STATIC_ROOT, unless what lies there is of the same ones."""
    folder = Path(import_module("django.conf").settings.STATIC_ROOT)
    record = folder.with_name(f"{folder.name}.collected")
    seal = _seal()
    if folder.is_dir() and record.exists() and record.read_text() == seal:
        return
    record.unlink(missing_ok=True)  # what an interruption leaves is not taken for whole
    call_command = import_module("django.core.management").call_command
    call_command("collectstatic", interactive=False, verbosity=0)
    record.write_text(seal)


def _seal() -> str:
    """A digest of how files are stored, and of the place, size and time of each."""
    finders = import_module("django.contrib.staticfiles.finders").get_finders()
    paths = {Path(store.path(name)) for finder in finders for name, store in finder.list([])}
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(paths)]
    storages = import_module("django.conf").settings.STORAGES
    return hashlib.sha256(repr((storages, facts)).encode()).hexdigest()
