"""The tables of the lists on the ballot: the whole of each, and how refugee-friendly by theme."""

from stemhulp.opendata.columns.shared import ASKED, CONTEST, HOW_FRIENDLY, LIST, THEME
from stemhulp.opendata.columns.table import Column, Kind, Table

LISTS = Table(
    "lists",
    "One row per list on the ballot: who it is, how much it answered, how refugee-friendly it is.",
    "Een rij per lijst op het stembiljet: wie het is, hoeveel ze beantwoordde en hoe "
    "vluchtelingvriendelijk ze is.",
    (
        *CONTEST,
        *LIST,
        Column(
            "list_seats",
            Kind.INTEGER,
            "Seats that the list won; null before the count. Source: Kiesraad.",
            "Zetels die de lijst kreeg; leeg voor de uitslag. Bron: Kiesraad.",
            is_required=False,
            least=0,
        ),
        Column(
            "council_seats",
            Kind.INTEGER,
            "Seats in the whole council. Source: Kiesraad.",
            "Zetels in de hele gemeenteraad. Bron: Kiesraad.",
            is_required=False,
            least=0,
        ),
        Column(
            "description",
            Kind.TEXT,
            "How the list describes itself, in Dutch.",
            "Hoe de lijst zichzelf beschrijft.",
            is_required=False,
        ),
        Column(
            "website",
            Kind.TEXT,
            "The address of its website.",
            "Het adres van haar website.",
            is_required=False,
        ),
        Column(
            "programme",
            Kind.TEXT,
            "The address of its programme.",
            "Het adres van haar verkiezingsprogramma.",
            is_required=False,
        ),
        *ASKED,
        Column(
            "statements_from_programme",
            Kind.INTEGER,
            "How many of these stances staff of VluchtelingenWerk read in its programme, while "
            "the list itself said nothing.",
            "Hoeveel van die meningen VluchtelingenWerk in het verkiezingsprogramma las, omdat de "
            "lijst zelf niets zei.",
            least=0,
        ),
        Column(
            "standing",
            Kind.TEXT,
            "'ranked'; or apart: 'few_answers' (under three quarters of the statements) or "
            "'no_answers'.",
            "‘ranked’: staat in de uitslag. Of apart: ‘few_answers’ (minder dan driekwart "
            "beantwoord) of ‘no_answers’ (niets beantwoord).",
            one_of=("ranked", "few_answers", "no_answers"),
        ),
        *HOW_FRIENDLY,
    ),
    ("election", "municipality_code", "list_slug"),
)

FRIENDLINESS = Table(
    "friendliness",
    "One row per list and theme: how refugee-friendly the list is on that theme.",
    "Een rij per lijst en onderwerp: hoe vluchtelingvriendelijk de lijst op dat onderwerp is.",
    (*CONTEST, *LIST, *THEME, *ASKED, *HOW_FRIENDLY),
    ("election", "municipality_code", "list_slug", "theme_key"),
)
