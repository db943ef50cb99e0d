"""Static files of a local run are collected when one of them changed, and only then."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stemhulp.local import static_files


@pytest.fixture
def sources(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "one.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    static_files.collect()
    return folder


@pytest.fixture
def collected(sources: Path, settings: Settings) -> Path:
    """One of the files that are served; taken away, it tells whether they are collected again."""
    file = Path(settings.STATIC_ROOT) / "one.css"
    file.unlink()
    return file


def test_same_files_are_not_collected_again(collected: Path) -> None:
    static_files.collect()
    assert not collected.exists()


def test_changed_file_is_collected(collected: Path, sources: Path) -> None:
    (sources / "one.css").write_text("a { color: green }")
    static_files.collect()
    assert "green" in collected.read_text()


def test_new_file_is_collected(collected: Path, sources: Path) -> None:
    (sources / "two.css").write_text("b { color: red }")
    static_files.collect()
    assert collected.with_name("two.css").exists()


def test_folder_that_was_removed_is_made_again(collected: Path) -> None:
    for file in collected.parent.iterdir():
        file.unlink()
    collected.parent.rmdir()
    static_files.collect()
    assert collected.exists()


def test_interrupted_collection_is_not_taken_for_whole(collected: Path, sources: Path) -> None:
    missing = sources / "broken.css"
    missing.write_text("a { background: url(nowhere.png) }")
    with pytest.raises(Exception, match="nowhere"):
        static_files.collect()
    missing.unlink()
    static_files.collect()
    assert collected.exists()
