"""From the boundaries in a file to paths in one view box, checked and small enough for a page.

Neighbours keep the line that they share: it is the same points for both, before and after.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from stemhulp.opendata.country.boundary_file import SMALLEST_RING, Point, Polygon, Ring, Shape
from stemhulp.opendata.country.problems import BoundariesError

WIDTH = 2000  # of the view box; one unit is some 130 metres
MARGIN = 6  # around it, for the lines
MOST_POINTS = 14_000  # in all paths together: some 25 KiB in Brotli
COARSEST = 64  # units to which lines may be made straight
NEGLIGIBLE = 16  # square units: too little to see, two square pixels on a page

# Where the Netherlands lie: in degrees (WGS 84), and in metres (Rijksdriehoek, EPSG:28992).
DEGREES = (3.0, 50.5, 7.5, 54.0)
METRES = (0.0, 289_000.0, 300_000.0, 640_000.0)

Projection = Callable[[Point], Point]


@dataclass(frozen=True)
class Drawing:
    """A map: path data by the code of the municipality, in a view box from 0, 0."""

    width: int
    height: int
    paths: Mapping[str, str]
    remarks: Sequence[str] = ()  # what was too small to be drawn as it is in the file


def draw(shapes: Sequence[Shape]) -> Drawing:
    """The map of these municipalities. Raises BoundariesError."""
    placed, height = _placed(shapes)
    remarks = [text for text in map(_check, placed, shapes) if text]
    drawn = {each.code: _paths(each) for each in _fewer_points(placed)}
    for code, path in drawn.items():
        if not path:
            raise BoundariesError(f"{code} is too small to draw: it is less than a dot.")
    return Drawing(WIDTH, height, drawn, remarks)


# Where it stands


def _placed(shapes: Sequence[Shape]) -> tuple[Sequence[Shape], int]:
    """The shapes in the view box, and how high that is."""
    project = _projection(_bounds(shapes))
    flat = [_each_point(shape, project) for shape in shapes]
    left, low, right, high = _bounds(flat)
    if right <= left or high <= low:
        raise BoundariesError("All places in the file lie on one line. Export it again.")
    scale = (WIDTH - 2 * MARGIN) / (right - left)

    def into_box(point: Point) -> Point:
        return MARGIN + (point[0] - left) * scale, MARGIN + (high - point[1]) * scale

    return [_each_point(each, into_box) for each in flat], math.ceil(
        (high - low) * scale + 2 * MARGIN
    )


def _projection(bounds: Sequence[float]) -> Projection:
    """How positions within these bounds become flat. Raises BoundariesError outside the country."""
    if _within(bounds, DEGREES):
        return _mercator
    if _within(bounds, METRES):
        return lambda point: point
    west, south, east, north = bounds
    where = f"from {west:g}, {south:g} to {east:g}, {north:g}"
    if _within((south, west, north, east), DEGREES):
        raise BoundariesError(f"Latitude stands before longitude ({where}). Exchange them.")
    raise BoundariesError(
        f"The places in it lie {where}, which is outside the European Netherlands both in "
        "degrees (WGS 84) and in metres (Rijksdriehoek, EPSG:28992). Export it in one of the two; "
        "of a TopoJSON file, look at its transform as well."
    )


def _within(inner: Sequence[float], outer: Sequence[float]) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _mercator(point: Point) -> Point:
    """Conformal, so that each municipality has the form that people know (Snyder 1987, 7-1)."""
    longitude, latitude = map(math.radians, point)
    return longitude, math.log(math.tan(math.pi / 4 + latitude / 2))


def _bounds(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    points = [point for each in shapes for part in each.polygons for ring in part for point in ring]
    if not points:
        raise BoundariesError("There is not one position in the file.")
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def _each_point(shape: Shape, change: Projection) -> Shape:
    return replace(
        shape,
        polygons=[[[change(point) for point in ring] for ring in part] for part in shape.polygons],
    )


# Whether it can be right


def _check(shape: Shape, before: Shape) -> str:
    """Refuse what crosses itself, unless nobody could see it: then say so. Raises BoundariesError.

    Files that were simplified have such crossings, and islands of less than three points.
    """
    remark = ""
    for part, original in zip(shape.polygons, before.polygons, strict=True):
        rings = [ring for ring in part if _is_ring(ring)]
        if not part or not _is_ring(part[0]):
            remark = f"{shape.code}: an island of fewer than three points is left out."
            continue
        found = shapely.Polygon(rings[0], rings[1:])
        if found.is_valid:
            continue
        reason = _reason(original)
        if not _is_negligible(found, rings):
            raise BoundariesError(
                f"{shape.code} crosses itself: {reason}, in the coordinates of the file. Mend it "
                "first, with mapshaper for example: -clean."
            )
        remark = f"{shape.code} crosses itself by less than can be seen: {reason}."
    return remark


def _is_ring(ring: Ring) -> bool:
    return len(ring) >= SMALLEST_RING and len(set(ring)) >= SMALLEST_RING - 1


def _reason(polygon: Polygon) -> str:
    rings = [ring for ring in polygon if _is_ring(ring)]
    reason: str = shapely.is_valid_reason(shapely.Polygon(rings[0], rings[1:]))
    return reason


def _is_negligible(found: BaseGeometry, rings: Polygon) -> bool:
    """Whether what lies on the wrong side of the outline is too little to see."""
    outline, *holes = (abs(_area(ring)) for ring in rings)
    covered: float = shapely.make_valid(found).area
    return abs(covered - (outline - sum(holes))) <= NEGLIGIBLE


def _area(ring: Ring) -> float:
    """What a ring encloses, by the shoelace formula; negative when it runs the other way."""
    pairs = pairwise(ring)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) / 2


# Small enough


def _fewer_points(shapes: Sequence[Shape]) -> Sequence[Shape]:
    """Straighten lines, shared ones alike, until a page can hold them (GEOS CoverageSimplifier).

    In whole units first: what is finer is no line, and neighbours round it alike.
    """
    if sum(map(_count, shapes)) <= MOST_POINTS:
        return shapes
    whole = [_geometry(_in_whole_units(each)) for each in shapes]
    tolerance = 1.0
    while tolerance <= COARSEST:
        simpler = shapely.coverage_simplify(whole, tolerance)
        found = [
            _shape_of(each.code, geometry) for each, geometry in zip(shapes, simpler, strict=True)
        ]
        if sum(map(_count, found)) <= MOST_POINTS:
            return found
        tolerance *= 1.5
    raise BoundariesError("There are too many islands in it for a page. Simplify the file first.")


def _in_whole_units(shape: Shape) -> Shape:
    rounded = [[_closed(_rounded(ring)) for ring in part] for part in shape.polygons]
    return replace(shape, polygons=rounded)


def _closed(points: Sequence[tuple[int, int]]) -> Ring:
    return [*points, *points[:1]]


def _count(shape: Shape) -> int:
    """How many points are drawn: those that differ when they are rounded."""
    return sum(len(_rounded(ring)) for part in shape.polygons for ring in part)


def _geometry(shape: Shape) -> BaseGeometry:
    parts = [
        shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
        for part in shape.polygons
        if (rings := [ring for ring in part if _is_ring(ring)])
    ]
    flat = [each for part in parts for each in _polygons(part)]
    return MultiPolygon(flat)


def _polygons(geometry: BaseGeometry) -> Sequence[shapely.Polygon]:
    parts = getattr(geometry, "geoms", [geometry])
    found = [each for part in parts for each in getattr(part, "geoms", [part])]
    return [each for each in found if isinstance(each, shapely.Polygon) and not each.is_empty]


def _shape_of(code: str, geometry: BaseGeometry) -> Shape:
    return Shape(
        code,
        [
            [list(ring.coords) for ring in (part.exterior, *part.interiors)]
            for part in _polygons(geometry)
        ],
    )


# As path data


def _paths(shape: Shape) -> str:
    return "".join(_path(ring) for part in shape.polygons for ring in part)


def _path(ring: Ring) -> str:
    """A ring in whole units, each point as the step from the one before; empty for less than one.

    >>> _path([(0, 0), (10, 0), (10, 10), (0, 0)])
    'M0 0l10 0 0 10z'
    """
    points = _rounded(ring)
    if len(points) < SMALLEST_RING - 1:
        return ""
    steps = (f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(steps).replace(" -", "-") + "z"


def _rounded(ring: Ring) -> list[tuple[int, int]]:
    """Its points in whole units, without the last, which is the first, and without repeats."""
    found: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round(x), round(y))
        if not found or point != found[-1]:
            found.append(point)
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found
