"""Collects what is wrapped for translation, from our templates and code, by gettext's xgettext."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Whatever is wrapped is for voters: people with an account work in Dutch.
PLACES = ("templates", "stemhulp", "statements", "parties")
KINDS = (".html", ".py", ".txt")
# Names of Django's functions that xgettext does not know, with the place of each text.
FUNCTIONS = (
    *("gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext:1c,2"),
    *("pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3"),
)


def collect(root: Path) -> polib.POFile:
    """Every wrapped text below `root`, untranslated, with the files that it stands in.

    Raises CalledProcessError on code that xgettext cannot read, and SyntaxError on a tag inside
    a {% blocktranslate %}.
    """
    files = sorted(_files(root))
    with tempfile.TemporaryDirectory() as scratch:
        for file in files:
            if file.suffix != ".py":
                _as_code(root, file, Path(scratch))
        return polib.pofile(_extract(root, Path(scratch), files), wrapwidth=0)


def _files(root: Path) -> Iterator[Path]:
    for place in PLACES:
        for path in (root / place).rglob("*"):
            if path.suffix in KINDS:
                yield path.relative_to(root)


def _as_code(root: Path, file: Path, scratch: Path) -> None:
    """Rewrite a template, under the same name, as calls that xgettext understands."""
    target = scratch / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(templatize((root / file).read_text(), origin=str(file)))


def _extract(root: Path, scratch: Path, files: list[Path]) -> str:
    command = [
        *("xgettext", "--language=Python", "--from-code=UTF-8", "--output=-"),
        *("--add-location=file", "--add-comments=Translators", "--no-wrap", "--sort-output"),
        *(f"--keyword={function}" for function in FUNCTIONS),
        *(f"--directory={scratch}", f"--directory={root}", "--files-from=-"),
    ]
    names = "\n".join(map(str, files))
    result = subprocess.run(command, input=names, capture_output=True, text=True, check=True)
    return result.stdout.replace("charset=CHARSET", "charset=UTF-8")
