"""The table of the positions: what each list said of each statement."""

from stemhulp.opendata.columns.shared import CONTEST, LIST, STATEMENT, THEME
from stemhulp.opendata.columns.table import Column, Kind, Table

POSITIONS = Table(
    "positions",
    "One row per list and statement, also where the list said nothing.",
    "Een rij per lijst en stelling, ook als de lijst niets zei.",
    (
        *CONTEST,
        *LIST,
        *STATEMENT,
        THEME[0],
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
