"""From one Stemhulp to another: what is taken over, as what, and what never is overwritten."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from parties.models import Contest, Election, Event, Municipality, Party, Region, User
from statements.models import (
    Position,
    Research,
    Revision,
    Source,
    Statement,
    Submission,
    Theme,
    Translation,
    Way,
)
from stemhulp.editions import store
from stemhulp.editions.compile import compile_content
from stemhulp.editions.edition import Imprint
from stemhulp.opendata.contests import published
from tests.opendata.interchange.documents import documents, imprint_of
from tests.opendata.interchange.tables import positions_csv, statements_csv
from tests.parties.mistakes import contents

pytestmark = pytest.mark.django_db
KEPT = (Position, Research, Revision, Source, Statement, Submission, Theme, Translation)


def colleague(name: str) -> User:
    return User.objects.get_or_create(email=f"{name}@vluchtelingenwerk.example", is_national=True)[
        0
    ]


def elsewhere(document: Any, slug: str = "") -> Contest:
    """The same contest in a Stemhulp in which nothing is asked yet."""
    told, place = document["election"], document["municipality"]
    election = Election.objects.create(
        slug=slug or told["slug"], name=told["name"], date=told["date"], municipality_year=2026
    )
    municipality, _ = Municipality.objects.get_or_create(
        code=place["code"], defaults={name: place[name] for name in place if name != "code"}
    )
    contest = Contest.objects.create(election=election, municipality=municipality)
    Party.objects.bulk_create(
        Party(contest=contest, slug=each["slug"], name=each["name"], number=each["number"])
        for each in document["parties"]
    )
    return Contest.objects.select_related("election", "municipality__region").get(pk=contest.pk)


def example() -> tuple[Any, Imprint]:
    """Voorbeeldstad as it is published, said to be of an election that is not here."""
    store.catch_up()
    [found] = [each for each in published("gr2022") if each.municipality.is_example]
    document = found.content
    document["election"]["slug"] = "gr2030"
    return document, found.imprint


def files(folder: Path, document: Any, imprint: Imprint) -> dict[str, Path]:
    made = {"statements": folder / "statements.csv", "positions": folder / "positions.csv"}
    made["statements"].write_bytes(statements_csv(document, imprint))
    made["positions"].write_bytes(positions_csv(document, imprint))
    return made


def take_over(election: str, **options: Any) -> str:
    told = io.StringIO()
    colleagues = {"by": colleague("anna").email} if "positions" in options else {}
    call_command("import_contest", election, stdout=told, **(colleagues | options))
    return told.getvalue()


def as_published() -> dict[str, Any]:
    return {"as_published": True, "checked_by": colleague("bert").email}


# A round trip


@examples(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_edition_is_the_same_statements_and_positions_elsewhere(
    document: Any, tmp_path: Path
) -> None:
    document["parties"] = [
        each | {"number": number} for number, each in enumerate(document["parties"], 1)
    ]
    with transaction.atomic():
        contest = elsewhere(document)
        take_over("gr2030", **files(tmp_path, document, imprint_of(document)), **as_published())
        compiled = compile_content(contest)
        transaction.set_rollback(True)
    assert by_key(compiled["statements"]) == by_key(document["statements"])
    asked = {each["theme"] for each in document["statements"]}
    assert by_key(compiled["themes"]) == {
        key: each for key, each in by_key(document["themes"]).items() if key in asked
    }
    for there, here in zip(document["parties"], compiled["parties"], strict=True):
        assert here["positions"] == {
            key: {name: each for name, each in position.items() if name != "withheld"}
            for key, position in there["positions"].items()
        }, "all but the ground on which a text is left out, that is in no file"


def by_key(rows: Any) -> dict[str, Any]:
    return {each["key"]: each for each in rows}


def test_published_contest_is_taken_over_as_it_was(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document)
    told = take_over("gr2030", **files(tmp_path, document, imprint), **as_published())
    compiled = compile_content(contest)
    assert by_key(compiled["statements"]) == by_key(document["statements"])
    assert [each["positions"] for each in compiled["parties"]] == [
        each["positions"] for each in document["parties"]
    ]
    assert told.startswith(f"{contest.election}: 24 statements; 204 answers of lists; 0 readings")
    signed = Submission.objects.filter(party__contest=contest).first()
    assert signed is not None
    assert signed.name == f"Overgenomen uit editie 1 (gr2030, {imprint.digest[:16]})"
    assert (signed.by, signed.at) == (None, imprint.published_at.replace(microsecond=0))


def test_order_of_asking_stays(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document)
    take_over("gr2030", statements=files(tmp_path, document, imprint)["statements"])
    assert [each["key"] for each in compile_content(contest)["statements"]] == [
        each["key"] for each in document["statements"]
    ]


# As what it counts


def test_answers_of_lists_become_drafts_that_nobody_else_sees(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document, "gr2034")
    take_over("gr2034", **files(tmp_path, document, imprint))
    assert Position.objects.filter(party__contest=contest).count() == 204
    assert not Submission.objects.filter(party__contest=contest).exists()
    assert not any(each["positions"] for each in compile_content(contest)["parties"])


def test_who_took_over_an_answer_is_kept_with_it(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document, "gr2034")
    take_over("gr2034", **files(tmp_path, document, imprint))
    kept = Revision.objects.filter(party__contest=contest)
    assert kept.count() == 204
    assert {each.way for each in kept} == {Way.TRANSFER}
    assert {each.by_id for each in kept} == {colleague("anna").pk}
    assert kept[0].reason == f"Overgenomen uit editie 1 (gr2030, {imprint.digest[:16]})"


def test_what_was_read_in_a_programme_waits_for_a_second_person(tmp_path: Path) -> None:
    document, imprint = example()
    read = {"stance": 1, "motivation": "Citaat", "source": "p. 3", "basis": "programme"}
    key = document["statements"][0]["key"]
    document["parties"] = [document["parties"][0] | {"positions": {key: read}}]
    contest = elsewhere(document)
    found = files(tmp_path, document, imprint)
    take_over("gr2030", **found, as_published=True)
    research = Research.objects.get(party__contest=contest)
    assert (research.quotation, research.entered_by) == ("Citaat", colleague("anna"))
    assert research.checked_at is None
    assert compile_content(contest)["parties"][0]["positions"] == {}


def test_whole_edition_counts_only_in_the_election_it_was_published_for(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document, "gr2034")
    found = files(tmp_path, document, imprint)
    with pytest.raises(CommandError, match="line 2: was published for gr2030; for gr2034"):
        take_over("gr2034", **found, **as_published())
    assert not Statement.objects.filter(election__slug="gr2034").exists()


def test_draft_is_refused_after_the_deadline_and_an_edition_is_not(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document)
    Election.objects.filter(slug="gr2030").update(deadline=timezone.now() - timedelta(days=1))
    found = files(tmp_path, document, imprint)
    with pytest.raises(CommandError, match=r"line 2: the deadline of .* has passed"):
        take_over("gr2030", **found)
    take_over("gr2030", **found, **as_published())
    assert Position.objects.filter(party__contest=contest).count() == 204


# Nothing is overwritten


@pytest.mark.parametrize("more", [{}, {"as_published": True}])
def test_again_changes_nothing(tmp_path: Path, more: dict[str, Any]) -> None:
    document, imprint = example()
    elsewhere(document)
    found = files(tmp_path, document, imprint)
    take_over("gr2030", **found, **more)
    before = contents(*KEPT)
    assert "204 were here already" in take_over("gr2030", **found, **more)
    assert contents(*KEPT) == before


def test_other_answer_of_a_list_stays(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document)
    found = files(tmp_path, document, imprint)
    take_over("gr2030", **found)
    position = Position.objects.filter(party__contest=contest, stance=2).first()
    assert position is not None
    Position.objects.filter(pk=position.pk).update(stance=-2)
    before = contents(*KEPT)
    with pytest.raises(CommandError, match=r"line \d+: .* answered .* otherwise here; that stays"):
        take_over("gr2030", **found)
    assert contents(*KEPT) == before


def test_list_that_handed_in_here_is_left_alone(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document)
    party = contest.parties.get(slug=document["parties"][0]["slug"])
    Submission.objects.create(party=party, name="Fatima", at=timezone.now(), answers={})
    with pytest.raises(CommandError, match="handed in already, without this; that stays"):
        take_over("gr2030", **files(tmp_path, document, imprint), as_published=True)


def test_statement_that_was_answered_keeps_its_meaning(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document)
    take_over("gr2030", **files(tmp_path, document, imprint))
    document["statements"][0]["texts"]["nl"]["text"] = "Heel iets anders."
    with pytest.raises(CommandError, match=r"line 2: .* was answered here as “"):
        take_over("gr2030", **files(tmp_path, document, imprint))


def test_statement_that_nobody_answered_is_updated(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document)
    for text in ("Zo.", "Of toch anders."):
        document["statements"][0]["texts"]["nl"]["text"] = text
        take_over("gr2030", statements=files(tmp_path, document, imprint)["statements"])
    key = document["statements"][0]["key"]
    assert by_key(compile_content(contest)["statements"])[key]["texts"]["nl"]["text"] == text


def test_what_all_elections_share_stays_as_it_is_here(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document)
    theme = document["themes"][0]
    before = Theme.objects.get(key=theme["key"]).name
    theme["name"] = "Anders genoemd"
    document["statements"][0]["source"]["title"] = "Een andere titel"
    source = document["statements"][0]["source"]["key"]
    told = take_over("gr2030", statements=files(tmp_path, document, imprint)["statements"])
    assert Theme.objects.get(key=theme["key"]).name == before
    assert "kept as it is here: " in told
    assert f"theme {theme['key']}" in told
    assert f"source {source}" in told


def test_check_reads_all_and_changes_nothing(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document)
    colleague("anna")
    before = contents(*KEPT, Event)
    told = take_over("gr2030", **files(tmp_path, document, imprint), check=True)
    assert told.startswith("Only checked, nothing changed. ")
    assert "204 answers" in told
    assert contents(*KEPT, Event) == before


# Who, where


@pytest.mark.parametrize(("code", "is_example"), [("VB0001", False), ("GM0344", True)])
def test_invented_positions_and_real_places_stay_apart(
    tmp_path: Path, *, code: str, is_example: bool
) -> None:
    document, imprint = example()
    document["municipality"]["code"] = code
    elsewhere(document)
    document["municipality"]["is_example"] = is_example
    with pytest.raises(CommandError, match="line 2: an invented municipality is not a real one"):
        take_over("gr2030", **files(tmp_path, document, imprint))


def test_list_that_does_not_stand_here_is_refused_or_left_out(tmp_path: Path) -> None:
    document, imprint = example()
    contest = elsewhere(document, "gr2034")
    gone = document["parties"][0]["slug"]
    contest.parties.filter(slug=gone).delete()
    found = files(tmp_path, document, imprint)
    with pytest.raises(CommandError, match=f"line 2: list_slug is '{gone}', which does not stand"):
        take_over("gr2034", **found)
    told = take_over("gr2034", **found, only_known_lists=True)
    assert f"lists that do not stand here: VB0001 {gone}" in told


def test_positions_need_a_colleague(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document)
    positions = files(tmp_path, document, imprint)["positions"]
    region = Region.objects.create(slug="regio", name="Regio")
    regional = User.objects.create(email="regio@vluchtelingenwerk.example")
    regional.regions.add(region)
    User.objects.create(email="partij@partij.example")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"by": None}, "Positions need --by"),
        ({"by": "partij@partij.example"}, "is no colleague"),
        ({"by": "niemand@example.nl"}, "is no colleague"),
        ({"checked_by": colleague("anna").email, "as_published": True}, "someone else than --by"),
        ({"checked_by": regional.email}, "wants --as-published"),
    ]
    for options, refusal in cases:
        with pytest.raises(CommandError, match=refusal):
            take_over("gr2030", positions=positions, **options)


def test_there_must_be_something_to_take_over(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document)
    with pytest.raises(CommandError, match="Say what to take over"):
        take_over("gr2030")
    with pytest.raises(CommandError, match="gr1999 is not loaded"):
        take_over("gr1999", statements=tmp_path / "x.csv")
    document["statements"] = []
    with pytest.raises(CommandError, match="holds nothing to take over"):
        take_over("gr2030", statements=files(tmp_path, document, imprint)["statements"])


def test_languages_that_are_not_here_are_named(tmp_path: Path) -> None:
    document, imprint = example()
    elsewhere(document)
    texts = document["statements"][0]["texts"]
    texts["pl"] = texts["en"]
    with pytest.raises(CommandError, match="line 2: 'pl' is not a language of TRANSLATED_INTO"):
        take_over("gr2030", statements=files(tmp_path, document, imprint)["statements"])
