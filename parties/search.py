"""Finding a municipality by postcode or by name, the way people type."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

LONGEST_QUESTION = 80
MOST_RESULTS = 8
# What cannot be seen, or turns around what stands beside it.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Locality:
    """A municipality as far as finding it goes."""

    code: str
    name: str
    slug: str
    province: str


@dataclass(frozen=True)
class Found:
    """A municipality, and the place or old name that led to it if that is not its own name."""

    locality: Locality
    via: str = ""


class Outcome(Enum):
    """What became of a question."""

    EMPTY = "nothing was asked"
    FOUND = "one municipality, or several by name"
    SPLIT_POSTCODE = "a postcode that lies in several municipalities"
    SUGGESTION = "nothing by that name, but something like it"
    NO_POSTCODES = "a postcode, where only names can be looked up"
    UNKNOWN_POSTCODE = "a well-formed postcode that is not in use"
    UNKNOWN_NAME = "no municipality by that name"
    NOT_A_POSTCODE = "digits that can be no postcode"
    TOO_LONG = "more than anyone would type"


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    results: Sequence[Found] = ()
    is_certain: bool = False  # it can mean nothing else: a whole name, or a postcode
    more: bool = False  # there are results beyond the ones given


def fold(text: str) -> str:
    """Lower case, no accents, single spaces for everything but letters and digits.

    >>> fold("'s-Gravenhage"), fold("Súdwest-Fryslân"), fold("Bergen (NH.)")
    ('s gravenhage', 'sudwest fryslan', 'bergen nh')
    """
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character)
    )
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


class Gazetteer:
    """The municipalities of one election day, by name, by place and by postcode."""

    def __init__(
        self,
        localities: Iterable[Locality],
        places: Iterable[tuple[str, str]] = (),
        postcodes: Iterable[tuple[int, str]] | None = (),
    ) -> None:
        """`places` and `postcodes` lead to codes; those of unknown municipalities are left out.

        The postcodes of a number are given with the largest share first; None says that there is
        no table that fits the day.
        """
        by_code = {locality.code: locality for locality in localities}
        self._names: dict[str, list[Found]] = {}
        for locality in sorted(by_code.values(), key=lambda locality: fold(locality.name)):
            self._add(locality.name, Found(locality))
            without_addition = re.sub(r"\s*\(.*\)$", "", locality.name)
            if without_addition != locality.name:
                self._add(without_addition, Found(locality))
        own_names = set(self._names)
        for place, code in places:
            if code in by_code and fold(place) not in own_names:
                self._add(place, Found(by_code[code], via=place))
        self._has_postcodes = postcodes is not None
        self._postcodes: dict[int, list[Found]] = {}
        for number, code in postcodes or ():
            if code in by_code:
                self._postcodes.setdefault(number, []).append(Found(by_code[code]))

    def _add(self, name: str, found: Found) -> None:
        self._names.setdefault(fold(name), []).append(found)

    def find(self, question: str, most: int | None = MOST_RESULTS) -> Answer:
        """What a voter means by this text. Never raises, whatever is typed.

        Of a name, at most so many results; None gives all of them.
        """
        question = question.strip()
        if not question:
            return Answer(Outcome.EMPTY)
        if len(question) > LONGEST_QUESTION:
            return Answer(Outcome.TOO_LONG)
        postcode = re.fullmatch(r"([0-9]{4})(\s?[A-Za-z]{2})?(\s.*)?", question)
        if postcode and postcode[1][0] != "0":
            return self._find_postcode(int(postcode[1]))
        if re.fullmatch(r"[0-9]+\s?[A-Za-z]{0,2}", question):
            return Answer(Outcome.NOT_A_POSTCODE)
        return self._find_name(fold(question).removeprefix("gemeente "), most)

    def named(self, name: str) -> Locality | None:
        """The one municipality that goes by exactly this name; None if there is none or several."""
        results = _distinct(self._names.get(fold(name), []))
        return results[0].locality if len(results) == 1 else None

    def postcode_in(self, code: str) -> int | None:
        """The first postcode that lies in this municipality alone; None if none is known."""
        for number in sorted(self._postcodes):
            results = self._postcodes[number]
            if len(results) == 1 and results[0].locality.code == code:
                return number
        return None

    def _find_postcode(self, number: int) -> Answer:
        if not self._has_postcodes:
            return Answer(Outcome.NO_POSTCODES)
        results = self._postcodes.get(number, [])
        if not results:
            return Answer(Outcome.UNKNOWN_POSTCODE)
        outcome = Outcome.FOUND if len(results) == 1 else Outcome.SPLIT_POSTCODE
        return Answer(outcome, results, is_certain=True)

    def _find_name(self, name: str, most: int | None) -> Answer:
        if not name:
            return Answer(Outcome.UNKNOWN_NAME)
        for is_meant in (str.__eq__, str.startswith, _has_word_starting_with, str.__contains__):
            results = _distinct(
                found
                for known, founds in self._names.items()
                if is_meant(known, name)
                for found in founds
            )
            if results:
                return Answer(
                    Outcome.FOUND,
                    results[:most],
                    is_certain=is_meant is str.__eq__,
                    more=most is not None and len(results) > most,
                )
        similar = get_close_matches(name, self._names, n=3, cutoff=0.75)
        if similar:
            results = _distinct(found for known in similar for found in self._names[known])
            return Answer(Outcome.SUGGESTION, results)
        return Answer(Outcome.UNKNOWN_NAME)


def _has_word_starting_with(known: str, start: str) -> bool:
    return f" {start}" in known


def _distinct(results: Iterable[Found]) -> list[Found]:
    """Each municipality once, under its own name rather than by way of a place."""
    first: dict[str, Found] = {}
    for found in results:
        known = first.get(found.locality.code)
        if known is None or (known.via and not found.via):
            first[found.locality.code] = found
    return list(first.values())
