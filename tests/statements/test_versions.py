"""From a statement's row to a version's content, and back."""

from typing import Any

import pytest
from django.utils import timezone

from statements import versions
from statements.models import Statement, Version

pytestmark = pytest.mark.django_db


def statement() -> Statement:
    return Statement.objects.get(key="kleine-opvang-in-de-wijk", election__slug="gr2022")


def changed(**changes: Any) -> dict[str, Any]:
    return {**versions.content_of(statement()), **changes}


def test_content_goes_to_the_row_and_back() -> None:
    row = statement()
    backgrounds = [
        {"text": "Eerst dit.", "source": "gemeente-aan-zet-2018"},
        {"text": "Dan dat.", "source": "stemhulp-2022"},
    ]
    content = changed(text="Anders.", theme="werk", recommendation=-1, backgrounds=backgrounds)
    versions.apply(row, content)
    row.save()
    assert versions.content_of(statement()) == content


def test_fewer_backgrounds_leave_none_behind() -> None:
    row = statement()
    versions.apply(row, changed(backgrounds=[]))
    assert not row.backgrounds.exists()


def test_columns_alone_leave_the_backgrounds() -> None:
    row = statement()
    count = row.backgrounds.count()
    versions.set_columns(row, changed(theme="werk", backgrounds=[]))
    assert row.theme.key == "werk"
    assert row.backgrounds.count() == count > 0


def test_loading_the_same_again_makes_no_version() -> None:
    row = statement()
    versions.keep_loaded(row, timezone.now())
    assert row.versions.count() == row.latest == 1


def test_loaded_text_that_differs_is_the_next_approved_version() -> None:
    row = statement()
    row.text = "Anders."
    row.save()
    versions.keep_loaded(row, timezone.now())
    last = row.versions.get(number=2)
    assert (last.nature, last.verdict, last.by) == (Version.Nature.MEND, "approved", None)
    assert (row.approved, row.state) == (2, Statement.State.APPROVED)
