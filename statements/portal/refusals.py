"""What a person sees of a change that came too late or at the wrong moment."""

from parties.accounts.access import PersonRequest
from parties.models import Party
from parties.problems import Problem, WayOn, typed_in
from statements.models import Statement
from statements.portal import actions
from statements.portal.addresses import party_address, statement_address


def refusal(request: PersonRequest, party: Party, error: actions.RefusedError) -> Problem:
    """The page for a change that came too late or at the wrong moment."""
    title, explanation = {
        actions.ClosedError: (
            "De termijn is voorbij",
            "Sinds de sluiting verandert er niets meer, dus dit is niet opgeslagen. Staat er een "
            "fout in jullie antwoorden? Mail dan VluchtelingenWerk in jouw regio.",
        ),
        actions.SubmittedError: (
            "Jullie antwoorden zijn al ingediend",
            "Dit is niet opgeslagen. Open de antwoorden eerst weer; dat is één klik.",
        ),
        actions.NothingAnsweredError: (
            "Er is nog niets om in te dienen",
            "Beantwoord eerst een of meer stellingen.",
        ),
    }[type(error)]
    way = WayOn(f"Naar {party}", party_address(party))
    return Problem(409, title, explanation, [way], typed_in(request))


def not_confirmed(party: Party, statement: Statement) -> Problem:
    """The page for a confirmation of what is not there any more."""
    return Problem(
        409,
        "Er is intussen iets veranderd",
        "Je antwoord is nog niet bevestigd: de stelling of jullie antwoord is intussen anders. "
        "Lees ze allebei nog eens.",
        [WayOn("Naar de stelling", statement_address(party, statement))],
    )
