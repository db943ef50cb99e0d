"""A statement changed meaning: what the party is asked, what counts meanwhile, and confirming."""

import html
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from parties.models import Party, User
from statements.models import Position, Revision, Statement, Way
from statements.portal import actions, queries, spreadsheet
from statements.portal.answers import Answer, seal
from statements.portal.confirmations import ask
from tests.portal.changing import change
from tests.portal.conftest import AT, LIST, close, hand_in, member_of, open_for, signed_in

KEY = "gemengd-wonen"
STATEMENT = f"{LIST}stelling/{KEY}/"
CONFIRM = f"{STATEMENT}bevestigen/"
OLD_ANSWER = Answer(1, "Wij zijn voor gemengd wonen.")
NEW = "De gemeente moet in elke wijk gemengd wonen mogelijk maken."


@pytest.fixture
def asked(db: None) -> Statement:
    return Statement.objects.get(key=KEY)


@pytest.fixture
def old(asked: Statement) -> str:
    return asked.text


@pytest.fixture
def changed(party: Party, fatima: User, asked: Statement, old: str) -> Statement:
    """The list answered, and after that the statement changed."""
    actions.save_answers(party, {asked: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    return change(asked, NEW, timezone.now())


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


def press(client: Client, version: str = "1", meaning: str = "2") -> "tuple[int, str]":
    response = client.post(CONFIRM, {"version": version, "meaning": meaning}, follow=True)
    return response.status_code, " ".join(html.unescape(response.content.decode()).split())


@pytest.mark.parametrize("address", [LIST, STATEMENT])
def test_party_is_asked_with_the_old_and_the_new_text(
    client: Client, changed: Statement, old: str, address: str
) -> None:
    page = page_of(client, address)
    assert "Deze stelling is veranderd. Klopt jullie antwoord nog?" in page
    assert f"<del>{old}</del>" in page
    assert f"<ins>{NEW}</ins>" in page
    assert "Ja, dit antwoord klopt nog" in page


def test_old_text_is_that_of_the_meaning_that_was_answered(
    client: Client, changed: Statement, old: str
) -> None:
    change(changed, "Nog weer anders.", timezone.now())
    change(changed, "Nog weer anders!", timezone.now(), mend=True)
    page = page_of(client, STATEMENT)
    assert f"<del>{old}</del>" in page
    assert "<ins>Nog weer anders!</ins>" in page


def test_better_words_ask_nothing(client: Client, party: Party, fatima: User) -> None:
    asked = Statement.objects.get(key=KEY)
    actions.save_answers(party, {asked: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    change(asked, NEW, timezone.now(), mend=True)
    assert "Klopt jullie antwoord nog" not in page_of(client, LIST)


def test_answer_that_waits_does_not_count(client: Client, party: Party, changed: Statement) -> None:
    sheet = queries.sheet(party, AT)
    assert (sheet.answered, len(sheet.missing), len(sheet.unconfirmed)) == (0, 24, 1)
    assert "<strong>0 van 24</strong>" in page_of(client, LIST)
    lists = page_of(client, "/partij/")
    assert "<strong>0 van 24</strong>" in lists
    assert "1 stelling is veranderd" in lists


def test_statement_that_is_asked_no_more_counts_for_nothing(
    client: Client, party: Party, fatima: User, asked: Statement
) -> None:
    actions.save_answers(party, {asked: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    other = Statement.objects.exclude(pk=asked.pk)[0]
    actions.save_answers(party, {other: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    asked.state, asked.withdrawn_at, asked.withdrawn_by = Statement.State.WITHDRAWN, AT, fatima
    asked.withdrawal = "Dubbel."
    asked.save()
    assert "<strong>1 van 23</strong>" in page_of(client, "/partij/")
    seen = queries.sheet(party, AT).seal
    made = actions.submit(party, seen=seen, name="Fatima", by=fatima, at=timezone.now())
    assert list(made.answers) == [other.key]


def test_one_press_confirms_and_keeps_a_trace(
    client: Client, party: Party, fatima: User, changed: Statement
) -> None:
    status, page = press(client)
    assert status == 200
    assert "Bevestigd." in page
    assert "Klopt jullie antwoord nog" not in page
    position = party.positions.get()
    assert (position.meaning, position.version, Answer.of(position)) == (2, 2, OLD_ANSWER)
    revision = Revision.objects.latest("pk")
    assert (revision.way, revision.by, revision.before) == (
        Way.CONFIRMATION,
        fatima,
        OLD_ANSWER.content,
    )
    assert "bevestigd na een nieuwe stelling" in page_of(client, f"{LIST}geschiedenis/")


def test_second_press_changes_nothing_more(client: Client, changed: Statement) -> None:
    press(client)
    assert press(client)[0] == 200
    assert Revision.objects.filter(way=Way.CONFIRMATION).count() == 1


def test_confirming_does_not_open_what_is_handed_in(
    client: Client, party: Party, fatima: User, asked: Statement
) -> None:
    actions.save_answers(party, {asked: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    hand_in(party, name="Fatima", by=fatima, at=AT)
    change(asked, NEW, timezone.now())
    for page in (page_of(client, STATEMENT), page_of(client, LIST)):
        form = page[: page.index("Open jullie antwoorden weer")].rpartition("<form")[2]
        assert f'action="{LIST}heropenen/"' in form
        assert "In de volgende editie laten we dit antwoord weg" in page
    assert press(client)[0] == 200
    assert party.submissions.get().reopened_at is None
    assert party.positions.get().meaning == 2


def test_after_the_deadline_nothing_is_confirmed(
    client: Client, party: Party, changed: Statement
) -> None:
    close(party)
    page = page_of(client, STATEMENT)
    assert "bevestigen kan niet meer" in page
    assert "Ja, dit antwoord klopt nog" not in page
    status, page = press(client)
    assert status == 409
    assert "De termijn is voorbij" in page
    assert party.positions.get().meaning == 1


@pytest.mark.parametrize(
    ("version", "meaning"), [("1", "3"), ("7", "2"), ("", "2"), ("1", ""), ("x", "2"), ("-1", "2")]
)
def test_confirming_what_was_not_read_is_refused(
    client: Client, party: Party, changed: Statement, version: str, meaning: str
) -> None:
    status, page = press(client, version, meaning)
    assert status == 409
    assert "Er is intussen iets veranderd" in page
    assert party.positions.get().meaning == 1


def test_statement_that_changed_once_more_is_read_first(
    client: Client, party: Party, changed: Statement
) -> None:
    change(changed, "Nog weer anders.", timezone.now())
    assert press(client)[0] == 409
    assert press(client, meaning="3")[0] == 200


def test_nothing_to_confirm_without_an_answer(client: Client, party: Party, old: str) -> None:
    assert press(client)[0] == 404
    assert client.post(f"{LIST}stelling/atlantis/bevestigen/").status_code == 404
    assert client.get(CONFIRM).status_code == 405


def test_another_answer_counts_at_once(client: Client, party: Party, changed: Statement) -> None:
    form = {"stance": "-1", "motivation": "", "source": "", "version": "1", "meaning": "2"}
    assert client.post(STATEMENT, form).status_code == 302
    assert queries.sheet(party, AT).answered == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_answer_to_the_old_text_is_not_taken_for_one_to_the_new(
    client: Client, party: Party, changed: Statement, *, htmx: bool
) -> None:
    form = {"stance": "-1", "motivation": "Getypt.", "source": "", "version": "1", "meaning": "1"}
    headers = {"HX-Request": "true"} if htmx else {}
    response = client.post(STATEMENT, form, headers=headers)
    assert response.status_code == 409
    page = response.content.decode()
    assert "de stelling is intussen veranderd" in page
    assert htmx or "Getypt." in page
    assert htmx or 'name="meaning" value="2"' in page
    assert party.positions.get().stance == 1


def test_handing_in_leaves_out_what_waits(
    client: Client, party: Party, fatima: User, changed: Statement
) -> None:
    other = Statement.objects.exclude(pk=changed.pk)[0]
    actions.save_answers(party, {other: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    page = page_of(client, f"{LIST}indienen/")
    assert "23 stellingen zijn nog niet beantwoord" in page
    assert "Bevestig eerst dat jullie antwoord nog klopt" in page
    seen = queries.sheet(party, AT).seal
    mail.outbox.clear()
    client.post(f"{LIST}indienen/", {"name": "Fatima", "seen": seen})
    assert list(party.submissions.get().answers) == [other.key]
    [message] = mail.outbox
    book, text = message.attachments
    assert "Niet bevestigd" in str(text[1])
    rows = openpyxl.load_workbook(io.BytesIO(book[1]), read_only=True).worksheets[0].iter_rows()
    [row] = [row for row in rows if KEY in [cell.value for cell in row]]
    assert OLD_ANSWER.motivation not in [cell.value for cell in row]


def test_statement_that_changes_before_the_signature_is_seen_first(
    party: Party, fatima: User, asked: Statement
) -> None:
    other = Statement.objects.exclude(pk=asked.pk)[0]
    for each in (asked, other):
        actions.save_answers(party, {each: (OLD_ANSWER, 0)}, by=fatima, at=AT)
    seen = seal(party.positions.all())
    change(asked, NEW, timezone.now())
    with pytest.raises(actions.ChangedError):
        actions.submit(party, seen=seen, name="Fatima", by=fatima, at=timezone.now())


def upload(client: Client, party: Party, answer: Answer) -> str:
    statement = Statement.objects.get(key=KEY)
    content = spreadsheet.write(party, [(statement, answer)])
    file = SimpleUploadedFile("antwoorden.xlsx", content)
    return html.unescape(client.post(f"{LIST}spreadsheet/", {"bestand": file}).content.decode())


def test_same_answer_in_a_spreadsheet_confirms_nothing(
    client: Client, party: Party, changed: Statement
) -> None:
    page = upload(client, party, OLD_ANSWER)
    assert "Hetzelfde antwoord in een bestand bevestigt niets" in " ".join(page.split())
    assert 'name="payload"' not in page
    assert party.positions.get().meaning == 1


def test_other_answer_in_a_spreadsheet_is_an_answer_to_the_new_text(
    client: Client, party: Party, changed: Statement
) -> None:
    page = upload(client, party, Answer(-1))
    payload = page.split('name="payload" value="')[1].split('"')[0]
    change(changed, "Nog weer anders.", timezone.now())
    apply = f"{LIST}spreadsheet/toepassen/"
    assert client.post(apply, {"payload": payload}).status_code == 409  # not what was looked at
    page = upload(client, party, Answer(-1))
    payload = page.split('name="payload" value="')[1].split('"')[0]
    assert client.post(apply, {"payload": payload}).status_code == 302
    assert (party.positions.get().stance, party.positions.get().meaning) == (-1, 3)


def test_correction_by_staff_answers_the_statement_as_it_is(
    party: Party, fatima: User, changed: Statement
) -> None:
    close(party)
    same = actions.correct(
        party, changed, OLD_ANSWER, seen=1, by=fatima, at=timezone.now(), reason="Nagevraagd."
    )
    assert (same.meaning, same.correction) == (2, "Nagevraagd.")


def test_everyone_of_a_list_that_answered_is_asked_once(
    party: Party, fatima: User, jan: User, changed: Statement, old: str, settings: Settings
) -> None:
    gone = member_of(party, "gone@voorbeeld.example", "Weg")
    gone.memberships.update(removed_at=timezone.now(), removed_by=fatima)
    open_for(party, timedelta(days=3))
    mail.outbox.clear()
    assert ask(changed, at=timezone.now()) == 2
    assert sorted(message.to[0] for message in mail.outbox) == [
        "fatima@voorbeeld.example",
        "jan@voorbeeld.example",
    ]
    message = mail.outbox[0]
    assert "Klopt jullie antwoord nog?" in message.subject
    body = str(message.body)
    assert f"Eerst: {old}" in body
    assert f"Nu: {NEW}" in body
    assert settings.SITE_URL.rstrip("/") + STATEMENT in body
    assert "Het kan tot" in body


def test_nobody_is_asked_where_nothing_can_change_or_nothing_waits(
    party: Party, jan: User, changed: Statement
) -> None:
    deadline = open_for(party, timedelta(days=3))
    assert ask(changed, at=deadline) == 0
    Position.objects.filter(party=party).update(meaning=2)
    mail.outbox.clear()
    assert ask(changed, at=timezone.now()) == 0
    assert not mail.outbox


def test_pages_with_answers_that_wait_ask_the_database_one_query_more(
    fatima: User, changed: Statement
) -> None:
    browser = signed_in(fatima)
    browser.get(LIST)
    for address in (LIST, STATEMENT):
        with CaptureQueriesContext(connection) as found:
            browser.get(address)
        assert len(found) < 15
