"""Small files with boundaries, right and wrong."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

REAL = settings.BASE_DIR.parent / "shared/data/geo/municipalities_2022.topo.json"
WEST, SOUTH = 5.0, 52.0


def square(column: int, row: int = 0, size: float = 0.1) -> list[list[float]]:
    """A ring in degrees; the squares of one row touch."""
    x, y = WEST + column * 0.1, SOUTH + row * 0.1
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(code: Any, *rings: Any, name: str = "gm", kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": kind, "coordinates": list(rings)},
    }


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def three() -> dict[str, Any]:
    """Utrecht, Amsterdam and 's-Gravenhage, side by side."""
    codes = ("GM0344", "GM0363", "GM0518")
    return collection(*(feature(code, square(number)) for number, code in enumerate(codes)))


def topology(**changes: Any) -> dict[str, Any]:
    """Utrecht and Amsterdam, which share arc 1: a line of a third of a degree upwards."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [WEST, SOUTH]},
        "arcs": [
            [[1, 0], [-1, 0], [0, 3], [1, 0]],  # around the left one
            [[1, 3], [0, -3]],  # the border, downwards
            [[1, 3], [1, 0], [0, -3], [-1, 0]],  # around the right one
        ],
        "objects": {
            "gemeenten": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"gm": "GM0344"}},
                    {"type": "Polygon", "arcs": [[2, ~1]], "properties": {"gm": "GM0363"}},
                ],
            }
        },
        **changes,
    }


def written(folder: Path, content: Any, name: str = "boundaries.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path
