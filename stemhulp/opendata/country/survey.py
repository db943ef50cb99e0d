"""What is told of the whole country, counted once when something is published.

Of each contest its lists, what they answered and how friendly they are; of all together the two
files that pages are made of: `country.json`, and `boundaries.json` where boundaries were loaded.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from statements.matching import Score
from stemhulp.editions.edition import Edition, Party
from stemhulp.opendata.built import ContestFolder
from stemhulp.opendata.contests import Published
from stemhulp.opendata.country import boundaries
from stemhulp.opendata.country.names import is_name, same_name, slugs, usual_spelling
from stemhulp.quiz.result import Participation, participation

VERSION = 2
OF_CONTEST = "survey.json"
COUNTRY = "country.json"
BOUNDARIES = "boundaries.json"
NOT_ANSWERED = 9  # stands beside the stances; no opinion is null


def state(election: str) -> str:
    found = boundaries.of_election(election)
    return found.state if found else ""


def make_contest(folder: Path, contest: Published) -> None:
    """Invented municipalities are in nothing that is told of the country."""
    if not contest.municipality.is_example:
        _write(folder / OF_CONTEST, _surveyed(contest))


def make_together(folder: Path, election: str, contests: Mapping[str, ContestFolder]) -> None:
    real = {slug: each for slug, each in contests.items() if not each.municipality.is_example}
    _write(folder / COUNTRY, _country(real))
    if found := boundaries.of_election(election):
        _write(folder / BOUNDARIES, boundaries.content_of(found))


# One contest


def _surveyed(contest: Published) -> dict[str, Any]:
    content = contest.content
    edition = contest.edition
    asked = [_statement(each, content["themes"]) for each in content["statements"]]
    known = participation(edition)
    return {
        "statements": asked,
        "has_results": edition.has_results,
        "lists": [_list(each, edition, known) for each in edition.parties],
    }


def _statement(content: Mapping[str, Any], themes: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What is asked, in all languages, and what tells it apart from anything else that is asked.

    Its key and its Dutch: a statement that was put differently elsewhere is not the same.
    """
    texts = {language: each["text"] for language, each in content["texts"].items()}
    [theme] = [each for each in themes if each["key"] == content["theme"]]
    named = {"nl": theme["name"]} | {
        language: each["name"]
        for language, each in theme.get("translations", {}).items()
        if "name" in each
    }
    digest = hashlib.sha256(texts["nl"].encode()).hexdigest()[:8]
    return {
        "id": f"{content['key']}-{digest}",
        "theme": theme["key"],
        "theme_names": named,
        "texts": texts,
        "recommendation": content["recommendation"],
    }


def _list(party: Party, edition: Edition, known: Participation) -> dict[str, Any]:
    friendliness = known.friendliness.get(party.slug)
    return {
        "slug": party.slug,
        "name": party.name,
        "seats": party.seats,
        "answered": party.answered,
        "itself": party.answered_itself,
        "is_ranked": party.slug in known.ranking,
        "friendliness": _exactly(friendliness.score if friendliness else None),
        "stances": [
            party.positions[each.key].stance if each.key in party.positions else NOT_ANSWERED
            for each in edition.statements
        ],
    }


# All of them


def _country(contests: Mapping[str, ContestFolder]) -> dict[str, Any]:
    """One contest at a time; what is kept of it is numbers, and each text once."""
    statements: dict[str, Any] = {}
    sets: list[list[str]] = []
    places, named = {}, dict[str, list[dict[str, Any]]]()
    for slug, found in _read(contests):
        statements |= {each["id"]: each for each in found["statements"]}
        asked = [each["id"] for each in found["statements"]]
        if asked not in sets:
            sets.append(asked)
        places[slug] = _place(found)
        for each in found["lists"]:
            if is_name(each["name"]):
                each |= {"place": slug, "asked": sets.index(asked)}
                named.setdefault(same_name(each["name"]), []).append(each)
    return {
        "places": places,
        "statements": statements,
        "sets": sets,
        "names": _names(named),
    }


def _read(contests: Mapping[str, ContestFolder]) -> Iterator[tuple[str, dict[str, Any]]]:
    for slug, folder in contests.items():
        yield slug, json.loads((folder.path / OF_CONTEST).read_bytes())


def _place(found: Mapping[str, Any]) -> dict[str, Any]:
    lists = found["lists"]
    ranked = [each for each in lists if each["is_ranked"] and each["friendliness"]]
    seats = [(each["seats"] or 0) if found["has_results"] else 0 for each in ranked]
    return {
        "lists": len(lists),
        "answered": sum(each["answered"] > 0 for each in lists),
        "itself": sum(each["itself"] > 0 for each in lists),
        "ranked": len(ranked),
        "has_results": found["has_results"],
        "mean": _exactly(_mean(ranked, [1] * len(ranked))),
        "weighted": _exactly(_mean(ranked, seats)),
    }


def _mean(lists: list[Mapping[str, Any]], weights: list[int]) -> Fraction | None:
    if not sum(weights):
        return None
    parts = (
        Fraction(each["friendliness"]) * weight for each, weight in zip(lists, weights, strict=True)
    )
    return sum(parts, Fraction()) / sum(weights)


def _names(named: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """All names, those on most ballots first; of a name on one ballot only where it stands."""
    addresses = slugs({name: len(lists) for name, lists in named.items() if len(lists) > 1})
    found = [
        {
            "slug": addresses.get(name, ""),
            "name": usual_spelling(each["name"] for each in lists),
            "lists": lists if name in addresses else [_place_of(each) for each in lists],
        }
        for name, lists in named.items()
    ]
    return sorted(found, key=lambda each: (-len(each["lists"]), same_name(each["name"])))


def _place_of(list_: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list_[name] for name in ("place", "answered")}


def _exactly(score: Score) -> str | None:
    return None if score is None else str(score)


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
