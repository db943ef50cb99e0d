"""Handouts of an invented municipality, to set."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stemhulp.handouts.flyer import Flyer
from stemhulp.handouts.images import PreviewCard, ResultCard, TopParty
from stemhulp.handouts.result import (
    AllAnswers,
    Answer,
    AnsweredTheme,
    Apart,
    Group,
    PartyRow,
    Profile,
    ProfileRow,
    Ranking,
    ResultSheet,
    Section,
)
from stemhulp.handouts.values import Link, Score, Topic, Words

AT = datetime(2022, 3, 12, 9, 30, tzinfo=UTC)
THEMES = {
    "opvang": "Kleinschalige opvang",
    "doorstroom": "Sneller uit het azc",
    "inburgering": "Persoonlijke inburgering",
    "werk": "Sneller aan het werk",
}
STATEMENT = (
    "De gemeente moet kleine opvanglocaties voor asielzoekers mogelijk maken in of dicht bij "
    "gewone woonwijken."
)
LINK = Link(
    "De stemhulp", "https://stemhulp.example/gr2022/erehem/", "stemhulp.example/gr2022/erehem/"
)
# Each direction, script and extra letter of the five languages.
TITLES = {
    "nl": "Jouw uitslag in Súdwest-Fryslân",
    "en": "Your result in Utrecht",
    "ar": "نتيجتك في أوتريخت",
    "uk": "Ваш результат у Гаазі: ґава, їжак, об’єднання",
    "tr": "Lahey’deki sonucun: İğdır, şık, çağ",
}


def words(text: str, lang: str = "nl") -> Words:
    return Words(text, lang, is_rtl=lang == "ar")


def names(count: int) -> list[str]:
    return [f"Verzonnen Partij {number}" for number in range(1, count + 1)]


def sheet(parties: Sequence[str] = tuple(names(8)), **changes: Any) -> ResultSheet:
    """A whole result, with these parties in the ranking."""
    themes = [
        AnsweredTheme(
            key,
            words(name),
            [Answer(str(number), words(STATEMENT), 1 + number % 5, "Neutraal", "telt dubbel")]
            * number,
        )
        for number, (key, name) in enumerate(THEMES.items(), 4)
    ]
    rows = [
        PartyRow(f"{place}", party, "", "", "17 van 24", Score(0.8, "80 %"), Score(0.3, "30 %"))
        for place, party in enumerate(parties, 1)
    ]
    whole = ResultSheet(
        lang="nl",
        is_rtl=False,
        brand="Stemhulp",
        occasion="16 maart 2022",
        notice="Verzonnen.",
        title="Jouw uitslag in Erehem",
        description="Partijen en antwoorden.",
        maker="VluchtelingenWerk Nederland",
        lead=["Je gaf je mening over 22 van de 24 stellingen."],
        certainty="Zeker is het niet.",
        ranking=Ranking("De partijen", ["Plaats", "Partij", "Gelijk", "A", "B"], rows, 0.6, ["*"]),
        profile=Profile(
            "Jij",
            "Zo antwoordde je.",
            ["Onderwerp", "Vriendelijk"],
            [ProfileRow(key, words(name), Score(0.5, "50 %"), "") for key, name in THEMES.items()],
        ),
        apart=Apart("Apart", [Group("Geen antwoorden:", ["Stille Partij"])]),
        answers=AllAnswers("Antwoorden", ["Twee telden niet mee."], [themes[:2], themes[2:]]),
        counting=Section("Zo is er gerekend", ["In stappen."]),
        onward=Section("Verder", ["Dit is editie 3."], [LINK]),
        foot="Alleen voor jou.",
        page_label="Pagina {page} van {pages}",
    )
    return replace(whole, **changes)


def topics() -> list[Topic]:
    return [Topic(key, words(name), "Hoe moet dat?") for key, name in THEMES.items()]


def sample_flyer(**changes: Any) -> Flyer:
    whole = Flyer(
        lang="nl",
        is_rtl=False,
        brand="Stemhulp",
        title="Stem met je hart",
        place="Erehem",
        occasion="Woensdag 16 maart 2022",
        lead="De gemeenteraad beslist veel over het leven van vluchtelingen.",
        topics_heading="Vier onderwerpen",
        topics=topics(),
        steps=["Geef je mening.", "Zie je uitslag."],
        invitation="Scan de code",
        link=LINK,
        code_alternative="Een QR-code",
        maker="VluchtelingenWerk Nederland",
        about="Gemaakt door VluchtelingenWerk Nederland.",
        notice="",
    )
    return replace(whole, **changes)


def preview_card(**changes: Any) -> PreviewCard:
    whole = PreviewCard(
        lang="nl",
        is_rtl=False,
        brand="Stemhulp",
        title="Hoe denken de partijen in Erehem over vluchtelingen?",
        occasion="16 maart 2022",
        topics=topics(),
        maker="Van ons",
    )
    return replace(whole, **changes)


def result_card(parties: Sequence[str] = tuple(names(5)), **changes: Any) -> ResultCard:
    rows = [TopParty(f"{place}", each, Score(0.8, "80 %")) for place, each in enumerate(parties, 1)]
    whole = ResultCard(
        lang="nl",
        is_rtl=False,
        brand="Stemhulp",
        occasion="16 maart 2022",
        title="Mijn uitslag in Erehem",
        basis="Ik gaf mijn mening over 22 van de 24 stellingen.",
        caution="",
        label="Zo veel zijn deze partijen het met mij eens:",
        parties=rows,
        more="En nog 3 andere partijen.",
        remark="Dit is alleen mijn eigen uitslag.",
        invitation="Wat is jouw uitslag?",
        address="stemhulp.example/gr2022/erehem/",
        notice="Verzonnen.",
    )
    return replace(whole, **changes)
