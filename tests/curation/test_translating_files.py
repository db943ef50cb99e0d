"""Translations that were loaded from a file, in the room where staff translate."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape

from statements.models import Feature, Statement, Theme, Translation
from tests.curation.staff import KEY, colleague, enter, national
from tests.curation.translating import (
    ELECTION,
    ENGLISH,
    address,
    approve,
    filled,
    row,
    seen_in,
    write,
)
from tests.parties.mistakes import change
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
FROM_FILE = "Ingelezen uit een bestand op"
TEXT = 'text = "The municipality should make small reception centres'


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(data / "statements", tmp_path / "statements"))


def load(folder: Path) -> None:
    call_command("load_statements", "2022", folder=folder, file=folder / "gr2022.toml")


def test_page_says_that_a_file_brought_it_and_names_nobody(client: Client) -> None:
    enter(client, national())
    page = text(client.get(address()))
    assert "Nagelezen." in page
    assert FROM_FILE in page
    assert "De makers van het bestand lazen de vertaling al na." in page
    assert "Nagelezen door" not in page
    assert "None" not in page
    assert "De vertaling klopt" not in page


def test_list_and_overview_count_it_as_reviewed(client: Client) -> None:
    enter(client, national())
    page = text(client.get(f"{ENGLISH}?soort=statement"))
    assert page.count('nagelezen <span class="muted">uit bestand</span>') == 24
    overview = text(client.get(ELECTION))
    every = Translation.objects.count()
    assert re.search(rf"Engels.*?<td>\d+</td><td>0</td><td>0</td><td>{every}</td>", overview)
    write(client, address(), **filled())
    page = text(client.get(f"{ENGLISH}?soort=statement"))
    assert page.count("uit bestand") == 23


def test_staff_write_a_new_version_which_a_colleague_reads_and_a_file_leaves(
    client: Client, folder: Path
) -> None:
    nina = enter(client, national())
    assert write(client, address(), **filled()).status_code == 302
    page = text(client.get(address()))
    assert "Geschreven door Nina Landelijk" in page
    assert FROM_FILE not in page
    load(folder)
    assert (row().version, row().written_by, row().reviewed_at) == (2, nina, None)
    assert approve(client, version=2).status_code == 403  # her own work
    reader = enter(client, colleague())
    assert approve(client, version=2).status_code == 302
    load(folder)
    assert row().reviewed_by == reader
    assert row().texts == filled()


def test_same_text_sent_again_leaves_it_as_the_file_brought_it(client: Client) -> None:
    enter(client, national())
    before = row()
    assert write(client, address(), **before.texts).status_code == 302
    assert (row().version, row().written_by, row().reviewed_at) == (
        *(before.version, None, before.reviewed_at),
    )
    assert approve(client, version=before.version).status_code == 302
    assert row().reviewed_by is None


def test_file_that_was_loaded_while_someone_wrote_is_shown_beside_their_text(
    client: Client, folder: Path
) -> None:
    enter(client, national())
    seen = text(client.get(address()))
    change(folder / "gr2022.en.toml", TEXT, TEXT.replace("The", "Truly, the"))
    load(folder)
    mine = seen_in(seen) | filled()
    response = client.post(address(), mine)
    assert response.status_code == 409
    page = text(response)
    assert "deze vertaling is intussen opnieuw ingelezen uit een bestand" in page
    assert "dan vervangt jouw tekst die uit het bestand" in page
    assert "Truly, the municipality" in page
    assert row().written_by is None


def test_translation_of_a_file_that_is_stale_shows_what_the_dutch_was(
    client: Client, folder: Path
) -> None:
    was = Statement.objects.get(key=KEY, election__slug="gr2022").explanation
    change(folder / "gr2022.toml", 'explanation = "', 'explanation = "Nieuw: ')
    load(folder)
    enter(client, national())
    page = text(client.get(address()))
    assert "Deze vertaling is verouderd" in page
    assert FROM_FILE in page
    assert f"<del>{escape(was)}</del>" in page
    assert write(client, address(), **row().texts).status_code == 302  # it still holds
    assert "Geschreven door Nina Landelijk" in text(client.get(address()))


def test_themes_terms_and_features_of_files_are_shown_so_too(client: Client) -> None:
    enter(client, national())
    for subject in (f"theme-{Theme.objects.all()[0].key}", "term-azc"):
        assert FROM_FILE in text(client.get(f"{ENGLISH}{subject}/"))
    page = text(client.get(f"{ENGLISH}?soort=feature"))
    assert page.count("uit bestand") == Feature.objects.count()
