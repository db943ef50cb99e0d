"""The catalogues of the languages: brought up to date with what is wrapped, and compiled.

Nothing in them changes by itself: no date, no line number, no name, no wrapping.
"""

import subprocess
import tempfile
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[2] / "stemhulp" / "locale"
# How each language counts, by the Unicode CLDR (whole numbers only).
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2"
    " : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0"
    " : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "tr": "nplurals=2; plural=(n != 1);",
}


def source(language: str, locale: Path = LOCALE) -> Path:
    """The texts and their translations, for people to edit."""
    return locale / language / "LC_MESSAGES" / "django.po"


def compiled(language: str, locale: Path = LOCALE) -> Path:
    """The same, for Python to read."""
    return source(language, locale).with_suffix(".mo")


def update(language: str, collected: polib.POFile, locale: Path = LOCALE) -> polib.POFile:
    """Bring one catalogue up to date: what is gone leaves it, what is new waits in it.

    A text that changed a little keeps its translation, marked as fuzzy: such a one is not shown
    until a person looked at it and took the mark away.
    """
    catalogue = _merged(_known(language, locale), collected)
    catalogue.metadata = metadata(language)
    path = source(language, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    compiled(language, locale).write_bytes(catalogue.to_binary())
    return catalogue


def _known(language: str, locale: Path) -> polib.POFile:
    path = source(language, locale)
    known = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known.metadata = metadata(language)  # msgmerge makes as many plural forms as it says
    return known


def _merged(known: polib.POFile, collected: polib.POFile) -> polib.POFile:
    with tempfile.TemporaryDirectory() as scratch:
        old, new = Path(scratch, "old.po"), Path(scratch, "new.pot")
        known.save(str(old))
        collected.save(str(new))
        command = ["msgmerge", "--quiet", "--previous", "--no-wrap", "--sort-output"]
        text = subprocess.run(
            [*command, old, new], capture_output=True, text=True, check=True
        ).stdout
    merged = polib.pofile(text, wrapwidth=0)
    for entry in merged.obsolete_entries():
        merged.remove(entry)
    return merged


def metadata(language: str) -> dict[str, str]:
    """The head of a catalogue: no date, and nobody's name."""
    return {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
