"""TopoJSON, in which neighbours share the lines between them, as features of GeoJSON.

The format: https://github.com/topojson/topojson-specification
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stemhulp.opendata.country.problems import BoundariesError

Line = Sequence[Sequence[Any]]


def as_features(topology: Mapping[str, Any], layer: str = "") -> Iterator[Mapping[str, Any]]:
    """The geometries of one object as features. Raises BoundariesError.

    Coordinates are what the file says, otherwise unchecked.
    """
    lines = _lines(topology)
    for number, each in enumerate(_geometries(topology, layer), 1):
        if not isinstance(each, dict):
            raise BoundariesError(f"Geometry {number} is {str(each)[:40]}, no object.")
        where = f"Geometry {number}"
        kind, arcs = each.get("type"), each.get("arcs")
        coordinates: Any = None
        if kind == "Polygon":
            coordinates = _polygon(arcs, lines, where)
        elif kind == "MultiPolygon":
            coordinates = [_polygon(part, lines, where) for part in _list(arcs, where)]
        yield {
            "properties": each.get("properties"),
            # Something must stand there for a kind that is not drawn to be named.
            "geometry": {"type": kind, "coordinates": coordinates or (kind and arcs)},
        }


def _geometries(topology: Mapping[str, Any], layer: str) -> Sequence[Any]:
    objects = topology.get("objects")
    objects = objects if isinstance(objects, dict) else {}
    names = ", ".join(map(repr, list(objects)[:20])) or "none"
    if not layer and len(objects) != 1:
        raise BoundariesError(f"The file has these objects: {names}. Choose one with --layer.")
    layer = layer or next(iter(objects))
    if layer not in objects:
        raise BoundariesError(f"The file has no object {layer!r}; it has {names}.")
    found = objects[layer]
    geometries = found.get("geometries") if isinstance(found, dict) else None
    return geometries if isinstance(geometries, list) else []


def _lines(topology: Mapping[str, Any]) -> Sequence[Line]:
    """All arcs; where they are quantized, each position is the step from the one before."""
    arcs = topology.get("arcs")
    if not isinstance(arcs, list):
        raise BoundariesError("The topology has no list of arcs.")
    if topology.get("transform") is None:
        return arcs
    scale, offset = _transform(topology["transform"])
    return [_line(each, scale, offset, number) for number, each in enumerate(arcs)]


def _transform(transform: Any) -> tuple[Sequence[float], Sequence[float]]:
    try:
        scale, offset = transform["scale"], transform["translate"]
        numbers = [float(each) for each in (*scale, *offset)]
        if len(scale) == len(offset) == 2 and all(map(math.isfinite, numbers)):
            if all(numbers[:2]):
                return numbers[:2], numbers[2:]
            raise BoundariesError("The transform has a scale of 0, which makes all places one.")
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    raise BoundariesError(
        f"The transform {str(transform)[:80]} is not a scale and a translate of two finite "
        "numbers each."
    )


def _line(arc: Any, scale: Sequence[float], offset: Sequence[float], number: int) -> Line:
    points, x, y = [], 0, 0
    try:
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + offset[0], y * scale[1] + offset[1]))
    except (TypeError, IndexError, KeyError, OverflowError):
        raise BoundariesError(f"Arc {number} is no list of steps of two numbers.") from None
    return points


def _polygon(rings: Any, lines: Sequence[Line], where: str) -> list[list[Any]]:
    return [_ring(each, lines, where) for each in _list(rings, where)]


def _ring(indices: Any, lines: Sequence[Line], where: str) -> list[Any]:
    """One line after the other; a negative number runs backwards: -1 is line 0 (~0)."""
    points: list[Any] = []
    for index in _list(indices, where):
        if type(index) is not int or not -len(lines) <= index < len(lines):
            raise BoundariesError(
                f"{where} names arc {str(index)[:20]}, but there are {len(lines)} arcs. "
                "The file is damaged; export it again."
            )
        line = _list(lines[max(index, ~index)], where)
        line = line if index >= 0 else line[::-1]
        if points and line and points[-1] != line[0]:
            raise BoundariesError(f"{where} has arcs that do not meet, at {points[-1]}.")
        points += line[1:] if points else line
    return points


def _list(value: Any, where: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise BoundariesError(f"{where} has {str(value)[:40]} where a list of arcs should be.")
    return value
