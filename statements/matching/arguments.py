"""Arguments taken strictly: what is not a stance or a weight is refused, and named."""

import contextlib
import math
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from numbers import Rational
from typing import Any, NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

Stance = int | float | None
Stances = Sequence[Stance]
Weight = int | float | Fraction
Choice = TypeVar("Choice", bound=StrEnum)

# Stands for "no answer" in an array of stances. No scale reaches it.
NO_ANSWER = -128
LARGEST_REACH = 100


def checked_reach(reach: object) -> int:
    if isinstance(reach, bool) or not isinstance(reach, int) or not 1 <= reach <= LARGEST_REACH:
        raise ValueError(f"reach must be a whole number from 1 to {LARGEST_REACH}; got {reach!r}")
    return reach


def one_of(kind: type[Choice], name: str, value: str) -> Choice:
    """The method or rule of this value. Raises ValueError, naming the argument."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(repr(each.value) for each in kind)
        raise ValueError(f"{name} must be one of {known}; got {value!r}") from None


def check_length(name: str, stances: Stances, length: int) -> None:
    if len(stances) != length:
        raise ValueError(f"{name} must give {length} stances; got {len(stances)}")


def is_stance(given: Any, reach: int) -> bool:
    """Whether this is a whole number within the reach, as an integer or a float."""
    if type(given) is int:
        return -reach <= given <= reach
    is_number = isinstance(given, (int, float)) and not isinstance(given, bool)
    return is_number and -reach <= given <= reach and given == int(given)


def refuse(name: str, stances: Stances, reach: int) -> NoReturn:
    """Raise ValueError that names the first thing among these that is no stance."""
    wrong: Any = next(each for each in stances if each is not None and not is_stance(each, reach))
    if isinstance(wrong, (int, float)) and not isinstance(wrong, bool) and abs(wrong) > reach:
        raise ValueError(f"{name}: stances must lie between {-reach} and {reach}; got {wrong}")
    raise ValueError(f"{name}: stances must be whole numbers or None; got {wrong!r}")


def column_indices(name: str, rows: Sequence[Stances], length: int, reach: int) -> NDArray[Any]:
    """Rows of stances as indices of a cost table: from 0 for −reach, the last for no answer.

    Raises ValueError, naming the argument, for a row of another length and for what is no stance.
    """
    index: dict[object, int] = {stance: stance + reach for stance in range(-reach, reach + 1)}
    index[None] = 2 * reach + 1
    flat = bytearray()
    for row in rows:
        check_length(name, row, length)
        try:
            flat.extend([index[each] for each in row])
        except (KeyError, TypeError):
            refuse(name, row, reach)
        if bool in set(map(type, row)):  # True equals 1, but is no stance
            refuse(name, row, reach)
    return np.frombuffer(flat, dtype=np.uint8).reshape(len(rows), length)


def checked_array(name: str, array: Any, reach: int) -> NDArray[Any]:
    """A table of stances, NO_ANSWER where there is none. Raises ValueError, naming the argument."""
    table = np.asarray(array)
    if table.ndim != 2:
        raise ValueError(f"{name} must have two dimensions; got {table.ndim}")
    if table.dtype.kind == "f" and np.isfinite(table).all() and (table == np.trunc(table)).all():
        table = table.clip(-(10**9), 10**9).astype(np.int64)
    if table.dtype.kind not in "iu":
        refuse(name, table.ravel().tolist(), reach)
    known = (table >= -reach) & (table <= reach) | (table == NO_ANSWER)
    if not known.all():
        refuse(name, table[~known].tolist(), reach)
    return table


def exact_weights(weights: Iterable[Weight] | None, length: int) -> list[int]:
    """The weights, exactly, as whole numbers of one common unit; only their proportion matters.

    Raises ValueError for another length and for anything but finite numbers of 0 or more.
    """
    if weights is None:
        return [1] * length
    exact = [each if type(each) is int and each >= 0 else _exact(each) for each in weights]
    if len(exact) != length:
        raise ValueError(f"weights must be {length}, one per statement; got {len(exact)}")
    unit = math.lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (unit // weight.denominator) for weight in exact]


def _exact(weight: object) -> Fraction:
    if isinstance(weight, np.generic):
        weight = weight.item()
    if isinstance(weight, (Rational, float)) and not isinstance(weight, bool):
        with contextlib.suppress(ValueError, OverflowError):  # NaN and infinity are no fractions
            exact = Fraction(weight)
            if exact >= 0:
                return exact
    raise ValueError(f"weights must be finite numbers of 0 or more; got {weight!r}")


def weight_array(weights: Iterable[Weight] | None, length: int, reach: int) -> Any:
    """`exact_weights` as an array of machine integers.

    Of Python's own integers where a sum of costs would not stay below 2²⁶.
    """
    exact = exact_weights(weights, length)
    fits = sum(exact) * 4 * reach * reach < 2**26
    return np.array(exact, dtype=np.int64 if fits else object)


def checked_groups(groups: Mapping[str, Sequence[int]], length: int) -> Mapping[str, Sequence[int]]:
    """The groups. Raises ValueError for an index that is no statement's."""
    for name, indices in groups.items():
        for index in indices:
            if not 0 <= index < length:
                raise ValueError(f"groups: {name!r} names statement {index} of {length}, from 0")
    return groups
