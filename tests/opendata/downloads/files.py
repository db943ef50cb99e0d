"""What was built, as the tests read it: by the documented rules and no others."""

import atexit
import csv
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from parties.models import Municipality, Region
from stemhulp.editions import store
from stemhulp.opendata.build import build
from stemhulp.opendata.built import Built

PLACES = ["amsterdam", "s-gravenhage", "utrecht"]


# What the tests of one process built, by name: the same edition need not be built twice.
_shelf = Path(tempfile.mkdtemp(prefix="stemhulp-built-"))
atexit.register(shutil.rmtree, _shelf, ignore_errors=True)


def built_now(*, anew: bool = False) -> Built:
    """As it is after publishing; `anew` where something else than editions is other than usual."""
    store.catch_up()
    root = Path(settings.OPENDATA_FOLDER) / "gr2022"
    if not anew:
        _copy_missing(_shelf, root)
    found = build("gr2022", timezone.now())
    if not anew:
        _copy_missing(root, _shelf)
    return found


def _copy_missing(source: Path, target: Path) -> None:
    for each in source.iterdir():
        if each.is_dir() and not (target / each.name).exists():
            shutil.copytree(each, target / each.name)


def region(slug: str, *places: str) -> Region:
    made = Region.objects.create(slug=slug, name=slug.title())
    Municipality.objects.filter(slug__in=places).update(region=made)
    return made


def cells_of(path: Path) -> list[dict[str, str]]:
    """A CSV as RFC 4180 says, its first row the names."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
