"""What a person sees of something that cannot be done to a statement now."""

from parties.accounts.access import PersonRequest
from parties.problems import Problem, WayOn, typed_in
from statements.curation.writing import actions
from statements.curation.writing.access import statement_address
from statements.models import Statement

LATE = (
    "Partijen hebben deze stelling al beantwoord, en in een of meer gemeenten is de termijn "
    "voorbij. Zij kunnen niet meer bevestigen dat hun antwoord ook bij een andere betekenis klopt. "
    "Verbeter alleen wat er staat, of trek deze stelling in en schrijf een nieuwe. Of verschuif "
    "eerst de termijn."
)
REFUSALS = {
    actions.WithdrawnError: (
        "Deze stelling is ingetrokken",
        "Er is niets veranderd. Aan een ingetrokken stelling verandert niets meer. "
        "Schrijf zo nodig een nieuwe.",
    ),
    actions.NotInReviewError: (
        "Deze stelling wacht niet op nalezen",
        "Er is niets veranderd. De schrijver levert de stelling eerst in; daarna lees je hem na.",
    ),
    actions.NothingNewError: (
        "Deze versie is al nagelezen",
        "Er is niets ingeleverd. Verander eerst de tekst, en lever hem daarna opnieuw in.",
    ),
    actions.OwnWorkError: (
        "Je schreef hier zelf aan mee",
        "Er is niets veranderd. Iemand anders leest deze stelling na: vier ogen zien meer "
        "dan twee. Vraag het een collega.",
    ),
    actions.ChangedError: (
        "Er is intussen een nieuwe versie",
        "Er is niets veranderd. Iemand schreef verder terwijl jij las. Bekijk eerst wat er nu "
        "staat.",
    ),
    actions.TooLateToChangeError: (
        "Deze stelling kan niet meer iets anders betekenen",
        f"Er is niets veranderd. {LATE}",
    ),
}


def refusal(request: PersonRequest, statement: Statement, error: actions.RefusedError) -> Problem:
    """The page for it, with what was typed."""
    if isinstance(error, actions.IncompleteError):
        title = "Deze stelling is nog niet af"
        explanation = f"Er is niets ingeleverd. Schrijf eerst: {', '.join(error.missing)}."
        way = WayOn("Schrijf verder", statement_address(statement, "statement_write"))
    else:
        title, explanation = REFUSALS[type(error)]
        way = WayOn("Naar de stelling", statement_address(statement))
    return Problem(409, title, explanation, [way], typed_in(request))
