"""Arguments taken strictly: what is not a stance or a weight is refused, and named."""

import contextlib
import math
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from numbers import Rational
from typing import Any, TypeVar

import numpy as np

from statements.matching.methods import Integers

Stances = Sequence[int | float | None]
Weight = int | float | Fraction
Choice = TypeVar("Choice", bound=StrEnum)

# Stands for "no answer" in an array of stances. No scale reaches it.
NO_ANSWER = -128
LARGEST_REACH = 100


def checked_reach(reach: object) -> int:
    if isinstance(reach, bool) or not isinstance(reach, int) or not 1 <= reach <= LARGEST_REACH:
        raise ValueError(f"reach must be a whole number from 1 to {LARGEST_REACH}; got {reach!r}")
    return reach


def stance_array(name: str, rows: Sequence[Stances], length: int, reach: int) -> Any:
    """Rows of stances, one per statement, as an array with NO_ANSWER for None.

    Raises ValueError, naming the argument, for a row of another length and for anything that is
    not a whole number within the reach.
    """
    for row in rows:
        if len(row) != length:
            raise ValueError(
                f"{name} must give {length} stances, one per statement; got {len(row)}"
            )
    try:
        array = np.array([[NO_ANSWER if each is None else each for each in row] for row in rows])
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"{name}: stances must be whole numbers or None; {error}") from error
    if array.size and array.ndim != 2:
        raise ValueError(f"{name}: stances must be whole numbers or None; got {rows[0][0]!r}")
    return checked_stances(name, array.reshape(len(rows), length), reach)


def checked_stances(name: str, array: Any, reach: int) -> Any:
    """An array of stances in integers. Raises ValueError, naming the argument."""
    array = np.asarray(array)
    if array.size == 0:
        return array.astype(np.int64)
    if array.dtype.kind == "f" and np.isfinite(array).all() and (array == np.trunc(array)).all():
        array = array.clip(-(10**9), 10**9).astype(np.int64)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name}: stances must be whole numbers or None; got {_odd(array)!r}")
    low, high = int(array.min()), int(array.max())
    if high > reach or (low < -reach and not _within(array, reach)):
        outside = array[(abs(array) > reach) & (array != NO_ANSWER)]
        raise ValueError(
            f"{name}: stances must lie between {-reach} and {reach}; got {int(outside[0])}"
        )
    return array


def _within(array: Integers, reach: int) -> bool:
    return bool(((array >= -reach) | (array == NO_ANSWER)).all())


def _odd(array: Any) -> object:
    """The first thing in an array that is no stance, for the message."""
    return next(
        (
            each
            for each in array.ravel().tolist()
            if not isinstance(each, int) or isinstance(each, bool)
        ),
        array.dtype,
    )


def weight_array(weights: Iterable[Weight] | None, length: int, reach: int) -> Any:
    """The weights, exactly, as whole numbers of one common unit; only their proportion matters.

    The array holds machine integers, or Python's own where a product of two sums would not fit.
    Raises ValueError for another length and for anything but finite numbers of 0 or more.
    """
    if weights is None:
        return np.ones(length, dtype=np.int64)
    exact = [
        weight if type(weight) is int and weight >= 0 else _exact(weight) for weight in weights
    ]
    if len(exact) != length:
        raise ValueError(f"weights must be {length}, one per statement; got {len(exact)}")
    unit = math.lcm(*(weight.denominator for weight in exact))
    whole = [weight.numerator * (unit // weight.denominator) for weight in exact]
    fits = sum(whole) * 4 * reach * reach < 2**31
    return np.array(whole, dtype=np.int64 if fits else object)


def _exact(weight: object) -> Fraction:
    if isinstance(weight, np.generic):
        weight = weight.item()
    if isinstance(weight, (Rational, float)) and not isinstance(weight, bool):
        with contextlib.suppress(ValueError, OverflowError):  # NaN and infinity are no fractions
            exact = Fraction(weight)
            if exact >= 0:
                return exact
    raise ValueError(f"weights must be finite numbers of 0 or more; got {weight!r}")


def group_columns(groups: Mapping[str, Sequence[int]], length: int) -> Integers:
    """Which statements belong to what: one column of ones for all, then one per group.

    Raises ValueError for an index that is no statement's.
    """
    columns = np.zeros((length, 1 + len(groups)), dtype=np.int64)
    columns[:, 0] = 1
    for column, (name, indices) in enumerate(groups.items(), 1):
        for index in indices:
            if not 0 <= index < length:
                raise ValueError(f"groups: {name!r} names statement {index} of {length}, from 0")
            columns[index, column] = 1
    return columns


def one_of(kind: type[Choice], name: str, value: str) -> Choice:
    """The method or rule of this value. Raises ValueError, naming the argument."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(repr(each.value) for each in kind)
        raise ValueError(f"{name} must be one of {known}; got {value!r}") from None
