"""The table of the statements."""

from stemhulp.opendata.columns.shared import ELECTION, STATEMENT, THEME
from stemhulp.opendata.columns.table import Column, Kind, Table

STATEMENTS = Table(
    "statements",
    "One row per statement, with its texts in every language that there is and VluchtelingenWerk's "
    "recommendation. In a file of a region or an election each wording stands once.",
    "Een rij per stelling, met de teksten in alle talen die er zijn en het advies van "
    "VluchtelingenWerk. In een bestand van een regio of verkiezing staat elke versie één keer.",
    (
        *ELECTION,
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
        *STATEMENT,
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
        *THEME,
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
