"""What a column and a table of the open data are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a value is. The names are the types of the Frictionless Table Schema."""

    TEXT = "string"  # never null: where there is none, it is empty
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "datetime"  # in UTC
    OBJECT = "object"  # in CSV and Parquet as JSON; never null
    LIST = "array"  # the same


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    english: str
    dutch: str
    is_required: bool = True  # never null; of a text: never empty
    one_of: tuple[str, ...] = ()  # of a text, beside empty where it is not required
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """One file of a contest, a region or an election, in every format."""

    name: str
    english: str
    dutch: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]  # columns that together tell its rows apart

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]

    @property
    def by_name(self) -> Mapping[str, Column]:
        return {each.name: each for each in self.columns}
