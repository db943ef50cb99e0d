"""Municipalities, the names of places in them, and postcodes."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction

from parties.importers.tables import Row, read_table, unique
from parties.models import Municipality, Place, Postcode

Progress = Callable[[Iterable[Row]], Iterable[Row]]
CODE = r"GM[0-9]{4}"


@transaction.atomic
def load_municipalities(folder: Path, progress: Progress = iter) -> int:
    """Load `municipalities.csv` and `places.csv` of this folder; return how many municipalities.

    Those that exist are updated, none is removed. Raises FixtureError and then loads nothing.
    """
    table = read_table(folder / "municipalities.csv", ["code", "name", "slug", "province", "years"])
    rows = unique(table, key=lambda row: row.values["slug"])
    municipalities = [_municipality(row) for row in progress(rows)]
    Municipality.objects.bulk_create(
        municipalities,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "slug", "province", "years"],
    )
    known = {municipality.code: municipality for municipality in municipalities}
    places = [_place(row, known) for row in _place_rows(folder)]
    Place.objects.bulk_create(
        places,
        update_conflicts=True,
        unique_fields=["name", "municipality"],
        update_fields=["since"],
    )
    return len(municipalities)


def _municipality(row: Row) -> Municipality:
    years = row.matching("years", r"[0-9]{4}( [0-9]{4})*")
    return Municipality(
        code=row.matching("code", CODE),
        name=row.text("name", 80),
        slug=row.matching("slug", r"[a-z0-9]+(-[a-z0-9]+)*"),
        province=row.text("province", 40),
        years=[int(year) for year in years.split()],
    )


def _place_rows(folder: Path) -> Iterator[Row]:
    table = read_table(folder / "places.csv", ["place", "municipality", "since"])
    return unique(table, key=lambda row: (row.values["place"], row.values["municipality"]))


def _place(row: Row, known: dict[str, Municipality]) -> Place:
    return Place(
        name=row.text("place", 80),
        municipality=row.one_of("municipality", known),
        since=row.optional_integer("since", 1900, 2100) or 0,
    )


@transaction.atomic
def load_postcodes(path: Path, year: int, progress: Progress = iter) -> int:
    """Load one yearly table of postcodes; return how many postcodes it holds.

    The table of that year is replaced. Raises FixtureError and then changes nothing.
    """
    known = {municipality.code: municipality for municipality in Municipality.objects.all()}
    rows = progress(read_table(path, ["first", "last", "municipality", "share"]))
    postcodes = [postcode for row in rows for postcode in _postcodes(row, year, known)]
    seen: set[tuple[int, str]] = set()
    for postcode in postcodes:
        key = (postcode.number, postcode.municipality_id)
        if key in seen:
            raise Row(path, None, {}).error(f"postcode {key[0]} stands twice for {key[1]}")
        seen.add(key)
    Postcode.objects.filter(year=year).delete()
    Postcode.objects.bulk_create(postcodes, batch_size=2000)
    return len({number for number, _ in seen})


def _postcodes(row: Row, year: int, known: dict[str, Municipality]) -> Iterator[Postcode]:
    first, last = row.integer("first", 1000, 9999), row.integer("last", 1000, 9999)
    if last < first:
        raise row.error(f"last ({last}) comes before first ({first})")
    try:
        share = Decimal(row.text("share"))
    except InvalidOperation:
        raise row.error(f"share is {row.values['share']!r}, not a number") from None
    if not 0 < share <= 1:
        raise row.error(f"share is {share}; it must be above 0 and at most 1")
    municipality = row.one_of("municipality", known)
    for number in range(first, last + 1):
        yield Postcode(number=number, municipality=municipality, share=share, year=year)
