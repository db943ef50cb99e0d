"""What is uploaded is read apart, by what it is, whatever it is called; or refused in words."""

import html
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parties.models import Absence, Contest, Event, Party
from parties.uploads import apart
from statements.models import Position
from statements.portal import queries, spreadsheet
from tests.curation.staff import BULK, enter, national
from tests.parties.ballot_files import council, xml
from tests.parties.mistakes import contents
from tests.portal.conftest import LIST, member_of, open_for, the_list
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Door:
    """Where a file comes in, the name of its field, and a file that belongs there."""

    address: str
    field: str
    content: bytes
    done: int = 200

    def upload(self, client: Client, content: bytes, name: str, kind: str) -> Any:
        file = SimpleUploadedFile(name, content, content_type=kind)
        return client.post(self.address, {self.field: file})


def party_sheet(client: Client) -> Door:
    party = the_list("gewoon-voorbeeldstad")  # it did not hand in
    client.force_login(member_of(party, "fatima@voorbeeld.example", "Fatima de Boer"))
    open_for(party, timedelta(days=1))
    lines = queries.sheet(party, timezone.now()).lines
    content = spreadsheet.write(party, [(each.statement, None) for each in lines])
    return Door(f"{LIST}spreadsheet/", "bestand", content)


def invitations(client: Client) -> Door:
    enter(client, national())
    return Door(BULK, "bestand", b"GM9999;Groen Voorbeeldstad;bo@partij.example")


def candidate_lists(client: Client) -> Door:
    enter(client, national())
    council((1, "Dorpsbelang"))
    return Door(reverse("curation:read_file", args=["gr2022"]), "bestand", xml())


def _table(client: Client, field: str, content: bytes) -> Door:
    enter(client, national())
    address = reverse("curation:read_tables", args=["gr2022"])
    return Door(address, field, content, done=302)


def councils(client: Client) -> Door:
    return _table(client, "contests", b"municipality,seats\nGM0344,45\n")


def ballots(client: Client) -> Door:
    return _table(client, "parties", b"municipality,slug,name,seats\nGM0344,plein,Plein,3\n")


def absences(client: Client) -> Door:
    known = Absence.objects.filter(election__slug="gr2022").values_list("municipality", flat=True)
    row = f'{known[0]},,2026-03-18,"Nu niet"'.encode()
    return _table(client, "absences", b"municipality,votes_in,next_election,reason\n" + row)


Enter = Callable[[Client], Door]
DOORS = [party_sheet, invitations, candidate_lists, councils, ballots, absences]
every_door = pytest.mark.parametrize("enter_at", DOORS)


def state() -> list[object]:
    return [*contents(Party, Contest), Event.objects.count(), Position.objects.count()]


@every_door
def test_file_that_takes_too_long_is_refused_and_changes_nothing(
    client: Client, enter_at: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So each is read in a process of its own: no reader is done within a millisecond there."""
    door = enter_at(client)
    before = state()
    with monkeypatch.context() as patch:
        patch.setattr(apart, "SECONDS", 0.001)
        response = door.upload(client, door.content, "bestand", "text/plain")
    assert response.status_code == 422
    assert "it bestand kost onze computers te veel tijd of geheugen" in shown(response)
    assert state() == before
    assert door.upload(client, door.content, "x", "text/plain").status_code == door.done


@every_door
def test_file_is_known_by_what_is_in_it(client: Client, enter_at: Enter) -> None:
    door = enter_at(client)
    response = door.upload(client, door.content, "foto.png", "image/png")
    assert response.status_code == door.done


def zipped(name: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(name, "x")
    return written.getvalue()


OTHERS = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
    "zip": zipped("kandidaten.xml"),
    "docx": zipped("word/document.xml"),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(60),
    "exe": b"MZ\x90\x00\x03" + bytes(60),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "json": b'{"rows": []}',
    "utf-16": "geen tabel".encode("utf-16"),
    "noughts": bytes(5000),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("enter_at", [party_sheet, candidate_lists, councils])
def test_file_of_another_kind_is_refused_under_any_name(
    client: Client, enter_at: Enter, kind: str
) -> None:
    refuses(enter_at(client), client, OTHERS[kind])


@pytest.mark.parametrize("kind", [each for each in OTHERS if each not in {"html", "svg", "json"}])
def test_table_of_invitations_takes_no_other_kind(client: Client, kind: str) -> None:
    """What is text is a table with lines that go nowhere: the preview says so of each."""
    door = invitations(client)
    before = state()
    response = door.upload(client, OTHERS[kind], "tabel.csv", "text/csv")
    assert response.status_code == 422 or "Verstuur" not in shown(response)
    assert state() == before


def refuses(door: Door, client: Client, content: bytes) -> None:
    before = state()
    response = door.upload(client, content, "antwoorden.xlsx", "text/csv")
    assert response.status_code == 422
    assert "alert(1)<" not in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("enter_at", [party_sheet, invitations, candidate_lists, councils])
def test_empty_file_is_said(client: Client, enter_at: Enter) -> None:
    refuses(enter_at(client), client, b"")


def shown(response: Any) -> str:
    return html.unescape(text(response))
