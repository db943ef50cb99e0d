"""What there is to know of a contest before it is published, in words and with a way to mend it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from parties.models import Contest
from statements.portal.deadlines import moment
from stemhulp.editions.changes import language_name
from stemhulp.publication.facts import Content, Facts


class Level(StrEnum):
    """Whether it is in order, wants a look, or makes publishing impossible."""

    OK = "in orde"
    WARNING = "let op"
    STOPS = "eerst doen"


@dataclass(frozen=True)
class Line:
    """A part of an item, with its own way to mend it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that was looked at."""

    name: str
    level: Level
    text: str
    url: str = ""  # where it is mended, if there is such a page
    lines: Sequence[Line] = ()

    @property
    def stops(self) -> bool:
        return self.level is Level.STOPS

    @property
    def warns(self) -> bool:
        return self.level is Level.WARNING


def checklist(contest: Contest, content: Content, known: Facts, at: datetime) -> list[Item]:
    """All of them, those that stop in front. Asks the database nothing."""
    items = [
        _statements(contest, content, known),
        _local(contest, known),
        _ballot(contest, content),
        _answers(contest, known, at),
        _confirmations(contest, known),
        _research(contest, known),
        _withheld(contest, known),
        _translations(contest, content, known),
    ]
    order = list(Level)[::-1]
    return sorted(items, key=lambda item: order.index(item.level))


def address(page: str, *names: str) -> str:
    """Of a page in another room; empty when that room has none by this name."""
    try:
        return reverse(page, args=names)
    except NoReverseMatch:
        return ""


def counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _statements(contest: Contest, content: Content, known: Facts) -> Item:
    url = address("curation:statement_list", contest.election.slug)
    asked = content["statements"]
    if not asked:
        return Item("Stellingen", Level.STOPS, "Er is nog geen goedgekeurde stelling.", url)
    local = sum(each["is_local"] for each in asked)
    text = counted(len(asked), "goedgekeurde stelling", "goedgekeurde stellingen")
    if local:
        text += f", waarvan {local} alleen voor {contest.municipality.name}"
    if not known.in_progress:
        return Item("Stellingen", Level.OK, f"{text}.", url)
    busy = counted(known.in_progress, "stelling", "stellingen")
    return Item("Stellingen", Level.WARNING, f"{text}. Aan {busy} wordt nog gewerkt.", url)


def _local(contest: Contest, known: Facts) -> Item:
    name = "Eigen stellingen nagelezen"
    if not known.unreviewed:
        return Item(name, Level.OK, "Geen eigen stelling wacht op goedkeuring.")
    count = counted(len(known.unreviewed), "eigen stelling is", "eigen stellingen zijn")
    text = (
        f"{count} nog niet goedgekeurd: ‘{known.unreviewed_text}’ "
        "Laat een collega dit nalezen, of trek het in."
    )
    url = address("curation:statement", contest.election.slug, known.unreviewed[0])
    return Item(name, Level.STOPS, text, url)


def _ballot(contest: Contest, content: Content) -> Item:
    url = address("curation:contest", contest.election.slug, contest.municipality.slug)
    lists = content["parties"]
    if not lists:
        return Item("Stembiljet", Level.STOPS, "Er staat geen partij op het stembiljet.", url)
    text = counted(len(lists), "partij", "partijen")
    unknown = sum(each["number"] is None for each in lists)
    if unknown:
        numbers = counted(unknown, "lijstnummer is", "lijstnummers zijn")
        return Item("Stembiljet", Level.WARNING, f"{text}. {numbers} niet bekend.", url)
    return Item("Stembiljet", Level.OK, f"{text}, alle lijstnummers zijn bekend.", url)


def _answers(contest: Contest, known: Facts, at: datetime) -> Item:
    text = f"{known.submitted} van {counted(known.lists, 'lijst', 'lijsten')} ingediend. "
    if contest.deadline is None:
        text += "Er is nog geen sluitingstijd."
    elif contest.is_closed(at):
        text += "De sluitingstijd is voorbij."
    else:
        text += f"Partijen kunnen nog antwoorden tot {moment(contest.deadline)}."
    is_done = known.submitted == known.lists and contest.is_closed(at)
    url = address("curation:progress_election", contest.election.slug)
    return Item("Antwoorden", Level.OK if is_done else Level.WARNING, text, url)


def _confirmations(contest: Contest, known: Facts) -> Item:
    name = "Antwoorden bevestigd"
    if not known.unconfirmed:
        return Item(name, Level.OK, "Geen antwoord wacht op een bevestiging.")
    count = counted(known.unconfirmed, "antwoord hoort", "antwoorden horen")
    text = f"{count} bij een eerdere betekenis van een stelling."
    text = f"{text} In de volgende editie laten we dat weg, tot de partij het bevestigt."
    return Item(name, Level.WARNING, text, lines=list(_unconfirmed(contest, known)))


def _unconfirmed(contest: Contest, known: Facts) -> Iterator[Line]:
    """The first few by party and statement, each leading to the party."""
    place = (contest.election.slug, contest.municipality.slug)
    for each in known.unconfirmed_first:
        url = address("curation:party", *place, each["slug"])
        yield Line(f"{each['party'] or 'Blanco lijst'}: {each['text']}", url)
    if rest := known.unconfirmed - len(known.unconfirmed_first):
        yield Line(f"En nog {rest}.")


def _research(contest: Contest, known: Facts) -> Item:
    name = "Programma's nagekeken"
    if not known.unchecked:
        return Item(name, Level.OK, "Geen standpunt uit een programma wacht op controle.")
    count = counted(
        known.unchecked, "standpunt uit een programma is", "standpunten uit programma's zijn"
    )
    url = address("curation:research_list", contest.election.slug)
    text = f"{count} niet door een tweede persoon nagekeken. Dat publiceren we niet."
    return Item(name, Level.WARNING, text, url)


def _withheld(contest: Contest, known: Facts) -> Item:
    name = "Toelichtingen"
    if not known.withheld:
        return Item(name, Level.OK, "Er is geen toelichting weggelaten.")
    url = address("curation:motivation_list", contest.election.slug)
    count = counted(known.withheld, "toelichting is", "toelichtingen zijn")
    return Item(name, Level.WARNING, f"{count} weggelaten. De kiezer ziet ‘weggelaten’.", url)


def _translations(contest: Contest, content: Content, known: Facts) -> Item:
    """Per language: how many texts of this contest are read, out of date, and not there."""
    name = "Vertalingen"
    url = address("curation:translation_overview", contest.election.slug)
    lines = []
    is_whole = True
    for code in settings.TRANSLATED_INTO:
        missing, text = _translated(content, known, code)
        is_whole = is_whole and not missing
        page = address("curation:translation_list", contest.election.slug, code)
        lines.append(Line(text, page))
    if not lines:
        return Item(name, Level.OK, "Er is geen taal om in te vertalen.")
    if is_whole:
        return Item(name, Level.OK, "Alle teksten zijn vertaald en nagelezen.", url, lines)
    text = "Wat niet vertaald en nagelezen is, zien kiezers in het Nederlands."
    return Item(name, Level.WARNING, text, url, lines)


def _translated(content: Content, known: Facts, code: str) -> tuple[bool, str]:
    """Whether anything is missing in this language, and how far it is."""
    texts = len(content["statements"]) + len(_others(content))
    there, reviewed = known.translations.get(code, (0, 0))
    shown = _shown(content, code)
    counts = (
        (reviewed - shown, "verouderd"),
        (there - reviewed, "niet nagelezen"),
        (texts - there, "niet vertaald"),
    )
    said = [f"{count} {what}" for count, what in counts if count > 0]
    verb = "is" if shown == 1 else "zijn"
    text = f"{shown} van {counted(texts, 'tekst', 'teksten')} {verb} vertaald en nagelezen"
    return bool(said), f"{language_name(code)}: " + ", ".join([text, *said]) + "."


def _others(content: Content) -> list[Content]:
    """What is translated beside the statements."""
    positions = (each for party in content["parties"] for each in party["positions"].values())
    return [
        *content["themes"],
        *content["glossary"],
        *content.get("features", ()),
        *(position for position in positions if position["motivation"]),
    ]


def _shown(content: Content, code: str) -> int:
    """How many texts would be published in this language."""
    statements = sum(code in each["texts"] for each in content["statements"])
    return statements + sum(code in each.get("translations", ()) for each in _others(content))
