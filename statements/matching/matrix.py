"""Many voters beside many parties at once, for simulations and research."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statements.matching.arguments import (
    NO_ANSWER,
    Weight,
    checked_reach,
    checked_stances,
    one_of,
    weight_array,
)
from statements.matching.methods import Integers, Method, Missing, cost, filled_in, full_cost

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
    voters, parties = _table("voters", voters, reach), _table("parties", parties, reach)
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


def _sums(voters: Integers, tables: NDArray[Any], reach: int) -> tuple[Any, Any]:
    """Cost and full cost of a block of voters with every party, each (voters, P)."""
    chosen = np.empty(voters.shape, dtype=tables.dtype)
    sums = np.zeros((len(voters), tables.shape[2]), dtype=tables.dtype)
    for level, table in enumerate(tables, -reach):
        np.equal(voters, level, out=chosen, casting="unsafe")  # 1 where the voter answered this
        sums += chosen @ table
    half = tables.shape[2] // 2
    return sums[:, :half], sums[:, half:]


def _table(name: str, array: Any, reach: int) -> Any:
    table = np.asarray(array)
    if table.ndim != 2:
        raise ValueError(f"{name} must have two dimensions; got {table.ndim}")
    return checked_stances(name, table, reach)


def _levels(
    method: Method, missing: Missing, parties: Integers, weight: Any, reach: int
) -> tuple[NDArray[Any], int]:
    """What each answer that a voter can give costs, and could cost, with every party.

    Tables (levels, S, 2·P): a voter's sums are a product of matrices per level. Also returns the
    largest sum there can be.
    """
    levels = np.arange(-reach, reach + 1)[:, None, None]
    theirs = parties.astype(np.int64).T
    gaps = theirs == NO_ANSWER
    counts = weight[:, None] * (~gaps if missing is Missing.SHARED else np.ones_like(gaps))
    filled = filled_in(missing, levels, theirs, gaps, reach)
    full = full_cost(method, reach)
    costs = cost(method, levels, filled, reach) * counts
    fulls = np.broadcast_to(full * counts, costs.shape)
    return np.concatenate([costs, fulls], axis=2), int(full * sum(weight.tolist()))
