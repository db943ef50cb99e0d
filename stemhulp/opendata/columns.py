"""What stands in the tables of the open data: every column, once.

The header of a CSV, the types of Parquet, the data dictionary and `datapackage.json` are made of
this, and what reads our CSV goes by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a value is. The names are the types of the Frictionless Table Schema."""

    TEXT = "string"  # never null: where there is none, it is empty
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "datetime"  # in UTC
    OBJECT = "object"  # in CSV and Parquet as JSON; never null
    LIST = "array"  # the same


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    english: str
    dutch: str
    is_required: bool = True  # never null; of a text: never empty
    one_of: tuple[str, ...] = ()  # of a text, beside empty where it is not required
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """One file of a contest, a region or an election, in every format."""

    name: str
    english: str
    dutch: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]  # columns that together tell its rows apart

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]

    @property
    def by_name(self) -> Mapping[str, Column]:
        return {each.name: each for each in self.columns}


_ELECTION = (
    Column(
        "election",
        Kind.TEXT,
        "The election by its code, such as gr2022.",
        "De verkiezing, met een code zoals gr2022.",
    ),
    Column(
        "election_date",
        Kind.DATE,
        "The day of the election.",
        "De dag van de verkiezing.",
    ),
)
_IS_EXAMPLE = Column(
    "is_example",
    Kind.BOOLEAN,
    "Whether the municipality is invented, and its parties and positions with it. Invented "
    "municipalities are in no file of a region or an election.",
    "Of de gemeente verzonnen is, en dus ook haar partijen en standpunten. Verzonnen gemeenten "
    "staan niet in de bestanden van een regio of een verkiezing.",
)
_CONTEST = (
    *_ELECTION,
    Column(
        "municipality_code",
        Kind.TEXT,
        "The municipality by its CBS code, such as GM0344. Source: CBS.",
        "De gemeente, met de code van het CBS, zoals GM0344. Bron: CBS.",
    ),
    Column(
        "municipality",
        Kind.TEXT,
        "The name of the municipality. Source: CBS.",
        "De naam van de gemeente. Bron: CBS.",
    ),
    Column(
        "municipality_slug",
        Kind.TEXT,
        "How the municipality stands in addresses, such as utrecht.",
        "Hoe de gemeente in een webadres staat, zoals utrecht.",
    ),
    Column(
        "province",
        Kind.TEXT,
        "The name of the province. Source: CBS.",
        "De naam van de provincie. Bron: CBS.",
        is_required=False,
    ),
    _IS_EXAMPLE,
    Column(
        "edition",
        Kind.INTEGER,
        "The number of the edition that this row was made of, from 1 for each municipality.",
        "Het nummer van de editie waar deze rij van is gemaakt. Elke gemeente telt vanaf 1.",
        least=1,
    ),
    Column(
        "edition_digest",
        Kind.TEXT,
        "The SHA-256 of that edition's document, in hexadecimal.",
        "Het controlegetal (SHA-256) van die editie.",
    ),
    Column(
        "published_at",
        Kind.MOMENT,
        "When that edition was published, in UTC.",
        "Wanneer die editie is gepubliceerd, in UTC.",
    ),
)
_LIST = (
    Column(
        "list_slug",
        Kind.TEXT,
        "The list, within its municipality, as it stands in addresses.",
        "De lijst binnen de gemeente, zoals die in een webadres staat.",
    ),
    Column(
        "list_name",
        Kind.TEXT,
        "The name of the list; 'Blanco lijst' for one without a name. Source: Kiesraad.",
        "De naam van de lijst. Een lijst zonder naam heet ‘Blanco lijst’. Bron: Kiesraad.",
    ),
    Column(
        "list_number",
        Kind.INTEGER,
        "Its number on the ballot; null while that is not known. Source: Kiesraad.",
        "Het nummer op het stembiljet; leeg zolang dat niet bekend is. Bron: Kiesraad.",
        is_required=False,
        least=1,
    ),
)
_FRIENDLINESS = (
    Column(
        "friendliness_percent",
        Kind.INTEGER,
        "How close the list is to VluchtelingenWerk's recommendation, from 0 to 100, as the site "
        "shows it: rounded half up. Null for a list that is not ranked, and where the list "
        "answered nothing.",
        "Hoe dicht de lijst bij het advies van VluchtelingenWerk staat, van 0 tot 100, afgerond "
        "zoals op de site. Leeg bij een lijst die apart staat, en waar de lijst niets "
        "beantwoordde.",
        is_required=False,
        least=0,
        most=100,
    ),
    Column(
        "friendliness_numerator",
        Kind.INTEGER,
        "The same, exact: the numerator of the fraction in lowest terms.",
        "Hetzelfde getal, exact: de teller van de breuk, zo ver mogelijk vereenvoudigd.",
        is_required=False,
        least=0,
    ),
    Column(
        "friendliness_denominator",
        Kind.INTEGER,
        "The denominator of that fraction.",
        "De noemer van die breuk.",
        is_required=False,
        least=1,
    ),
)
_THEME = (
    Column(
        "theme_key",
        Kind.TEXT,
        "The theme by its key, such as opvang.",
        "Het onderwerp, met een vaste sleutel zoals opvang.",
    ),
    Column(
        "theme_name",
        Kind.TEXT,
        "The name of the theme, in Dutch.",
        "De naam van het onderwerp.",
    ),
)
_STATEMENT = (
    Column(
        "statement_key",
        Kind.TEXT,
        "The statement, within its election and municipality. It stays when the text changes.",
        "De stelling, binnen de verkiezing en de gemeente. De sleutel blijft als de tekst wijzigt.",
    ),
    Column(
        "statement_number",
        Kind.INTEGER,
        "Its place in the order of asking, from 1. Null in one file: the statements of a whole "
        "region or election, whose place may differ between municipalities.",
        "De plaats in de vragenlijst, vanaf 1. Leeg in één bestand: de stellingen van een hele "
        "regio of verkiezing, want die plaats kan per gemeente anders zijn.",
        is_required=False,
        least=1,
    ),
    Column(
        "statement_digest",
        Kind.TEXT,
        "Which wording of the statement: 16 hexadecimal digits of the SHA-256 of all that is "
        "told of it. Joins positions to statements.",
        "Welke versie van de stelling: 16 tekens van het controlegetal van alles wat erover "
        "verteld wordt. Hiermee koppel je standpunten aan stellingen.",
    ),
    Column(
        "statement_text",
        Kind.TEXT,
        "The statement itself, in Dutch.",
        "De stelling zelf.",
    ),
)
_ASKED = (
    Column(
        "statements_asked",
        Kind.INTEGER,
        "How many statements were asked.",
        "Hoeveel stellingen er waren.",
        least=0,
    ),
    Column(
        "statements_answered",
        Kind.INTEGER,
        "On how many of these there is a stance of the list.",
        "Bij hoeveel daarvan de lijst een mening heeft.",
        least=0,
    ),
)

LISTS = Table(
    "lists",
    "One row per list on the ballot: who it is, how much it answered, how refugee-friendly it is.",
    "Een rij per lijst op het stembiljet: wie het is, hoeveel ze beantwoordde en hoe "
    "vluchtelingvriendelijk ze is.",
    (
        *_CONTEST,
        *_LIST,
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
        *_ASKED,
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
        *_FRIENDLINESS,
    ),
    ("election", "municipality_code", "list_slug"),
)

FRIENDLINESS = Table(
    "friendliness",
    "One row per list and theme: how refugee-friendly the list is on that theme.",
    "Een rij per lijst en onderwerp: hoe vluchtelingvriendelijk de lijst op dat onderwerp is.",
    (*_CONTEST, *_LIST, *_THEME, *_ASKED, *_FRIENDLINESS),
    ("election", "municipality_code", "list_slug", "theme_key"),
)

STATEMENTS = Table(
    "statements",
    "One row per statement, with its texts in every language that there is and VluchtelingenWerk's "
    "recommendation. In a file of a region or an election each wording stands once.",
    "Een rij per stelling, met de teksten in alle talen die er zijn en het advies van "
    "VluchtelingenWerk. In een bestand van een regio of verkiezing staat elke versie één keer.",
    (
        *_ELECTION,
        Column(
            "is_local",
            Kind.BOOLEAN,
            "Whether the statement is asked in one municipality only.",
            "Of de stelling maar in één gemeente wordt gevraagd.",
        ),
        Column(
            "municipality_code",
            Kind.TEXT,
            "That municipality by its CBS code; empty for a national statement.",
            "Die gemeente, met de code van het CBS; leeg bij een landelijke stelling.",
            is_required=False,
        ),
        Column(
            "municipality",
            Kind.TEXT,
            "The name of that municipality; empty for a national statement.",
            "De naam van die gemeente; leeg bij een landelijke stelling.",
            is_required=False,
        ),
        Column(
            "municipality_slug",
            Kind.TEXT,
            "That municipality as it stands in addresses; empty for a national statement.",
            "Die gemeente zoals ze in een webadres staat; leeg bij een landelijke stelling.",
            is_required=False,
        ),
        Column(
            "is_example",
            Kind.BOOLEAN,
            "Whether this is the file of an invented municipality.",
            "Of dit het bestand van een verzonnen gemeente is.",
        ),
        *_STATEMENT,
        Column(
            "explanation",
            Kind.TEXT,
            "What the statement is about, in Dutch.",
            "Waar de stelling over gaat.",
            is_required=False,
        ),
        Column(
            "argument_for",
            Kind.TEXT,
            "What is said by those in favour, in Dutch.",
            "Wat voorstanders zeggen.",
            is_required=False,
        ),
        Column(
            "argument_against",
            Kind.TEXT,
            "What is said by those against, in Dutch.",
            "Wat tegenstanders zeggen.",
            is_required=False,
        ),
        Column(
            "recommendation",
            Kind.INTEGER,
            "VluchtelingenWerk's own stance, from -2 (completely disagree) to 2 (completely "
            "agree).",
            "Het advies van VluchtelingenWerk, van -2 (helemaal mee oneens) tot 2 (helemaal mee "
            "eens).",
            least=-2,
            most=2,
        ),
        Column(
            "recommendation_label",
            Kind.TEXT,
            "The same in Dutch words.",
            "Hetzelfde in woorden.",
        ),
        Column(
            "reason",
            Kind.TEXT,
            "Why VluchtelingenWerk recommends that, in Dutch.",
            "Waarom VluchtelingenWerk dat adviseert.",
            is_required=False,
        ),
        Column(
            "translations",
            Kind.OBJECT,
            "The texts in other languages, as far as they were translated and reviewed: by the "
            "code of the language, then 'text', 'explanation', 'argument_for', "
            "'argument_against' and "
            "'reason'.",
            "De teksten in andere talen, als ze vertaald en nagelezen zijn: per taalcode, met "
            "daarin ‘text’, ‘explanation’, ‘argument_for’, ‘argument_against’ en ‘reason’.",
        ),
        *_THEME,
        Column(
            "theme_question",
            Kind.TEXT,
            "What the theme asks, in Dutch.",
            "De vraag bij het onderwerp.",
            is_required=False,
        ),
        Column(
            "theme_summary",
            Kind.TEXT,
            "The theme in short, in Dutch.",
            "Het onderwerp in het kort.",
            is_required=False,
        ),
        Column(
            "theme_translations",
            Kind.OBJECT,
            "The texts of the theme in other languages: by the code of the language, then 'name', "
            "'question' and 'summary'.",
            "De teksten van het onderwerp in andere talen: per taalcode, met daarin ‘name’, "
            "‘question’ en ‘summary’.",
        ),
        Column(
            "source_key",
            Kind.TEXT,
            "The source of the statement by its key.",
            "De bron van de stelling, met een vaste sleutel.",
            is_required=False,
        ),
        Column(
            "source_title",
            Kind.TEXT,
            "The title of that source.",
            "De titel van die bron.",
            is_required=False,
        ),
        Column(
            "source_publisher",
            Kind.TEXT,
            "Who published it.",
            "Wie de bron uitgaf.",
            is_required=False,
        ),
        Column(
            "source_year",
            Kind.INTEGER,
            "In which year.",
            "In welk jaar.",
            is_required=False,
        ),
        Column(
            "backgrounds",
            Kind.LIST,
            "Facts told beside the statement, each with 'text', 'source' ('key', 'title', "
            "'publisher', 'year') and, where there are any, 'translations' by the code of the "
            "language.",
            "Feiten die bij de stelling staan, elk met ‘text’, ‘source’ (‘key’, ‘title’, "
            "‘publisher’, ‘year’) en soms ‘translations’ per taalcode.",
        ),
    ),
    ("election", "statement_digest"),
)

POSITIONS = Table(
    "positions",
    "One row per list and statement, also where the list said nothing.",
    "Een rij per lijst en stelling, ook als de lijst niets zei.",
    (
        *_CONTEST,
        *_LIST,
        *_STATEMENT,
        _THEME[0],
        Column(
            "stance",
            Kind.INTEGER,
            "From -2 (completely disagree) to 2 (completely agree). Null where the list has no "
            "opinion or said nothing, which is not neutral.",
            "Van -2 (helemaal mee oneens) tot 2 (helemaal mee eens). Leeg als de lijst geen mening "
            "heeft of niets zei; dat is iets anders dan neutraal.",
            is_required=False,
            least=-2,
            most=2,
        ),
        Column(
            "stance_label",
            Kind.TEXT,
            "The same in Dutch words; empty where there is no stance.",
            "Hetzelfde in woorden; leeg zonder mening.",
            is_required=False,
        ),
        Column(
            "provenance",
            Kind.TEXT,
            "Who said so: 'party', the list itself; or 'programme', staff of VluchtelingenWerk "
            "read it in its programme while the list itself said nothing. Empty where nothing is "
            "known.",
            "Van wie dit komt: ‘party’, van de lijst zelf; of ‘programme’, door VluchtelingenWerk "
            "gelezen in het verkiezingsprogramma omdat de lijst zelf niets zei. Leeg als er niets "
            "bekend is.",
            is_required=False,
            one_of=("party", "programme"),
        ),
        Column(
            "motivation",
            Kind.TEXT,
            "Why, in the words of the list, in Dutch; or a quotation from its programme.",
            "Waarom, in de woorden van de lijst; of een citaat uit het verkiezingsprogramma.",
            is_required=False,
        ),
        Column(
            "motivation_translations",
            Kind.OBJECT,
            "The motivation in other languages, by the code of the language.",
            "De toelichting in andere talen, per taalcode.",
        ),
        Column(
            "position_source",
            Kind.TEXT,
            "Where the position was found, in the words of who entered it.",
            "Waar het standpunt staat, in de woorden van wie het invulde.",
            is_required=False,
        ),
        Column(
            "correction_on",
            Kind.DATE,
            "When VluchtelingenWerk mended this position after the deadline; null where it did "
            "not.",
            "Wanneer VluchtelingenWerk dit standpunt na de sluiting verbeterde; leeg als dat niet "
            "gebeurde.",
            is_required=False,
        ),
        Column(
            "correction_reason",
            Kind.TEXT,
            "Why it did.",
            "Waarom dat gebeurde.",
            is_required=False,
        ),
        Column(
            "withheld",
            Kind.TEXT,
            "The ground on which the motivation was left out; empty where it was not.",
            "Om welke reden de toelichting is weggelaten; leeg als dat niet gebeurde.",
            is_required=False,
        ),
    ),
    ("election", "municipality_code", "list_slug", "statement_key"),
)

TABLES = (LISTS, FRIENDLINESS, STATEMENTS, POSITIONS)
