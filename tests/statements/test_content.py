"""What is told beside the statements: loaded again without harm, refused as a whole."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from parties.importers.tables import FixtureError
from parties.models import User
from statements.importers.content import load_content
from statements.models import Feature, Source
from tests.parties.mistakes import change, contents

pytestmark = pytest.mark.django_db
KHALED = "khaled-natuurkunde"


@pytest.fixture
def content(data: Path, tmp_path: Path) -> Path:
    """A copy of the file, with its English beside it."""
    for name in ("content.en.toml", "content.toml"):
        file = Path(shutil.copy(data / name, tmp_path))
    return file


def said(file: Path) -> str:
    output = io.StringIO()
    call_command("load_content", file=file, stdout=output)
    return output.getvalue()


def test_content_can_be_loaded_again(content: Path) -> None:
    before = contents(Feature)
    assert said(content) == "Content: 17 features. In en: 17 texts.\n"
    assert contents(Feature) == before


def test_every_municipality_of_the_source_has_its_example() -> None:
    examples = Feature.objects.filter(kind="example").order_by("municipality__name")
    assert list(examples.values_list("municipality__name", flat=True)) == [
        *("Dalfsen", "Eindhoven", "Súdwest-Fryslân", "Utrecht", "Weert", "Zutphen")
    ]


def test_what_is_loaded_is_approved_and_by_nobody() -> None:
    for row in Feature.objects.all():
        assert row.approved_at is not None
        assert (row.written_by, row.approved_by) == (None, None)


def test_no_surname_and_no_address_is_told() -> None:
    """Of Khaled only the first name; one address, that of VluchtelingenWerk's own site."""
    told = " ".join(f"{row.title} {row.text}" for row in Feature.objects.all())
    assert "Khaled" in told
    assert "Shareef" not in told
    links = Feature.objects.exclude(link="").values_list("kind", "link")
    assert list(links) == [("newsletter", "https://www.vluchtelingenwerk.nl/")]


def test_loading_again_updates_what_a_file_wrote(content: Path) -> None:
    change(content, 'title = "Khaled wilde weer lesgeven"', 'title = "Weer voor de klas"')
    said(content)
    row = Feature.objects.get(key=KHALED)
    assert (row.title, row.version) == ("Weer voor de klas", 2)
    assert Feature.objects.exclude(key=KHALED).filter(version=2).count() == 0


def test_what_staff_changed_is_kept_and_named(content: Path) -> None:
    nina = User.objects.create_user("nina@example.nl", "Nina")
    Feature.objects.filter(key=KHALED).update(
        title="Van ons", written_by=nina, approved_at=None, approved_by=None
    )
    assert f"17 features; left as staff changed them: {KHALED}." in said(content)
    assert Feature.objects.get(key=KHALED).title == "Van ons"


def test_what_staff_withdrew_stays_withdrawn(content: Path) -> None:
    nina = User.objects.create_user("nina@example.nl", "Nina")
    Feature.objects.filter(key=KHALED).update(withdrawn_at=timezone.now(), withdrawn_by=nina)
    assert KHALED in said(content)
    assert Feature.objects.get(key=KHALED).withdrawn_at is not None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('kind = "flyer"', 'kind = "folder"', "kind is 'folder', which is not known"),
        ('kind = "flyer"', 'kind = "flyer"\nlink = "javascript:x"', "not a web address"),
        ('municipality = "GM0148"', 'municipality = "GM9999"', "municipality is 'GM9999'"),
        ('source = "stemhulp-2022"', 'source = "mijn-buurman"', "source is 'mijn-buurman'"),
        ('title = "De flyer', f'title = "{"x" * 121}De flyer', "at most 120 fit"),
        ('text = "VluchtelingenWerk maakte', f'text = "{"x" * 1500}', "at most 1500 fit"),
        ('"eerst-inburgeren"', '"eerst-dansen"', "names eerst-dansen, which is not known"),
        ('key = "flyer-stem-met-je-hart"', 'key = "Flyer!"', "does not look like"),
        ('key = "flyer-stem-met-je-hart"', f'key = "{KHALED}"', "the same as line"),
        ('key = "flyer-stem-met-je-hart"', 'sleutel = "x"', "unknown field sleutel"),
        ('statements = ["eerst-inburgeren"]', 'statements = "alle"', "must be a list of words"),
    ],
)
def test_wrong_entry_is_refused_with_the_whole_file(
    content: Path, old: str, new: str, reason: str
) -> None:
    change(content, 'title = "Khaled wilde weer lesgeven"', 'title = "Weer voor de klas"')
    change(content, old, new)
    before = contents(Feature, Source)
    with pytest.raises(FixtureError, match=reason):
        load_content(content, timezone.now())
    assert contents(Feature, Source) == before


def test_command_refuses_in_one_line(content: Path) -> None:
    change(content, 'kind = "flyer"', 'kind = "folder"')
    line = content.read_text().split('kind = "folder"')[0].count("\n") - 1
    with pytest.raises(CommandError) as refusal:
        said(content)
    assert str(refusal.value) == (
        f"Refused, nothing loaded. {content}, line {line}: kind is 'folder', which is not known"
    )
