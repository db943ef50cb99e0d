"""Files with boundaries: what is drawn of a right one, and what is said of a wrong one."""

import contextlib
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from parties.models import Event
from stemhulp.opendata.built import built
from stemhulp.opendata.country import drawing
from stemhulp.opendata.country.boundary_file import read_boundaries
from stemhulp.opendata.country.drawing import Drawing, draw
from stemhulp.opendata.country.overview import boundaries
from stemhulp.opendata.country.problems import BoundariesError
from stemhulp.opendata.models import Boundaries
from tests.opendata.country.boundary_files import (
    REAL,
    collection,
    feature,
    square,
    three,
    topology,
    written,
)

DEEP = '{"type": "FeatureCollection", "features": ' + "[" * 100_000 + "]" * 100_000 + "}"


def drawn(folder: Path, content: Any, **options: str) -> Drawing:
    return draw(read_boundaries(written(folder, content), **options))


def corners(path: str) -> list[tuple[int, int]]:
    """The points of a path of one ring, in units of the view box."""
    numbers = [int(each) for each in re.findall(r"-?\d+", path)]
    x, y = numbers[:2]
    found = [(x, y)]
    for step_x, step_y in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + step_x, y + step_y
        found.append((x, y))
    return found


def test_geojson_becomes_paths_with_north_at_the_top(tmp_path: Path) -> None:
    made = drawn(
        tmp_path, collection(feature("GM0344", square(0, 0)), feature("GM0363", square(0, 1)))
    )
    south, north = corners(made.paths["GM0344"]), corners(made.paths["GM0363"])
    assert max(y for _, y in north) == min(y for _, y in south)
    assert made.width == drawing.WIDTH
    assert max(y for _, y in south) == made.height - drawing.MARGIN


def test_neighbours_keep_the_line_that_they_share(tmp_path: Path) -> None:
    made = drawn(tmp_path, topology())
    shared = set(corners(made.paths["GM0344"])) & set(corners(made.paths["GM0363"]))
    assert len(shared) == 2


def test_shared_line_stays_shared_where_points_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    border = [[5.1 + 0.004 * (n % 2), 52 + n / 1000] for n in range(200)]
    left = [[5.0, 52.0], *border, [5.0, border[-1][1]], [5.0, 52.0]]
    right = [[5.3, 52.0], [5.3, border[-1][1]], *reversed(border), [5.3, 52.0]]
    monkeypatch.setattr(drawing, "MOST_POINTS", 60)
    made = drawn(tmp_path, collection(feature("GM0344", left), feature("GM0363", right)))
    one, other = (set(corners(made.paths[code])) for code in ("GM0344", "GM0363"))
    assert len(one) < 40
    assert len(one & other) == len(one) - 2, "all but the two outer corners of the left one"


def test_lines_finer_than_can_be_drawn_do_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A border that crosses itself a thousand times within a few metres."""
    border = [[5.1 + 1e-5 * (n % 3), 52 + n / 5000 - 6e-4 * (n % 2)] for n in range(1000)]
    left = [[5.0, 52.0], *border, [5.0, border[-1][1]], [5.0, 52.0]]
    right = [[5.3, 52.0], [5.3, border[-1][1]], *reversed(border), [5.3, 52.0]]
    monkeypatch.setattr(drawing, "MOST_POINTS", 60)
    made = drawn(tmp_path, collection(feature("GM0344", left), feature("GM0363", right)))
    one, other = (corners(made.paths[code]) for code in ("GM0344", "GM0363"))
    assert len(one) < 30
    assert max(x for x, _ in one) == min(x for x, _ in other)


def test_country_keeps_its_shape_in_degrees_and_in_metres(tmp_path: Path) -> None:
    """Of a square of ten kilometres, north of Utrecht."""
    metres = [[136_000, 456_000], [146_000, 456_000], [146_000, 466_000], [136_000, 466_000]]
    degrees = [[5.1133, 52.0919], [5.2592, 52.0922], [5.2589, 52.1821], [5.1127, 52.1818]]
    for ring in (metres, degrees):
        made = drawn(tmp_path, collection(feature("GM0344", [*ring, ring[0]])))
        assert made.height == pytest.approx(made.width, rel=0.02)


@pytest.mark.parametrize("name", ["gm", "statcode", "GM_CODE", "code"])
@pytest.mark.parametrize("code", ["GM0344", "0344", 344])
def test_code_is_found_by_the_names_that_files_use(tmp_path: Path, name: str, code: Any) -> None:
    made = drawn(tmp_path, collection(feature(code, square(0), name=name)))
    assert list(made.paths) == ["GM0344"]


def test_property_can_be_named(tmp_path: Path) -> None:
    made = drawn(tmp_path, collection(feature("GM0344", square(0), name="nr")), property_="nr")
    assert list(made.paths) == ["GM0344"]


def test_holes_and_islands_are_drawn(tmp_path: Path) -> None:
    hole = [[5.02, 52.02], [5.02, 52.04], [5.04, 52.04], [5.02, 52.02]]
    content = collection(
        feature("GM0344", [square(0), hole], [square(2)], kind="MultiPolygon"),
    )
    assert drawn(tmp_path, content).paths["GM0344"].count("M") == 3


def test_crossing_that_nobody_can_see_is_drawn_and_told(tmp_path: Path) -> None:
    ring = [
        *square(0)[:-2],
        [5.0, 52.1],
        [5.0002, 52.1002],
        [5.0, 52.1002],
        [5.0002, 52.1],
        [5, 52],
    ]
    made = drawn(tmp_path, collection(feature("GM0344", ring), feature("GM0363", square(4))))
    assert "GM0344 crosses itself by less than can be seen" in made.remarks[0]


def _without(content: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in names}


BOW_TIE = [[5.0, 52.0], [5.1, 52.1], [5.1, 52.0], [5.0, 52.1], [5.0, 52.0]]
WRONG: dict[str, tuple[Any, str]] = {
    "no JSON": ("<html>", "not JSON"),
    "not UTF-8": ('{"type": "\udcff"}', "not JSON"),
    "too many digits": ('{"type": ' + "9" * 5000 + "}", "not JSON"),
    "too deep": (DEEP, "nested too deep"),
    "a list": ([], "neither a GeoJSON FeatureCollection nor a TopoJSON"),
    "another type": ({"type": "Feature"}, "its type is 'Feature'"),
    "nothing in it": (collection(), "no municipalities"),
    "features that are none": ({"type": "FeatureCollection", "features": 3}, "no municipalities"),
    "a feature that is none": (collection(7), "No property of the first feature"),
    "no code": (collection(feature("Utrecht", square(0))), "--code-property"),
    "one without a code": (
        collection(feature("GM0344", square(0)), feature(None, square(1))),
        "Feature 2 has no CBS code",
    ),
    "a code twice": (
        collection(feature("GM0344", square(0)), feature(344, square(1))),
        "GM0344 stands in it twice",
    ),
    "crosses itself": (
        collection(feature("GM0344", BOW_TIE)),
        r"GM0344 crosses itself: Self-intersection\[5.05 52.05\]",
    ),
    "no geometry": (
        collection(feature("GM0344", square(0)) | {"geometry": None}),
        "GM0344 has no geometry",
    ),
    "empty geometry": (collection(feature("GM0344")), "GM0344 has no geometry"),
    "a point": (collection(feature("GM0344", 5, 52, kind="Point")), "GM0344 is a Point"),
    "no list": (collection(feature("GM0344", "x")), "where a list should be"),
    "one number": (collection(feature("GM0344", [[5], [5], [5], [5]])), "two finite numbers"),
    "words": (collection(feature("GM0344", [["5", "52"]] * 4)), "two finite numbers"),
    "true": (collection(feature("GM0344", [[True, 52]] * 4)), "two finite numbers"),
    "NaN": (json.dumps(collection(feature("GM0344", [[float("nan"), 52]] * 4))), "NaN"),
    "infinity": (json.dumps(three()).replace("52.0", "1e999"), "two finite numbers"),
    "a huge number": (json.dumps(three()).replace("52.0", "9" * 400), "two finite numbers"),
    "open ring": (collection(feature("GM0344", square(0)[:-1])), "not closed"),
    "elsewhere": (
        collection(feature("GM0344", [[105.0, 2.0], [106.0, 2.0], [106.0, 3.0], [105.0, 2.0]])),
        "outside the European Netherlands",
    ),
    "latitude first": (
        collection(feature("GM0344", [[y, x] for x, y in square(0)])),
        "Latitude stands before longitude",
    ),
    "one line": (
        collection(feature("GM0344", [[5.0, 52.0], [5.1, 52.0], [5.2, 52.0], [5.0, 52.0]])),
        "one line",
    ),
    "less than a dot": (
        collection(feature("GM0344", square(0)), feature("GM0363", square(3, size=1e-6))),
        "GM0363 is too small to draw",
    ),
    "no objects": (topology(objects={}), "these objects: none"),
    "two objects": (topology(objects={"a": {}, "b": {}}), "Choose one with --layer"),
    "no arcs": (_without(topology(), "arcs"), "no list of arcs"),
    "arc out of range": (topology(arcs=[[[0, 0], [1, 1]]]), "but there are 1 arcs"),
    "arcs that do not meet": (
        topology(arcs=[[[0, 0], [1, 0]], [[5, 5], [1, 1]], [[0, 0], [1, 0]]]),
        "do not meet",
    ),
    "arcs of words": (topology(arcs=["x", "y", "z"]), "no list of steps"),
    "absurd scale": (
        topology(transform={"scale": [1e300, 1e300], "translate": [0, 0]}),
        "look at its transform",
    ),
    "overflowing scale": (
        topology(transform={"scale": [1e308, 1e308], "translate": [1e308, 1e308]}),
        "two finite numbers",
    ),
    "scale of nothing": (
        topology(transform={"scale": [0, 1], "translate": [5, 52]}),
        "a scale of 0",
    ),
    "transform of words": (topology(transform="x"), "is not a scale and a translate"),
    "steps beyond floats": (
        topology(arcs=[[[10**400, 0]], [[0, 0]], [[0, 0]]]),
        "no list of steps of two numbers",
    ),
    "geometry of lines": (
        topology(
            objects={
                "a": {
                    "geometries": [{"type": "LineString", "arcs": [0], "properties": {"gm": 344}}]
                }
            }
        ),
        "GM0344 is a LineString",
    ),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_file_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    content, said = WRONG[name]
    path = tmp_path / "wrong.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(BoundariesError, match=said):
        draw(read_boundaries(path))


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where anything stands in a file."""
    inner: Any = ()
    if isinstance(content, dict):
        inner = content.items()
    elif isinstance(content, list):
        inner = enumerate(content)
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


WHOLE = [three, topology]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(whole=st.sampled_from(WHOLE), at=st.integers(0), other=ANYTHING)
def test_whatever_stands_where_something_else_should_is_refused_or_drawn(
    tmp_path_factory: pytest.TempPathFactory,
    whole: Callable[[], dict[str, Any]],
    at: int,
    other: Any,
) -> None:
    content = whole()
    known = list(places(content))
    *path, last = known[at % len(known)]
    within: Any = content
    for key in path:
        within = within[key]
    within[last] = other
    path_of_file = written(tmp_path_factory.mktemp("any"), content)
    with contextlib.suppress(BoundariesError):
        draw(read_boundaries(path_of_file))


@pytest.mark.parametrize("depth", [900, 950, 980, 990])
def test_nesting_that_can_just_be_read_is_refused(tmp_path: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    text = json.dumps(collection(feature("GM0344", "here"))).replace('"here"', deep)
    with pytest.raises(BoundariesError):
        draw(read_boundaries(written(tmp_path, text)))


def test_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.json"
    with path.open("w") as file:
        os.truncate(file.fileno(), 100 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(BoundariesError, match="100 MB; at most 32 MB"):
        read_boundaries(path)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundariesError, match="cannot be read"):
        read_boundaries(tmp_path / "nowhere.json")


# The command


def load(path: Path, **options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    given = {"attribution": "CBS, Kadaster", **options}
    call_command("load_boundaries", path, stdout=out, stderr=err, **given)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_command_keeps_the_map_and_builds_it(tmp_path: Path) -> None:
    out, err = load(written(tmp_path, three()))
    assert "gr2022: 3 municipalities on the map." in out
    assert "Without boundaries, so in the table only" in err
    assert "and 320 more" in err
    assert Event.objects.latest("pk").what.startswith("Op de server: load_boundaries. gr2022: 3")
    kept = Boundaries.objects.get()
    assert (kept.election.slug, len(kept.paths)) == ("gr2022", 3)
    found = built("gr2022")
    assert found
    shown = boundaries(found)
    assert shown
    assert shown.attribution == "CBS, Kadaster"
    assert shown.paths == kept.paths


@pytest.mark.django_db
def test_another_file_replaces_the_map(tmp_path: Path) -> None:
    load(written(tmp_path, three()))
    before = built("gr2022")
    load(written(tmp_path, topology()), attribution="Iemand anders")
    kept = Boundaries.objects.get()
    assert set(kept.paths) == {"GM0344", "GM0363"}
    found = built("gr2022")
    assert found
    assert before
    assert found.together != before.together
    shown = boundaries(found)
    assert shown
    assert shown.attribution == "Iemand anders"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (lambda: collection(feature("GM9999", square(0))), {}, "GM9999: no municipality of gr2022"),
        (
            lambda: collection(feature("GM9999", square(0))),
            {"allow_unknown": True},
            "No municipality of gr2022 is in the file",
        ),
        (three, {"attribution": " "}, "attribution must have"),
        (three, {"attribution": "x" * 201}, "attribution must have"),
        (three, {"election": "gr1900"}, "gr1900 is not loaded"),
        (lambda: collection(feature("GM0344", BOW_TIE)), {}, "crosses itself.*Nothing is changed"),
    ],
)
def test_refused_file_changes_nothing(
    tmp_path: Path, change: Callable[[], Any], options: dict[str, Any], said: str
) -> None:
    load(written(tmp_path, three()))
    before = Boundaries.objects.values().get(), built("gr2022")
    with pytest.raises(CommandError, match=said):
        load(written(tmp_path, change(), "wrong.json"), **options)
    assert (Boundaries.objects.values().get(), built("gr2022")) == before


@pytest.mark.django_db
def test_unknown_codes_are_left_out_when_that_is_asked(tmp_path: Path) -> None:
    content = three()
    content["features"].append(feature("GM9999", square(5)))
    _, err = load(written(tmp_path, content), allow_unknown=True)
    assert "Left out, as gr2022 does not know them: GM9999." in err
    assert len(Boundaries.objects.get().paths) == 3


@pytest.mark.django_db
@pytest.mark.skipif(not REAL.exists(), reason="no file with the real boundaries")
def test_real_file_is_drawn_whole() -> None:
    out, err = load(REAL)
    assert "344 municipalities on the map" in out
    assert "Without boundaries" not in err
    assert sum(map(len, Boundaries.objects.get().paths.values())) < 80_000
