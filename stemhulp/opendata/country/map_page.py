"""The country by municipality: a map, and a table that says the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parties.search import fold
from statements.matching import Score
from stemhulp.editions.edition import Absence, Municipality
from stemhulp.editions.guide import Guide
from stemhulp.opendata.built import Built
from stemhulp.opendata.country.overview import Boundaries, Country, Place, boundaries, country
from stemhulp.quiz.scores import percent, whole_percent

ANSWERS, FRIENDLINESS = "antwoorden", "vriendelijkheid"
BY_SEATS = "zetels"
BY_NAME, BY_PROVINCE = "naam", "provincie"
ORDERS = (BY_PROVINCE, BY_NAME, ANSWERS, FRIENDLINESS)  # the first is short: folded by province
NUMBERS = {ANSWERS, FRIENDLINESS}  # of which the highest is shown first
# What an address may ask for, the first where it says nothing.
CHOICES = {
    "laat": (ANSWERS, FRIENDLINESS),
    "weging": ("", BY_SEATS),
    "volgorde": tuple(sign + order for sign in ("", "-") for order in ORDERS),
}
STEPS = 5  # of the scale, each of a fifth
SCALE = [f"step-{number}" for number in range(1, STEPS + 1)]


@dataclass(frozen=True)
class Choice:
    """What somebody wants to see."""

    laat: str = ANSWERS
    weging: str = ""
    volgorde: str = BY_PROVINCE

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Choice":
        """What an address asks for. Raises ValueError for what there is not."""
        given = {name: asked.get(name, known[0]) for name, known in CHOICES.items()}
        for name, value in given.items():
            if value not in CHOICES[name]:
                raise ValueError(name)
        return cls(**given)

    def address(self, election: str, **changes: str) -> str:
        """Where the same is shown but for these changes; the less it says, the shorter it is."""
        wanted = {**self.__dict__, **changes}
        said = {name: value for name, value in wanted.items() if value != CHOICES[name][0]}
        page = reverse("country:map", args=[election])
        return page + (f"?{urlencode(said)}" if said else "")


@dataclass(frozen=True)
class Row:
    """A municipality, as the table and the map tell it."""

    municipality: Municipality
    url: str  # empty where there is nothing to go to
    group: str  # how the map draws it
    told: str  # in one sentence, for who points at the map
    answered: str = ""
    share: Score = None
    friendliness: SafeString | str = ""
    score: Score = None
    reason: str = ""  # why nothing is counted here


def map_context(guide: Guide, found: Built, choice: Choice) -> dict[str, Any]:
    known, drawn = country(found), boundaries(found)
    rows = [_row(each, guide, known, choice) for each in _municipalities(guide)]
    counted = list(known.places.values())
    has_scores = any(each.ranked for each in counted)
    return {
        "guide": guide,
        "election": guide.election,
        "choice": choice,
        "is_friendliness": choice.laat == FRIENDLINESS,
        "is_weighted": choice.weging == BY_SEATS,
        "rows": _sorted([row for row in rows if row.answered], choice.volgorde),
        "others": _sorted([row for row in rows if not row.answered], BY_NAME),
        "municipalities": len(counted),
        "lists": sum(each.lists for each in counted),
        "answered": sum(each.answered for each in counted),
        "read": sum(each.answered - each.itself for each in counted),
        "without_results": sum(not each.has_results for each in counted),
        "has_scores": has_scores,
        "subjects": _links(choice, guide, "laat", _subjects()),
        "weights": _links(choice, guide, "weging", _weights()),
        "orders": _orders(choice, guide, has_scores=has_scores),
        "sorted_by": choice.volgorde.lstrip("-"),
        "sorted_up": choice.volgorde.startswith("-") == (choice.volgorde.lstrip("-") in NUMBERS),
        "drawing": drawn and _drawing(drawn, rows, choice),
        "here": choice.address(guide.election.slug),
    }


# What stands in the table


def _municipalities(guide: Guide) -> list[Municipality]:
    return [each for each in guide.municipalities.values() if not each.is_example]


def _row(place: Municipality, guide: Guide, known: Country, choice: Choice) -> Row:
    if absence := guide.absences.get(place.slug):
        return _absent(place, absence)
    counted = known.places.get(place.slug)
    if counted is None:
        reason = _("De stemhulp is hier nog niet gepubliceerd.")
        return Row(place, "", "unpublished", f"{place.name}: {reason}", reason=reason)
    return _counted(counted, guide, choice)


def _absent(place: Municipality, absence: Absence) -> Row:
    """Why there is no election: where its voters vote, or when."""
    url = reverse("quiz:introduction", args=[absence.election.slug, place.slug])
    if absence.votes_in:
        reason = _("Hoort bij %(municipality)s.") % {"municipality": absence.votes_in.name}
    elif absence.next_election:
        day = date_format(absence.next_election, "DATE_FORMAT")
        reason = _("Hier is op deze dag geen verkiezing. Wel op %(date)s.") % {"date": day}
    else:
        reason = _("Hier is op deze dag geen verkiezing.")
    return Row(place, url, "absent", f"{place.name}: {reason}", reason=reason)


def _counted(place: Place, guide: Guide, choice: Choice) -> Row:
    share = Fraction(place.answered, place.lists) if place.lists else None
    score = place.weighted if choice.weging else place.mean
    shown, words = _friendliness(place, score, choice)
    answered = _("%(answered)s van %(lists)s") % {"answered": place.answered, "lists": place.lists}
    told = words if choice.laat == FRIENDLINESS else _answers_told(place)
    value = score if choice.laat == FRIENDLINESS else share or None
    name = place.municipality.name
    return Row(
        municipality=place.municipality,
        url=reverse("quiz:introduction", args=[guide.election.slug, place.municipality.slug]),
        group="none" if value is None else f"step-{step(value)}",
        told=f"{name}: {told}",
        answered=answered,
        share=share,
        friendliness=shown,
        score=score,
    )


def _answers_told(place: Place) -> str:
    return ngettext(
        "%(answered)s van de %(lists)s partijen antwoordde",
        "%(answered)s van de %(lists)s partijen antwoordden",
        place.answered,
    ) % {"answered": place.answered, "lists": place.lists}


def _friendliness(place: Place, score: Score, choice: Choice) -> tuple[SafeString | str, str]:
    """For the table, and as a sentence."""
    if score is not None:
        whole = whole_percent(score)
        return percent(score), _("gemiddeld %(score)s %% vluchtelingvriendelijk") % {"score": whole}
    if not place.ranked:
        return percent(None), _("geen partij antwoordde genoeg voor een score")
    if choice.weging and not place.has_results:
        return _("uitslag onbekend"), _("de zetels zijn nog niet bekend")
    return _("geen zetels"), _("de partijen die antwoordden, hebben geen zetels")


def step(score: Score) -> int:
    """In which fifth of the scale a score lies as it is shown: 1 for 0 to 19 %, 5 from 80 %."""
    return min(whole_percent(score) * STEPS // 100, STEPS - 1) + 1


def _sorted(rows: Sequence[Row], order: str) -> list[Row]:
    """By name as people look it up; then by what was chosen, with what has no value at the end."""
    by_name = sorted(rows, key=lambda row: fold(row.municipality.name))
    by = order.lstrip("-")
    is_turned = order.startswith("-")
    if by == BY_NAME:
        return by_name[::-1] if is_turned else by_name
    if by == BY_PROVINCE:
        return sorted(by_name, key=lambda row: row.municipality.province, reverse=is_turned)
    value: Callable[[Row], Score] = lambda row: row.share if by == ANSWERS else row.score  # noqa: E731
    known = [row for row in by_name if value(row) is not None]
    known.sort(key=lambda row: value(row) or 0, reverse=not is_turned)
    return known + [row for row in by_name if value(row) is None]


# What can be chosen


def _subjects() -> dict[str, str]:
    return {
        ANSWERS: _("Hoeveel partijen antwoordden"),
        FRIENDLINESS: _("Hoe vluchtelingvriendelijk ze zijn"),
    }


def _weights() -> dict[str, str]:
    return {"": _("Elke partij telt even zwaar"), BY_SEATS: _("Naar zetels in de raad")}


def _links(
    choice: Choice, guide: Guide, name: str, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "words": text,
            "url": choice.address(guide.election.slug, **{name: value}),
            "is_current": getattr(choice, name) == value,
            "id": f"{name}-{value or 'gelijk'}",
        }
        for value, text in words.items()
    ]


def _orders(choice: Choice, guide: Guide, *, has_scores: bool) -> list[dict[str, Any]]:
    """Ways to sort the table; the one that is chosen leads to its opposite."""
    words = {BY_PROVINCE: _("Provincie"), BY_NAME: _("Gemeente"), ANSWERS: _("Antwoorden")}
    if has_scores:
        words[FRIENDLINESS] = _("Vriendelijkheid")
    return [
        {
            "words": text,
            "id": f"volgorde-{order}",
            "is_current": choice.volgorde.lstrip("-") == order,
            "is_turned": choice.volgorde == f"-{order}",
            "url": choice.address(
                guide.election.slug,
                volgorde=f"-{order}" if choice.volgorde == order else order,
            ),
        }
        for order, text in words.items()
    ]


# What stands on the map


def _drawing(drawn: Boundaries, rows: Sequence[Row], choice: Choice) -> dict[str, Any]:
    """The municipalities by how they are drawn, so that each group is said once."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        if path := drawn.paths.get(row.municipality.code):
            groups.setdefault(row.group, []).append(
                {"path": path, "url": row.url, "told": row.told}
            )
    return {
        "width": drawn.width,
        "height": drawn.height,
        "attribution": drawn.attribution,
        # Those without a number last: their outlines lie over their neighbours.
        "groups": sorted(groups.items(), key=lambda each: (each[0] not in SCALE, each[0])),
        "legend": _legend(set(groups), choice),
    }


def _legend(groups: set[str], choice: Choice) -> list[dict[str, str]]:
    """The whole scale as soon as a step of it is used; of the rest only what is on the map."""
    scale = {
        "step-1": _("minder dan 20 %"),
        "step-2": _("20 tot 40 %"),
        "step-3": _("40 tot 60 %"),
        "step-4": _("60 tot 80 %"),
        # xgettext:no-python-format
        "step-5": _("80 % of meer"),
    }
    others = {
        "none": _("geen score") if choice.laat == FRIENDLINESS else _("geen partij antwoordde"),
        "unpublished": _("nog niet gepubliceerd"),
        "absent": _("geen verkiezing op deze dag"),
    }
    is_scaled = bool(groups & set(SCALE))
    return [
        {"group": group, "words": words}
        for group, words in {**scale, **others}.items()
        if group in groups or (is_scaled and group in SCALE)
    ]
