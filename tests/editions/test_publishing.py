"""Editions: compiled once, numbered, immutable, and verifiable by anyone."""

import contextlib
import copy
import hashlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parties.models import Contest, Election, Municipality, Party
from statements.models import Statement
from stemhulp.editions.compile import compile_content, compile_edition
from stemhulp.editions.document import InvalidDocumentError, canonical, check, digest, parse, read
from stemhulp.editions.models import PublishedEdition
from stemhulp.editions.publishing import CannotPublishError, publish

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def contest() -> Contest:
    return Contest.objects.select_related("election", "municipality").get(municipality__slug="urk")


def published(contest: Contest) -> PublishedEdition:
    edition = publish(contest, "Redactie", NOW, "Eerste keer")
    assert edition is not None
    return edition


def test_edition_holds_exactly_what_a_voter_sees(contest: Contest) -> None:
    edition = published(contest)
    assert parse(bytes(edition.document)) == compile_edition("gr2022", "urk")


def test_document_is_canonical_and_its_digest_anyones_to_compute(contest: Contest) -> None:
    edition = published(contest)
    document = bytes(edition.document)
    assert edition.digest == hashlib.sha256(document).hexdigest()
    assert canonical(json.loads(document)) == document
    assert document == canonical(compile_content(contest))


def test_publishing_again_with_nothing_changed_makes_no_new_edition(contest: Contest) -> None:
    published(contest)
    assert publish(contest, "Redactie", NOW, "Nog een keer") is None
    assert contest.editions.count() == 1


def test_change_makes_the_next_number_and_keeps_the_first(contest: Contest) -> None:
    first = published(contest)
    party = contest.parties.order_by("slug")[0]
    Party.objects.filter(pk=party.pk).update(name="Anders")
    second = publish(contest, "Redactie", NOW, "Naam van lijst 1 hersteld")
    assert second is not None
    assert (first.number, second.number) == (1, 2)
    kept = parse(bytes(contest.editions.get(number=1).document))
    assert party.name in [each.name for each in kept.parties]


def test_database_refuses_to_change_an_edition(contest: Contest) -> None:
    edition = published(contest)
    edition.reason = "Anders"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        edition.save()


def test_database_refuses_to_remove_an_edition(contest: Contest) -> None:
    published(contest)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        PublishedEdition.objects.all().delete()


def test_database_refuses_to_empty_the_table() -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE editions_publishededition")


def test_database_refuses_a_digest_of_something_else(contest: Contest) -> None:
    with pytest.raises(IntegrityError, match="digest_is_of_its_document"), transaction.atomic():
        PublishedEdition.objects.create(
            contest=contest,
            number=1,
            document=b"{}",
            digest="0" * 64,
            published_by="x",
            published_at=NOW,
            reason="x",
        )


@pytest.mark.parametrize(("by", "reason"), [("", "reden"), ("naam", " ")])
def test_edition_needs_a_name_and_a_reason(contest: Contest, by: str, reason: str) -> None:
    with pytest.raises(CannotPublishError, match="a name and a reason"):
        publish(contest, by, NOW, reason)


def test_contest_without_statements_is_not_published(contest: Contest) -> None:
    Statement.objects.update(state="draft", approved=None, approved_at=None)
    with pytest.raises(CannotPublishError, match="no statements"):
        publish(contest, "Redactie", NOW, "reden")


@pytest.fixture
def three_contests(contest: Contest) -> None:
    """An election of its own with three contests and one statement."""
    election = Election.objects.create(
        slug="gr2030", name="2030", date=NOW.date(), municipality_year=2022
    )
    Statement.objects.filter(pk=Statement.objects.earliest("pk").pk).update(election=election)
    for slug in ("utrecht", "urk", "almere"):
        municipality = Municipality.objects.get(slug=slug)
        new = Contest.objects.create(election=election, municipality=municipality)
        Party.objects.create(contest=new, slug="lijst", name="Lijst", number=1)


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def test_command_publishes_every_contest_and_then_none(three_contests: None) -> None:
    assert run("publish", "--election", "gr2030") == "3 published, 0 unchanged.\n"
    assert run("publish", "--election", "gr2030") == "0 published, 3 unchanged.\n"


def test_command_names_what_is_not_ready_and_does_the_rest(three_contests: None) -> None:
    Party.objects.filter(
        contest__municipality__slug="utrecht", contest__election__slug="gr2030"
    ).delete()
    output = io.StringIO()
    with pytest.raises(CommandError, match="utrecht: There are no parties"):
        call_command("publish", "--election", "gr2030", stdout=output)
    assert output.getvalue() == "2 published, 0 unchanged.\n"


@pytest.mark.parametrize(
    "arguments", [["--election", "gr1850"], ["--election", "gr2022", "--municipality", "atlantis"]]
)
def test_command_refuses_what_it_does_not_know(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run("publish", *arguments)


def test_file_of_an_edition_is_verified(contest: Contest, tmp_path: Path) -> None:
    edition = published(contest)
    path = tmp_path / "1.json"
    path.write_bytes(edition.document)
    assert "edition 1" in run("verify_edition", str(path))
    assert "as expected" in run("verify_edition", str(path), "--digest", edition.digest[:12])


@pytest.mark.parametrize("at", [0, 100, 5000, 20_000, -1])
def test_one_flipped_byte_is_reported(contest: Contest, tmp_path: Path, at: int) -> None:
    edition = published(contest)
    document = bytearray(edition.document)
    document[at] ^= 1
    path = tmp_path / "1.json"
    path.write_bytes(document)
    with pytest.raises(CommandError):
        run("verify_edition", str(path))
    with pytest.raises(CommandError):
        run("verify_edition", str(path), "--digest", edition.digest)


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("verify_edition", str(tmp_path / "niets.json"))


@pytest.fixture
def content(contest: Contest) -> dict[str, Any]:
    return compile_content(contest)


def mutations() -> Any:
    return st.tuples(st.integers(0, 10_000), st.none() | st.integers() | st.text() | st.booleans())


@given(mutation=mutations())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_document_with_anything_else_in_any_place_is_refused_or_read(
    content: dict[str, Any], mutation: tuple[int, Any]
) -> None:
    """Whatever stands where a value belongs, reading ends in an edition or in a clear refusal."""
    place, value = mutation
    changed = copy.deepcopy(content)
    holders = [holder for holder in containers(changed) if len(holder)]
    holder = holders[place % len(holders)]
    holder[next(iter(holder)) if isinstance(holder, dict) else 0] = value
    with contextlib.suppress(InvalidDocumentError):
        read(changed)


def containers(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value] if isinstance(value, (dict, list)) else []
    return own + [each for part in inner for each in containers(part)]


@pytest.mark.parametrize(
    "document", [b"", b"[]", b"null", b"{}", b"\xff", b"[" * 100_000, b'{"format":2}']
)
def test_what_is_no_edition_is_refused(document: bytes) -> None:
    with pytest.raises(InvalidDocumentError):
        check(document)


def test_document_that_is_not_canonical_is_refused(contest: Contest) -> None:
    loose = json.dumps(compile_content(contest), indent=1).encode()
    with pytest.raises(InvalidDocumentError, match="canonical"):
        check(loose)
    assert digest(loose) != digest(canonical(compile_content(contest)))
