"""Worked comparisons with the scores that independent implementations gave."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from statements.matching import NO_ANSWER, match, score_matrix

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())


def test_all_forty_four_are_here() -> None:
    assert len({vector["name"] for vector in VECTORS}) == 44


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_match_reproduces_the_score(vector: dict[str, Any]) -> None:
    [found] = match(
        vector["voter"],
        {"party": vector["party"]},
        vector["weights"],
        method=vector["method"],
        missing=vector["missing"],
        reach=vector["reach"],
    )
    assert found.score is not None
    assert float(found.score) == pytest.approx(vector["expected"], abs=0.0006)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_score_matrix_reproduces_the_score(vector: dict[str, Any]) -> None:
    scores = score_matrix(
        row(vector["voter"]),
        row(vector["party"]),
        vector["weights"],
        method=vector["method"],
        missing=vector["missing"],
        reach=vector["reach"],
    )
    assert scores.shape == (1, 1)
    assert scores[0, 0] == pytest.approx(vector["expected"], abs=0.0006)


def row(stances: list[int | None]) -> Any:
    return np.array([[NO_ANSWER if stance is None else stance for stance in stances]])
