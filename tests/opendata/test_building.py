"""What is built as files: only what is behind, whole or not at all."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from parties.models import Contest
from stemhulp.editions import store
from stemhulp.editions.edition import Imprint
from stemhulp.editions.publishing import publish
from stemhulp.opendata import build as building
from stemhulp.opendata.build import build
from stemhulp.opendata.built import built
from stemhulp.opendata.downloads import tables

pytestmark = pytest.mark.django_db


def folders() -> set[str]:
    root = Path(settings.OPENDATA_FOLDER) / "gr2022"
    return {each.name for each in root.iterdir() if each.is_dir()}


def test_every_published_contest_is_built_once() -> None:
    made: list[str] = []
    build("gr2022", timezone.now(), told=made.append)
    assert sorted(made) == ["amsterdam", "s-gravenhage", "utrecht", "voorbeeldstad"]
    before = folders()
    build("gr2022", timezone.now(), told=lambda slug: pytest.fail(f"{slug} was right already"))
    assert folders() == before


def test_new_edition_is_built_and_the_rest_is_kept() -> None:
    before = build("gr2022", timezone.now())
    contest = Contest.objects.get(election__slug="gr2022", municipality__slug="utrecht")
    contest.parties.update(description="Anders")
    publish(contest, "Iemand", timezone.now(), "Verbeterd")
    store.catch_up()
    made: list[str] = []
    after = build("gr2022", timezone.now(), told=made.append)
    assert made == ["utrecht"]
    assert after.contests["utrecht"].imprint.number == before.contests["utrecht"].imprint.number + 1
    assert after.contests["amsterdam"] == before.contests["amsterdam"]
    assert after.together != before.together
    assert before.together.path.exists(), "somebody may still be reading it"


def test_old_folders_are_removed_in_the_end() -> None:
    contest = Contest.objects.get(election__slug="gr2022", municipality__slug="utrecht")
    for number in range(4):
        contest.parties.update(description=f"Anders {number}")
        publish(contest, "Iemand", timezone.now(), "Verbeterd")
        store.catch_up()
        build("gr2022", timezone.now())
    names = folders()
    assert sum(each.startswith("utrecht-") for each in names) == building.KEPT
    assert sum(each.startswith("together-") for each in names) == building.KEPT


def test_what_fails_halfway_leaves_what_was(monkeypatch: pytest.MonkeyPatch) -> None:
    before = build("gr2022", timezone.now())
    contest = Contest.objects.get(election__slug="gr2022", municipality__slug="utrecht")
    contest.parties.update(description="Anders")
    publish(contest, "Iemand", timezone.now(), "Verbeterd")
    store.catch_up()

    def full(folder: Path, *_: object) -> None:
        (folder / "half.csv").write_text("half")
        raise OSError("No space left on device")

    monkeypatch.setattr(tables, "make_contest", full)
    with pytest.raises(OSError, match="No space"):
        build("gr2022", timezone.now())
    assert built("gr2022") == before
    assert not any(each.startswith(building.TEMPORARY) for each in folders())


def test_damaged_file_counts_as_nothing_built(caplog: pytest.LogCaptureFixture) -> None:
    build("gr2022", timezone.now())
    (Path(settings.OPENDATA_FOLDER) / "gr2022" / "current.json").write_text("{")
    assert built("gr2022") is None
    assert "damaged" in caplog.text
    assert build("gr2022", timezone.now()).contests


def test_nothing_was_built_of_an_unknown_election() -> None:
    assert built("gr1900") is None
    with pytest.raises(CommandError, match="gr1900 is not loaded"):
        call_command("build_open_data", election="gr1900")


def test_publishing_builds_only_when_others_can_see_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Or files would name editions of a transaction that came to nothing."""
    contest = Contest.objects.get(election__slug="gr2022", municipality__slug="utrecht")
    contest.parties.update(description="Anders")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish", election="gr2022", municipality="utrecht")
        assert built("gr2022") is None
    found = built("gr2022")
    assert found is not None
    assert found.contests["utrecht"].imprint == store.imprints("gr2022", "utrecht")[-1]


def test_document_is_read_once_for_all_that_is_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    document = store.document

    def reading(imprint: Imprint) -> bytes:
        read.append(imprint.digest)
        return document(imprint)

    monkeypatch.setattr(store, "document", reading)
    contests = build("gr2022", timezone.now()).contests
    assert sorted(read) == sorted(each.imprint.digest for each in contests.values())
