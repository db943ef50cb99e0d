"""One contest: parties, statements, positions, and the editions that they come from."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from ninja import Query

from stemhulp.editions import store
from stemhulp.opendata.api import content, shapes
from stemhulp.opendata.api.answers import JSON, answer, kept_by_caches
from stemhulp.opendata.api.finding import (
    document_of,
    edition_of,
    guide_to,
    imprint_of,
    imprints_of,
    party_in,
    statement_in,
)
from stemhulp.opendata.api.problems import unknown
from stemhulp.opendata.api.service import (
    CONTEST,
    ELECTION,
    MUNICIPALITY,
    NUMBER,
    PARTY,
    STATEMENT,
    edition_source,
    listed,
    reads,
)
from stemhulp.quiz.kept import CACHE_FOR_EVER


@reads(CONTEST, shapes.Contest, "Contests", "One contest")
def contest(
    request: HttpRequest, election: str = ELECTION, municipality: str = MUNICIPALITY
) -> HttpResponse:
    """Which edition voters see, and how many lists there are and answered."""
    edition = edition_of(election, municipality)
    return answer(
        request,
        edition_source(edition),
        "contest",
        lambda: content.contest(election, edition.municipality, imprint_of(edition)),
    )


@reads(f"{CONTEST}/parties", shapes.Parties, "Contests", "The parties of a contest")
def parties(
    request: HttpRequest,
    asked: Query[shapes.Paged],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """With how refugee-friendly each answered, in all and per theme, and who is not ranked."""
    edition = edition_of(election, municipality)
    return listed(
        request,
        edition,
        asked,
        edition.parties,
        shapes.Parties,
        lambda each: content.party(edition, each),
    )


@reads(f"{CONTEST}/parties/{{party}}", shapes.Party, "Contests", "One party of a contest")
def party(
    request: HttpRequest,
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
    party: str = PARTY,
) -> HttpResponse:
    """One list on the ballot. What it holds, is in the positions."""
    edition = edition_of(election, municipality)
    found = party_in(edition, party)
    return answer(
        request,
        edition_source(edition),
        ("party", party),
        lambda: content.party(edition, found),
    )


@reads(f"{CONTEST}/themes", shapes.Themes, "Contests", "The themes of a contest")
def themes(
    request: HttpRequest,
    asked: Query[shapes.Spoken],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """The subjects that statements belong to."""
    edition = edition_of(election, municipality, asked.language)
    found = edition.questionnaire.by_theme
    return listed(request, edition, asked, found, shapes.Themes, lambda each: content.theme(*each))


@reads(f"{CONTEST}/statements", shapes.Statements, "Contests", "The statements of a contest")
def statements(
    request: HttpRequest,
    asked: Query[shapes.Spoken],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """With explanation, arguments, facts, and VluchtelingenWerk's own recommendation."""
    edition = edition_of(election, municipality, asked.language)
    return listed(request, edition, asked, edition.statements, shapes.Statements, content.statement)


@reads(f"{CONTEST}/statements/{{statement}}", shapes.Statement, "Contests", "One statement")
def statement(
    request: HttpRequest,
    asked: Query[shapes.OnlySpoken],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
    statement: str = STATEMENT,
) -> HttpResponse:
    """What parties hold of it, is in the positions."""
    edition = edition_of(election, municipality, asked.language)
    found = statement_in(edition, statement)
    return answer(
        request,
        edition_source(edition),
        ("statement", statement),
        lambda: content.statement(found),
    )


@reads(f"{CONTEST}/positions", shapes.Positions, "Contests", "The positions of parties")
def positions(
    request: HttpRequest,
    asked: Query[shapes.PositionsAsked],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """Stance and motivation, and how we know: from the party, or read in its programme.

    A position that is not listed was not given; it is never taken for neutral.
    """
    edition = edition_of(election, municipality, asked.language)
    if asked.party is not None:
        party_in(edition, asked.party)
    if asked.statement is not None:
        statement_in(edition, asked.statement)
    found = content.positions(edition, asked.party, asked.statement)
    return listed(
        request, edition, asked, found, shapes.Positions, lambda each: content.position(*each)
    )


@reads(f"{CONTEST}/glossary", shapes.Terms, "Contests", "Difficult words")
def glossary(
    request: HttpRequest,
    asked: Query[shapes.Spoken],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """Those that stand in a statement of this contest."""
    edition = edition_of(election, municipality, asked.language)
    found = content.glossary(edition)
    return listed(request, edition, asked, found, shapes.Terms, content.term)


@reads(f"{CONTEST}/features", shapes.Features, "Contests", "What is told beside the statements")
def features(
    request: HttpRequest,
    asked: Query[shapes.Spoken],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """Examples, stories and figures; and at the result, how to vote."""
    edition = edition_of(election, municipality, asked.language)
    return listed(request, edition, asked, edition.features, shapes.Features, content.feature)


@reads(f"{CONTEST}/editions", shapes.Editions, "Editions", "All editions of a contest")
def editions(
    request: HttpRequest,
    asked: Query[shapes.Paged],
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
) -> HttpResponse:
    """The oldest first. None of them ever changes or disappears; the last is the current one."""
    edition, imprints = edition_of(election, municipality), store.imprints(election, municipality)
    return listed(
        request,
        edition,
        asked,
        imprints,
        shapes.Editions,
        lambda each: content.edition_of(
            election, municipality, each, is_current=each == imprints[-1]
        ),
    )


@reads(f"{CONTEST}/editions/{{number}}", shapes.Document, "Editions", "The document of an edition")
def document(
    request: HttpRequest,
    election: str = ELECTION,
    municipality: str = MUNICIPALITY,
    number: shapes.Whole = NUMBER,
) -> HttpResponse:
    """Its exact bytes: canonical JSON (RFC 8785), of which the SHA-256 is the digest."""
    imprints = imprints_of(guide_to(election), municipality)
    if number > len(imprints):
        raise unknown("edition", str(number), f"The last is {len(imprints)}.")
    imprint = imprints[number - 1]
    etag = quote_etag(imprint.digest)
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        document_of(imprint), content_type=JSON
    )
    return kept_by_caches(response, etag, CACHE_FOR_EVER)
