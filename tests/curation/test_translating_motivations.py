"""Which motivations are translated: those that voters see, counted and sorted by the database."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from parties.models import Contest, Election, Party, User
from statements import published, translations
from statements.curation.translating.motivations import (
    State,
    after,
    before,
    count,
    motivations,
)
from statements.models import (
    Position,
    Revision,
    Statement,
    Submission,
    Translation,
    Way,
    Withholding,
)
from statements.portal.actions import current_answers, unlocked
from tests.curation.staff import KEY, green, national

pytestmark = pytest.mark.django_db


def rows(lists: QuerySet[Party] | None = None) -> Any:
    election = Election.objects.get(slug="gr2022")
    return motivations(Party.objects.all() if lists is None else lists, election)


def by_database() -> set[tuple[str, str]]:
    return {(row.name, row.shown) for row in rows()}


def by_python() -> set[tuple[str, str]]:
    """What the published documents carry, without what staff read in programmes."""
    contest = Contest.objects.get(municipality__slug="voorbeeldstad", election__slug="gr2022")
    asked = list(Statement.objects.asked_in(contest))
    keys = {each.key: each.pk for each in asked}
    found = set()
    for party in contest.parties.on_ballot().prefetch_related(*published.FETCHED):
        names = published.motivation_subjects(party, keys)
        for key, content in published.positions(party, asked).items():
            if content["motivation"] and "basis" not in content and key in names:
                found.add((names[key], content["motivation"]))
    return found


def position() -> Position:
    return green().positions.select_related("statement").get(statement__key=KEY)


def shown() -> str | None:
    """Of the one position that these tests change."""
    return next((row.shown for row in rows() if row.pk == position().pk), None)


def change(**values: Any) -> None:
    with unlocked():
        Position.objects.filter(pk=position().pk).update(**values)


def reopen(text: str, *, days_ago: int = 2, **answer: str) -> None:
    """Handed in some days ago with this motivation, and opened again yesterday."""
    party = green()
    answers = current_answers(party)
    answers[KEY]["motivation"] = text
    at = timezone.now()
    party.submissions.all().delete()
    Submission.objects.create(
        party=party,
        name="Otto",
        at=at - timedelta(days=days_ago),
        answers=answers,
        reopened_at=at - timedelta(hours=1),
        reopened_by=national(),
    )


def test_they_are_what_editions_carry() -> None:
    assert by_database() == by_python()
    assert len(by_python()) > 50


def test_list_that_handed_in_nothing_is_left_out() -> None:
    green().submissions.all().delete()
    assert shown() is None
    assert by_database() == by_python()


def test_of_a_list_that_was_opened_again_what_was_handed_in() -> None:
    reopen("Zoals ingediend.")
    change(motivation="Een concept dat niemand mag zien.")
    assert shown() == "Zoals ingediend."
    assert by_database() == by_python()


def test_corrected_answer_of_a_list_that_was_opened_again_is_the_corrected_one() -> None:
    reopen("Zoals ingediend.")
    change(motivation="Verbeterd.", corrected_at=timezone.now(), correction="Een fout.")
    assert shown() == "Verbeterd."
    assert by_database() == by_python()


def test_answer_to_an_earlier_meaning_is_left_out() -> None:
    Statement.objects.filter(key=KEY).update(meaning=2, meaning_since=timezone.now())
    assert shown() is None
    assert by_database() == by_python()


def test_answer_handed_in_before_the_meaning_changed_is_left_out_until_it_is_confirmed() -> None:
    reopen("Zoals ingediend.")
    since = timezone.now() - timedelta(days=1)
    Statement.objects.filter(key=KEY).update(meaning=2, meaning_since=since)
    assert shown() is None
    assert by_database() == by_python()
    answer = green().submissions.get().answers[KEY]
    Revision.objects.create(
        party=green(),
        statement=position().statement,
        by=User.objects.get(email="nina@example.nl"),
        at=timezone.now(),
        way=Way.CONFIRMATION,
        before=answer,
        after=answer,
    )
    assert shown() == "Zoals ingediend."
    assert by_database() == by_python()


def test_withheld_motivation_is_left_out_and_comes_back_when_it_is_lifted() -> None:
    row = position()
    by, at = national(), timezone.now()
    withholding = Withholding.objects.create(
        party=green(),
        statement=row.statement,
        motivation=row.motivation,
        ground="hate",
        explanation="Dit is een test.",
        by=by,
        at=at,
    )
    assert shown() is None
    assert by_database() == by_python()
    withholding.lifted_by, withholding.lifted_at = by, at
    withholding.save()
    assert shown() == row.motivation


def test_withheld_motivation_of_a_list_that_was_opened_again_is_left_out() -> None:
    reopen("Zoals ingediend.")
    Withholding.objects.create(
        party=green(),
        statement=position().statement,
        motivation="Zoals ingediend.",
        ground="hate",
        explanation="Dit is een test.",
        by=User.objects.get(email="nina@example.nl"),
        at=timezone.now(),
    )
    assert shown() is None
    assert by_database() == by_python()


def test_withdrawn_list_and_withdrawn_statement_are_left_out() -> None:
    by, at = national(), timezone.now()
    Party.objects.filter(pk=green().pk).update(
        number=None, withdrawn_at=at, withdrawn_by=by, withdrawal="Test"
    )
    assert shown() is None
    assert by_database() == by_python()


@pytest.mark.parametrize(
    "text",
    [
        "gewoon",
        'met "aanhaling" en \\ streep',
        "regel\nregel\ttab\r\x07\x1b\x7f",
        "é ü ß € 😀 العربية \u2028 </script>",
        "/ 'enkel' %s {0}",
    ],
)
def test_database_makes_the_same_digest(text: str) -> None:
    change(motivation=text)
    [digest] = [row.digest for row in rows() if row.pk == position().pk]
    assert digest == translations.digest(translations.motivation_texts(text))
    assert len(digest) == hashlib.sha256().digest_size * 2


def translate(row: Any, language: str, *, reviewed: bool = False, digest: str = "") -> None:
    at = timezone.now()
    Translation.objects.create(
        language=language,
        subject=row.name,
        texts={"motivation": "…"},
        source_digest=digest or row.digest,
        written_at=at,
        reviewed_at=at if reviewed else None,
        reviewed_by=national() if reviewed else None,
    )


def test_states_are_counted_by_language() -> None:
    found = list(rows()[:3])
    total = rows().count()
    translate(found[0], "en")
    translate(found[1], "en", reviewed=True)
    translate(found[2], "en", digest="0" * 64)
    translate(found[0], "ar", digest="0" * 64)
    english, arabic = count(rows(), ["en", "ar"])
    assert english == {State.MISSING: total - 3, **dict.fromkeys(State, 1)} | {
        State.MISSING: total - 3
    }
    assert arabic == {State.MISSING: total - 1, State.STALE: 1}


def test_each_has_one_before_and_one_after_it() -> None:
    keys = [row.pk for row in rows()]
    for at in (0, 1, 25, len(keys) - 1):
        [row] = rows().filter(pk=keys[at])
        assert list(rows().filter(before(row)).values_list("pk", flat=True)) == keys[:at]
        assert list(rows().filter(after(row)).values_list("pk", flat=True)) == keys[at + 1 :]
