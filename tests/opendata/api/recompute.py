"""Count a voter's result oneself: written from the page at /api/v1/, and from nothing else.

`python recompute.py https://stemhulp.example gr2022 utrecht < answers.json`, where answers.json
holds `stances` and `weights` as one would send them to /match. Needs the standard library only.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any
from urllib.request import Request, urlopen

Ask = Callable[[str], Any]
Stances = Sequence[int | None]


def recompute(ask: Ask, election: str, municipality: str, voter: Mapping[str, Any]) -> Any:
    """Rank, match, scores per theme, agreed of compared, friendliness; and the voter's own."""
    contest = f"/api/v1/elections/{election}/contests/{municipality}"
    statements = everything(ask, f"{contest}/statements")
    parties = everything(ask, f"{contest}/parties")
    given: dict[str, dict[str, int | None]] = {}
    for each in everything(ask, f"{contest}/positions"):
        given.setdefault(each["party"], {})[each["statement"]] = each["stance"]
    keys = [each["key"] for each in statements]
    ideal = [each["recommendation"] for each in statements]
    own = [voter["stances"].get(key) for key in keys]
    weights = [weight(each, voter["weights"]) for each in statements]
    once = [1] * len(keys)
    rows = []
    for party in parties:
        if party["standing"] != "ranked":
            continue
        theirs = [given[party["slug"]].get(key) for key in keys]
        rows.append(
            {
                "party": party["slug"],
                "match": score(own, theirs, weights),
                "themes": per_theme(statements, own, theirs, weights),
                "friendliness": score(theirs, ideal, once),
                **counted(own, theirs),
            }
        )
    return {
        "ranking": ranked(rows),
        "friendliness": score(own, ideal, once),
        "themes": per_theme(statements, own, ideal, once),
        "says_little": (len(own) - own.count(None)) * 3 < len(keys),
    }


def everything(ask: Ask, path: str) -> list[Any]:
    """All items of a list, page after page."""
    return [item for page in pages(ask, path) for item in page["items"]]


def pages(ask: Ask, path: str) -> Iterator[Any]:
    offset, count = 0, 1
    while offset < count:
        page = ask(f"{path}?limit=100&offset={offset}")
        count, offset = page["count"], offset + 100
        yield page


def weight(statement: Mapping[str, Any], weights: Mapping[str, Sequence[str]]) -> int:
    is_double = statement["key"] in weights["statements"] or statement["theme"] in weights["themes"]
    return 2 if is_double else 1


def score(one: Stances, other: Stances, weights: Sequence[int]) -> Fraction | None:
    """1 − Σ w·|v − p| ÷ Σ w·4, over what both have a stance on."""
    both = [
        (v, p, w)
        for v, p, w in zip(one, other, weights, strict=True)
        if v is not None and p is not None
    ]
    if not both:
        return None
    return 1 - Fraction(sum(w * abs(v - p) for v, p, w in both), sum(w * 4 for _, _, w in both))


def per_theme(
    statements: Sequence[Mapping[str, Any]], one: Stances, other: Stances, weights: Sequence[int]
) -> dict[str, Fraction | None]:
    themes = dict.fromkeys(each["theme"] for each in statements)
    at = {
        theme: [n for n, each in enumerate(statements) if each["theme"] == theme]
        for theme in themes
    }
    return {
        theme: score([one[n] for n in ns], [other[n] for n in ns], [weights[n] for n in ns])
        for theme, ns in at.items()
    }


def counted(one: Stances, other: Stances) -> dict[str, int]:
    steps = [abs(v - p) for v, p in zip(one, other, strict=True) if v is not None and p is not None]
    return {"compared": len(steps), "agreed": sum(each <= 1 for each in steps)}


def ranked(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Best first, equals in the order of the ballot with one rank; without a score, no place."""
    comparable = [row for row in rows if row["match"] is not None]
    matches = [row["match"] for row in comparable]
    return [
        row
        | {
            "rank": 1 + sum(other > row["match"] for other in matches),
            "is_shared": matches.count(row["match"]) > 1,
        }
        for row in sorted(comparable, key=lambda row: -row["match"])
    ]


def percent(value: Fraction) -> int:
    return (200 * value.numerator + value.denominator) // (2 * value.denominator)


def asking(site: str) -> Ask:
    def ask(path: str) -> Any:
        with urlopen(Request(site + path)) as response:  # noqa: S310  # the site was given
            return json.load(response)

    return ask


if __name__ == "__main__":
    _, address, day, place = sys.argv
    answers = {"weights": {"statements": [], "themes": []}, **json.load(sys.stdin)}
    found = recompute(asking(address), day, place, answers)
    sys.stdout.write(json.dumps(found, default=str, indent=2))
