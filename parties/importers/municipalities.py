"""Municipalities, the names of places in them, and postcodes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction

from parties.importers.tables import Row, all_or_nothing, read_table, unique
from parties.models import Municipality, Place, Postcode

Progress = Callable[[Iterable[Row]], Iterable[Row]]
CODE = r"GM[0-9]{4}"
SMALLEST_SHARE = Decimal("0.0001")


def load_municipalities(folder: Path, progress: Progress = iter) -> int:
    """Load `municipalities.csv` and `places.csv` of this folder; return how many municipalities.

    Those that exist are updated, none is removed. Raises FixtureError and then loads nothing.
    """
    path, places = folder / "municipalities.csv", folder / "places.csv"
    with transaction.atomic():
        with all_or_nothing(path):
            municipalities = _load_municipalities(path, progress)
        with all_or_nothing(places):
            _load_places(places, municipalities)
    return len(municipalities)


def _load_municipalities(path: Path, progress: Progress) -> list[Municipality]:
    table = read_table(path, ["code", "name", "slug", "province", "years"])
    rows = unique(unique(table, "slug"), "code")
    municipalities = [_municipality(row) for row in progress(rows)]
    Municipality.objects.bulk_create(
        municipalities,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "slug", "province", "years"],
    )
    return municipalities


def _load_places(path: Path, municipalities: Sequence[Municipality]) -> None:
    known = {municipality.code: municipality for municipality in municipalities}
    rows = unique(read_table(path, ["place", "municipality", "since"]), "place", "municipality")
    Place.objects.bulk_create(
        [_place(row, known) for row in rows],
        update_conflicts=True,
        unique_fields=["name", "municipality"],
        update_fields=["since"],
    )


def _municipality(row: Row) -> Municipality:
    years = row.matching("years", r"[0-9]{4}( [0-9]{4})*")
    return Municipality(
        code=row.matching("code", CODE),
        name=row.text("name", 80),
        slug=row.matching("slug", r"[a-z0-9]+(-[a-z0-9]+)*", 80),
        province=row.text("province", 40),
        years=[int(year) for year in years.split()],
    )


def _place(row: Row, known: dict[str, Municipality]) -> Place:
    return Place(
        name=row.text("place", 80),
        municipality=row.one_of("municipality", known),
        since=row.optional_integer("since", 1900, 2100) or 0,
    )


def load_postcodes(path: Path, year: int, progress: Progress = iter) -> int:
    """Load one yearly table of postcodes; return how many postcodes it holds.

    The table of that year is replaced. Raises FixtureError and then changes nothing.
    """
    with all_or_nothing(path):
        return _load_postcodes(path, year, progress)


def _load_postcodes(path: Path, year: int, progress: Progress) -> int:
    known = {municipality.code: municipality for municipality in Municipality.objects.all()}
    rows = progress(read_table(path, ["first", "last", "municipality", "share"]))
    postcodes: dict[tuple[int, str], Postcode] = {}
    for row in rows:
        for postcode in _postcodes(row, year, known):
            key = (postcode.number, postcode.municipality_id)
            if key in postcodes:
                raise row.error(f"postcode {key[0]} stands here for {key[1]} a second time")
            postcodes[key] = postcode
    Postcode.objects.filter(year=year).delete()
    Postcode.objects.bulk_create(postcodes.values(), batch_size=2000)
    return len({number for number, _ in postcodes})


def _postcodes(row: Row, year: int, known: dict[str, Municipality]) -> Iterator[Postcode]:
    first, last = row.integer("first", 1000, 9999), row.integer("last", 1000, 9999)
    if last < first:
        raise row.error(f"last ({last}) comes before first ({first})")
    try:
        share = Decimal(row.text("share"))
    except InvalidOperation:
        raise row.error(f"share is {row.values['share']!r}, not a number") from None
    if not share.is_finite() or not SMALLEST_SHARE <= share <= 1:
        raise row.error(f"share is {share}; it must be above 0 and at most 1")
    municipality = row.one_of("municipality", known)
    for number in range(first, last + 1):
        yield Postcode(number=number, municipality=municipality, share=share, year=year)
