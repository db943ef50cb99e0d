"""Many voters beside many parties at once, for simulations and research."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statements.matching.arguments import (
    NO_ANSWER,
    Weight,
    checked_array,
    checked_reach,
    one_of,
    weight_array,
)
from statements.matching.methods import Method, Missing, cost_table

# Multiplications a block may take. Below it BLAS stays on one core (OpenBLAS's threshold): a block
# fits in the processor's cache, and a second core that waits costs more than it brings.
BLOCK = 2**18
EXACT_IN_SINGLE = 2**24  # whole numbers below it are exact in single precision


def score_matrix(
    voters: Any,
    parties: Any,
    weights: Sequence[Weight] | None = None,
    *,
    method: Method | str = Method.CITY_BLOCK,
    missing: Missing | str = Missing.SHARED,
    reach: int = 2,
) -> NDArray[np.float64]:
    """The score of every voter with every party, as `match` would give it.

    `voters` (V, S) and `parties` (P, S) are integer arrays of stances, NO_ANSWER (−128) where there
    is none. Returns floats (V, P) from 0 to 1, NaN where nothing can be compared. Works in blocks:
    beside the result it needs a few megabytes. Raises ValueError, naming the argument.
    """
    method, missing = one_of(Method, "method", method), one_of(Missing, "missing", missing)
    reach = checked_reach(reach)
    voters = checked_array("voters", voters, reach)
    parties = checked_array("parties", parties, reach)
    if voters.shape[1] != parties.shape[1]:
        raise ValueError(
            f"voters and parties must answer the same statements; got {voters.shape[1]} and "
            f"{parties.shape[1]}"
        )
    weight = weight_array(weights, parties.shape[1], reach)
    tables, largest = _levels(method, missing, parties, weight, reach)
    tables = tables.astype(np.float32 if largest < EXACT_IN_SINGLE else np.float64)
    result = np.empty((len(voters), len(parties)))
    step = max(1, BLOCK // max(1, tables[0].size))
    for start in range(0, len(voters), step):
        part, full = _sums(voters[start : start + step], tables, reach)
        with np.errstate(invalid="ignore"):  # nothing by nothing is NaN: nothing to compare
            share = np.divide(part, full, dtype=np.float64)
        if method is Method.EUCLIDEAN:
            np.sqrt(share, out=share)
        np.subtract(1, share, out=result[start : start + step])
    return result


def _sums(voters: NDArray[Any], tables: NDArray[Any], reach: int) -> tuple[Any, Any]:
    """Cost and full cost of a block of voters with every party, each (voters, P)."""
    chosen = np.empty(voters.shape, dtype=tables.dtype)
    sums = np.zeros((len(voters), tables.shape[2]), dtype=tables.dtype)
    for level, table in enumerate(tables, -reach):
        np.equal(voters, level, out=chosen, casting="unsafe")  # 1 where the voter answered this
        sums += chosen @ table
    half = tables.shape[2] // 2
    return sums[:, :half], sums[:, half:]


def _levels(
    method: Method, missing: Missing, parties: NDArray[Any], weight: Any, reach: int
) -> tuple[NDArray[Any], int]:
    """What each answer that a voter can give costs, and could cost, with every party.

    Tables (levels, S, 2·P): a voter's sums are a product of matrices per level. Also returns the
    largest sum there can be.
    """
    costs, fulls = cost_table(method, missing, reach)
    columns = np.where(parties == NO_ANSWER, 2 * reach + 1, parties.astype(np.int64) + reach).T
    together = np.concatenate([costs[:, columns], fulls[:, columns]], axis=2)
    return together * weight[:, None], int(fulls.max()) * sum(weight.tolist())
