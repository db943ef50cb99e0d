"""`make messages`: what voters read, collected for every language, and compiled."""

import sys
from pathlib import Path

from tests.languages.catalogues import PLURALS, update
from tests.languages.collecting import collect

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    collected = collect(ROOT)
    for language in PLURALS:
        catalogue = update(language, collected)
        waiting = len(catalogue.untranslated_entries())
        fuzzy = len(catalogue.fuzzy_entries())
        sys.stdout.write(f"{language}: {len(catalogue)} texts, {waiting} new, {fuzzy} fuzzy\n")


if __name__ == "__main__":
    main()
