"""Reading a file of boundaries that may be wrong in any way: GeoJSON (RFC 7946) or TopoJSON."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from stemhulp.opendata.country.problems import BoundariesError
from stemhulp.opendata.country.topology import as_features

LARGEST = 32 * 2**20  # bytes
CODE_PROPERTIES = ("gm", "statcode", "GM_CODE", "gm_code", "gemeentecode", "GEMEENTECODE", "code")
SMALLEST_RING = 4  # positions; the last repeats the first (RFC 7946, 3.1.6)
LARGER = "Make it smaller first, with mapshaper for example: -simplify 10% keep-shapes."

Point = tuple[float, float]
Ring = Sequence[Point]
Polygon = Sequence[Ring]  # the outline, and then any holes


@dataclass(frozen=True)
class Shape:
    """One municipality as it stands in a file."""

    code: str  # of CBS: "GM0344"
    polygons: Sequence[Polygon]


def read_boundaries(path: Path, *, property_: str = "", layer: str = "") -> list[Shape]:
    """The municipalities in a file, in its own coordinates. Raises BoundariesError.

    `property_` holds the code, and `layer` names the object of a TopoJSON file; both are found
    where there is no doubt.
    """
    try:
        return _read(path, property_, layer)
    except RecursionError:
        raise BoundariesError("The file is nested too deep to be boundaries.") from None


def _read(path: Path, property_: str, layer: str) -> list[Shape]:
    features = list(_features(_content(path), layer))
    if not features:
        raise BoundariesError("There are no municipalities in it: its list of features is empty.")
    property_ = property_ or _property(features)
    return _without_repeats(
        _shape(feature, number, property_) for number, feature in enumerate(features, 1)
    )


def _content(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BoundariesError(
                f"The file is {size / 2**20:.0f} MB; at most {LARGEST / 2**20:.0f} MB is read. "
                + LARGER
            )
        return json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except OSError as error:
        raise BoundariesError(f"The file cannot be read: {error}.") from error
    except ValueError as error:  # of JSON, of UTF-8, and of numbers with thousands of digits
        raise BoundariesError(f"The file is not JSON: {error}.") from error


def _refuse_constant(name: str) -> NoReturn:
    raise BoundariesError(f"The file has {name} for a number, which JSON does not know.")


def _features(content: Any, layer: str) -> Iterator[Any]:
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "Topology":
        yield from as_features(content, layer)
    elif kind == "FeatureCollection":
        yield from content["features"] if isinstance(content.get("features"), list) else ()
    else:
        raise BoundariesError(
            "The file is neither a GeoJSON FeatureCollection nor a TopoJSON Topology: its "
            f"type is {str(kind)[:40]!r}. Export it as one of those."
        )


def _property(features: Sequence[Any]) -> str:
    """The property that holds the code of the first feature."""
    known = _properties(features[0])
    for name in CODE_PROPERTIES:
        if _code(known.get(name)):
            return name
    raise BoundariesError(
        "No property of the first feature holds a CBS code such as GM0344. It has "
        f"{', '.join(map(repr, list(known)[:20])) or 'none'}; name the one with --code-property."
    )


def _properties(feature: Any) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _code(value: Any) -> str:
    """The CBS code in a value, as "GM0344", "0344" or 344; empty if it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    found = re.fullmatch(r"(?:GM)?([0-9]{1,4})", str(value).strip()[:20], re.ASCII)
    return f"GM{found[1]:>04}" if found else ""


def _shape(feature: Any, number: int, property_: str) -> Shape:
    value = _properties(feature).get(property_)
    code = _code(value)
    if not code:
        raise BoundariesError(
            f"Feature {number} has no CBS code such as GM0344 in {property_!r}, but "
            f"{str(value)[:40]!r}. Name the right property with --code-property."
        )
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not coordinates:
        raise BoundariesError(f"{code} has no geometry. Give it one, or take it out of the file.")
    if kind not in ("Polygon", "MultiPolygon"):  # it may be a list, which has no hash
        raise BoundariesError(
            f"{code} is a {str(kind)[:40]}; only Polygon and MultiPolygon are drawn."
        )
    polygons = [coordinates] if kind == "Polygon" else _list(coordinates, code)
    return Shape(code, [_polygon(each, code) for each in polygons])


def _polygon(value: Any, code: str) -> Polygon:
    return [_ring(each, code) for each in _list(value, code)]


def _ring(value: Any, code: str) -> Ring:
    points = [_point(each, code) for each in _list(value, code)]
    if points and points[0] != points[-1]:
        raise BoundariesError(
            f"{code} has a ring that is not closed: it begins at {points[0]} and ends at "
            f"{points[-1]}. Its last position must repeat its first."
        )
    return points


def _point(value: Any, code: str) -> Point:
    if isinstance(value, list | tuple) and len(value) >= 2:  # x and y
        x, y = value[0], value[1]
        if _is_number(x) and _is_number(y):
            return float(x), float(y)
    raise BoundariesError(
        f"{code} has {str(value)[:60]} where a position of two finite numbers should be."
    )


def _is_number(value: Any) -> bool:
    try:
        return type(value) in {int, float} and math.isfinite(value)
    except OverflowError:  # a whole number beyond what a float can hold
        return False


def _list(value: Any, code: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise BoundariesError(f"{code} has {str(value)[:60]} where a list should be.")
    return value


def _without_repeats(shapes: Iterable[Shape]) -> list[Shape]:
    found: dict[str, Shape] = {}
    for shape in shapes:
        if shape.code in found:
            raise BoundariesError(
                f"{shape.code} stands in it twice. Join its parts into one MultiPolygon first."
            )
        found[shape.code] = shape
    return list(found.values())
