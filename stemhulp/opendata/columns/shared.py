"""Columns of more than one table: of which contest, list, theme or statement a row is."""

from stemhulp.opendata.columns.table import Column, Kind

ELECTION = (
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
IS_EXAMPLE = Column(
    "is_example",
    Kind.BOOLEAN,
    "Whether the municipality is invented, and its parties and positions with it. Invented "
    "municipalities are in no file of a region or an election.",
    "Of de gemeente verzonnen is, en dus ook haar partijen en standpunten. Verzonnen gemeenten "
    "staan niet in de bestanden van een regio of een verkiezing.",
)
CONTEST = (
    *ELECTION,
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
    IS_EXAMPLE,
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
LIST = (
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
HOW_FRIENDLY = (
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
THEME = (
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
STATEMENT = (
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
ASKED = (
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
