"""Which of the files that were built anyone may fetch, and how a page tells of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from stemhulp.editions.edition import DUTCH
from stemhulp.opendata.built import ContestFolder, File, Folder
from stemhulp.opendata.columns import TABLES, Column, Table
from stemhulp.opendata.downloads import package
from stemhulp.opendata.downloads.formats import FORMATS
from stemhulp.opendata.downloads.scopes import Level, Scope

ENGLISH = "en"
JSON, ZIP = "application/json", "application/zip"
# What other rooms write beside the tables of a contest, by who opens it.
EXPORTS = {"openvaa.json": "OpenVAA", "mat-o-wahl.zip": "Mat-O-Wahl"}
MEDIA_TYPES: Mapping[str, str] = {
    **{f"{table.name}.{form.ending}": form.media_type for table in TABLES for form in FORMATS},
    package.NAME: JSON,
    **{name: ZIP if name.endswith(".zip") else JSON for name in EXPORTS},
}


@dataclass(frozen=True)
class Told:
    """A text that is there in Dutch and in English."""

    text: str
    language: str

    @classmethod
    def of(cls, subject: Column | Table) -> "Told":
        if (get_language() or settings.LANGUAGE_CODE) == DUTCH:
            return cls(subject.dutch, DUTCH)
        return cls(subject.english, ENGLISH)


@dataclass(frozen=True)
class Download:
    """A file, the last part of its address, and how it is called on the disk of who fetches it."""

    file: File
    name: str
    saved_as: str
    label: str
    media_type: str


@dataclass(frozen=True)
class ListedTable:
    name: str
    told: Told
    downloads: Sequence[Download]


@dataclass(frozen=True)
class Listing:
    """Everything of one contest, region, province or election."""

    tables: Sequence[ListedTable]
    package: Download | None
    exports: Sequence[Download]

    @property
    def all(self) -> Iterator[Download]:
        for table in self.tables:
            yield from table.downloads
        if self.package:
            yield self.package
        yield from self.exports

    @property
    def sums(self) -> str:
        """As `sha256sum --check` reads them."""
        return "\n".join(f"{each.file.digest}  {each.saved_as}" for each in self.all)


class Shelf:
    """Where the files of one contest, region, province or election are, by name.

    Raises OSError, ValueError or KeyError where what was built is damaged.
    """

    def __init__(self, folder: Folder, saved_as: str, prefix: str = "") -> None:
        self._files = folder.files
        self._saved_as = saved_as
        self._prefix = prefix

    @classmethod
    def of_contest(cls, election: str, folder: ContestFolder) -> "Shelf":
        return cls(folder, f"{election}-{folder.municipality.slug}")

    @classmethod
    def of_scope(cls, election: str, scope: Scope, together: Folder) -> "Shelf":
        is_all = scope.level is Level.ELECTION
        saved_as = election if is_all else f"{election}-{scope.level}-{scope.slug}"
        return cls(together, saved_as, scope.file(""))

    def find(self, name: str, label: str = "") -> Download | None:
        """The file with this name, if anyone may fetch it."""
        file = self._files.get(f"{self._prefix}{name}") if name in MEDIA_TYPES else None
        if file is None:
            return None
        return Download(file, name, f"{self._saved_as}-{name}", label, MEDIA_TYPES[name])

    def listing(self) -> Listing:
        return Listing(
            tables=[
                ListedTable(table.name, Told.of(table), list(self._formats(table)))
                for table in TABLES
            ],
            package=self.find(package.NAME),
            exports=[found for name, label in EXPORTS.items() if (found := self.find(name, label))],
        )

    def _formats(self, table: Table) -> Iterator[Download]:
        for form in FORMATS:
            if found := self.find(f"{table.name}.{form.ending}", form.name):
                yield found
