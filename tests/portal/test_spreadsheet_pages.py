"""The spreadsheet through the portal: out, in, a look at the differences, all or nothing."""

import html
import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from parties.models import Party, User
from statements.models import Revision, Statement, Way
from statements.portal import actions, spreadsheet
from statements.portal.answers import Answer
from tests.portal.conftest import AT, LIST, close, signed_in, the_list

PAGE = f"{LIST}spreadsheet/"
APPLY = f"{LIST}spreadsheet/toepassen/"


@pytest.fixture
def asked(db: None) -> list[Statement]:
    return list(Statement.objects.order_by("theme__order", "order").select_related("theme"))


def table(party: Party, asked: list[Statement], answers: dict[int, Answer]) -> bytes:
    return spreadsheet.write(party, [(each, answers.get(n)) for n, each in enumerate(asked)])


def upload(client: Client, content: bytes, name: str = "antwoorden.xlsx") -> Any:
    return client.post(PAGE, {"bestand": SimpleUploadedFile(name, content)})


def payload(response: Any) -> str:
    found = re.search(r'name="payload"\s+value="([^"]+)"', response.content.decode())
    assert found, html.unescape(response.content.decode()).split("<main")[1]
    return html.unescape(found[1])


def text(response: Any) -> str:
    return html.unescape(response.content.decode()).split("<main")[1]


def test_download_holds_what_is_filled_in(client: Client, party: Party, fatima: User) -> None:
    first = Statement.objects.order_by("theme__order", "order")[0]
    actions.save_answers(party, {first: (Answer(2, "Omdat."), 0)}, by=fatima, at=AT)
    response = client.get(f"{PAGE}bestand/")
    assert "attachment" in response.headers["Content-Disposition"]
    [sheet, *_] = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"Omdat.", first.text, "Helemaal mee eens"} <= cells
    assert first.reason not in str(response.content)


def test_differences_are_shown_and_then_saved(
    client: Client, party: Party, fatima: User, asked: list[Statement]
) -> None:
    actions.save_answers(party, {asked[0]: (Answer(1, "Oud"), 0)}, by=fatima, at=AT)
    content = table(
        party, asked, {0: Answer(1, "Nieuw"), 3: Answer(None), 5: Answer(-2, "=1+1", "blz. 3")}
    )
    shown = upload(client, content)
    assert shown.status_code == 200
    assert "3 van de 24 antwoorden zijn anders" in text(shown)
    assert "<del>Oud</del>" in text(shown)
    assert Revision.objects.count() == 1  # looking saves nothing
    assert client.post(APPLY, {"payload": payload(shown)}).headers["Location"] == LIST
    assert party.positions.count() == 3
    assert party.positions.get(statement=asked[5]).motivation == "=1+1"
    assert set(Revision.objects.values_list("way", flat=True)[:3]) == {Way.SPREADSHEET}


def test_empty_rows_take_nothing_away(
    client: Client, party: Party, fatima: User, asked: list[Statement]
) -> None:
    actions.save_answers(party, {asked[0]: (Answer(1), 0)}, by=fatima, at=AT)
    assert "hetzelfde als wat er al is" in text(upload(client, table(party, asked, {})))


def test_one_bad_row_and_nothing_can_be_saved(
    client: Client, party: Party, asked: list[Statement]
) -> None:
    content = table(party, asked, {0: Answer(1), 1: Answer(1)})
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "Mee eens":
                cell.value = "een beetje"
    changed = io.BytesIO()
    book.save(changed)
    response = upload(client, changed.getvalue())
    assert response.status_code == 422
    assert "een beetje" in text(response)
    assert "payload" not in text(response)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", ""), (b"geen spreadsheet", ""), (b"PK\x03\x04" + b"x" * 100, "")],
)
def test_what_is_no_spreadsheet_is_refused(client: Client, content: bytes, said: str) -> None:
    response = upload(client, content)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_no_file_at_all(client: Client) -> None:
    response = client.post(PAGE)
    assert (response.status_code, "Kies eerst het bestand" in text(response)) == (422, True)


def test_file_of_another_list_is_refused(client: Client, asked: list[Statement]) -> None:
    other = table(the_list("groen-voorbeeldstad"), asked, {0: Answer(1)})
    response = upload(client, other)
    assert (response.status_code, "andere partij" in text(response)) == (422, True)


def test_too_large_a_request_is_refused_unread(client: Client) -> None:
    response = client.post(PAGE, {"bestand": SimpleUploadedFile("x.xlsx", b"x" * 4_000_000)})
    assert (response.status_code, "te groot" in text(response)) == (413, True)


def test_colleague_who_saved_meanwhile_is_not_overwritten(
    client: Client, party: Party, jan: User, asked: list[Statement]
) -> None:
    shown = upload(client, table(party, asked, {0: Answer(1), 1: Answer(1)}))
    actions.save_answers(party, {asked[1]: (Answer(-1), 0)}, by=jan, at=AT)
    response = client.post(APPLY, {"payload": payload(shown)})
    assert (response.status_code, "Er is niets opgeslagen" in text(response)) == (409, True)
    assert party.positions.count() == 1


def test_after_the_deadline_nothing_is_applied(
    client: Client, party: Party, asked: list[Statement]
) -> None:
    shown = upload(client, table(party, asked, {0: Answer(1)}))
    close(party)
    response = client.post(APPLY, {"payload": payload(shown)})
    assert (response.status_code, "De termijn is voorbij" in text(response)) == (409, True)
    assert not party.positions.exists()


def test_differences_looked_at_long_ago_or_of_another_list_or_forged(
    client: Client, party: Party, fatima: User, asked: list[Statement]
) -> None:
    green = the_list("groen-voorbeeldstad")
    green.memberships.create(user=fatima, since=AT)
    seen = payload(upload(client, table(party, asked, {0: Answer(1)})))
    elsewhere = APPLY.replace("gewoon", "groen")
    browser = signed_in(fatima)
    assert browser.post(elsewhere, {"payload": seen}).status_code == 409
    assert browser.post(APPLY, {"payload": seen[:-1] + "x"}).status_code == 409
    assert browser.post(APPLY, {}).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        browser = signed_in(fatima)
        assert browser.post(APPLY, {"payload": seen}).status_code == 409
    assert not party.positions.exists()
    assert client.post(APPLY, {"payload": seen}).status_code == 302
