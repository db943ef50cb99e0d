"""What the database itself holds, whoever or whatever writes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from parties import audit
from parties.models import Event, User
from statements.models import Statement, Translation, Version
from statements.versions import content_of

pytestmark = pytest.mark.django_db
ROOMS = ("parties", "statements", "editions")


def named_in(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from named_in(child)
        else:
            yield child[0].split("__")[0]


def pairs() -> Iterator[tuple[type[models.Model], str]]:
    """Every "…_at" that has a "…_by" beside it."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            names = {field.name for field in model._meta.get_fields()}
            for name in sorted(names):
                if name.endswith("_at") and f"{name.removesuffix('_at')}_by" in names:
                    yield model, name.removesuffix("_at")


@pytest.mark.parametrize(("model", "stem"), list(pairs()))
def test_a_time_and_a_person_that_belong_together_are_held_together(
    model: type[models.Model], stem: str
) -> None:
    """Unless both are always there: then there is nothing to be forgotten."""
    at, by = model._meta.get_field(f"{stem}_at"), model._meta.get_field(f"{stem}_by")
    constraints = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    held = any({at.name, by.name} <= set(named_in(each.condition)) for each in constraints)
    # Of what was loaded from a file, nobody is the author; the time is never empty.
    assert held or not at.null


def test_there_are_such_pairs() -> None:
    assert {stem for _, stem in pairs()} >= {"reviewed", "withdrawn", "approved", "decided"}


@pytest.fixture
def statement() -> Statement:
    return Statement.objects.get(key="gemengd-wonen", election__slug="gr2022")


def someone(name: str) -> User:
    return User.objects.create_user(f"{name}@example.nl", name.title())


def write(statement: Statement, by: User | None, number: int, **fields: Any) -> Version:
    return Version.objects.create(
        statement=statement,
        number=number,
        nature=Version.Nature.MEND,
        content=content_of(statement),
        by=by,
        at=timezone.now(),
        **fields,
    )


def approve(version: Version, by: User) -> None:
    version.verdict, version.reviewed_by = Version.Verdict.APPROVED, by
    version.reviewed_at = timezone.now()
    version.save()


def refused(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


def test_author_approves_nothing_of_their_own(statement: Statement) -> None:
    version = write(statement, anna := someone("anna"), 2)
    with refused("version_reviewer_is_not_its_author|someone else"), transaction.atomic():
        approve(version, anna)


def test_author_of_an_earlier_draft_does_not_approve_the_next(statement: Statement) -> None:
    """Else two authors could pass a text back and forth, and approve it among themselves."""
    anna, bert = someone("anna"), someone("bert")
    write(statement, anna, 2)
    version = write(statement, bert, 3)
    with refused("someone else than its authors"), transaction.atomic():
        approve(version, anna)
    approve(version, someone("carla"))


def test_what_was_approved_before_does_not_stand_in_the_way(statement: Statement) -> None:
    anna, bert, carla = someone("anna"), someone("bert"), someone("carla")
    approve(write(statement, anna, 2), carla)
    approve(write(statement, bert, 3), anna)


def test_approval_without_a_reviewer_is_for_files_only(statement: Statement) -> None:
    at = timezone.now()
    write(statement, None, 2, verdict="approved", reviewed_at=at)
    with refused("version_reviewer_is_not_its_author"), transaction.atomic():
        write(statement, someone("anna"), 3, verdict="approved", reviewed_at=at)


def test_saved_text_is_never_changed(statement: Statement) -> None:
    version = write(statement, someone("anna"), 2)
    changes: list[dict[str, Any]] = [
        {"content": {}},
        {"number": 9},
        {"note": "x"},
        {"by": someone("bert")},
    ]
    for change in changes:
        with refused("kept as it is"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**change)
    with refused("kept as it is"), transaction.atomic():
        Version.objects.filter(pk=version.pk).delete()


def test_review_is_written_once(statement: Statement) -> None:
    version = write(statement, someone("anna"), 2)
    approve(version, someone("bert"))
    with refused("kept as it is"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(verdict="returned")


@pytest.mark.parametrize("number", [7, 2])
def test_only_an_approved_version_is_asked(statement: Statement, number: int) -> None:
    """Number 7 does not exist, number 2 was not approved."""
    write(statement, someone("anna"), 2)
    with refused("Only an approved version"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(approved=number, latest=number)
        connection.check_constraints()


def test_draft_that_nobody_approved_cannot_be_called_approved(statement: Statement) -> None:
    with refused("statement_state_approved_is_its_latest_version"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(latest=2)


def test_translation_is_reviewed_by_someone_else_and_only_of_a_file_by_nobody() -> None:
    rows = Translation.objects.filter(language="en", subject="theme:werk")
    anna, bert, at = someone("anna"), someone("bert"), timezone.now()
    rows.update(written_by=None, reviewed_by=None, reviewed_at=at)
    rows.update(written_by=anna, reviewed_by=bert)
    for wrong in (
        {"written_by": anna, "reviewed_by": anna},
        {"written_by": anna, "reviewed_by": None},
        {"written_by": anna, "reviewed_by": bert, "reviewed_at": None},
        {"written_by": None, "reviewed_by": bert, "reviewed_at": None},
    ):
        with refused("translation_reviewed_at_and_by_someone_else"), transaction.atomic():
            rows.update(**wrong)


def test_log_is_appended_only() -> None:
    event = audit.record("test", "Iets gedaan.", by=None, at=timezone.now())
    rows = Event.objects.filter(pk=event.pk)
    with refused("appended"), transaction.atomic():
        rows.update(what="Niets gedaan.")
    with refused("appended"), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize("table", ["parties_event", "statements_version"])
def test_kept_tables_are_not_emptied(table: str) -> None:
    with pytest.raises(Error, match=r"appended|kept as it is"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")


def test_log_keeps_a_sentence_within_its_length() -> None:
    event = audit.record("test", "x" * 400, by=None, at=timezone.now() - timedelta(days=1))
    assert len(event.what) == 300
    assert event.what.endswith("…")
