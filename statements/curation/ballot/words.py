"""Why a candidate list, or a change of a ballot, is refused: in Dutch, with what helps."""

from datetime import date

from django.utils.formats import date_format

from parties import ballots
from parties.importers.eml import EmlError, Reason

KIESRAAD = "Kies het bestand van de Kiesraad dat met “kandidatenlijsten” of 230b begint."
REASONS = {
    Reason.TOO_LARGE: "Dit bestand is te groot: hoogstens {limit} MB.",
    Reason.NOT_XML: "Dit bestand is geen XML, of het is niet compleet (regel {line}). " + KIESRAAD,
    Reason.DTD: "In dit bestand staan verwijzingen (een DTD of entiteiten) die er niet in horen. "
    "Zo'n bestand lezen we niet in.",
    Reason.NOT_EML: "Dit is wel XML, maar geen EML. " + KIESRAAD,
    Reason.OTHER_KIND: "Dit is EML van een andere soort ({kind}). " + KIESRAAD,
    Reason.SEVERAL: "In dit bestand staat meer dan één verkiezing.",
    Reason.INCOMPLETE: "In dit bestand ontbreekt de verkiezing, de gemeente of de datum.",
    Reason.OTHER_CATEGORY: "Dit bestand gaat over een verkiezing van de soort {category}, "
    "niet over een gemeenteraad (GR).",
    Reason.BAD_DATE: "De verkiezingsdag in dit bestand is geen datum: {date}.",
    Reason.OTHER_YEAR: "Dit bestand spreekt zichzelf tegen: de verkiezing heet {name}, maar is op "
    "{date}.",
    Reason.OTHER_DATE: "Dit bestand gaat over de verkiezing van {date}. {election} is op {day}.",
    Reason.UNKNOWN_MUNICIPALITY: "We kennen geen gemeente met code {code} ({place}).",
    Reason.OTHER_MUNICIPALITY: "Dit bestand gaat over {place}, niet over {expected}.",
    Reason.NO_CONTEST: "{place} kiest bij deze verkiezing geen gemeenteraad ({election}).",
    Reason.NO_LISTS: "In dit bestand staat geen enkele lijst.",
    Reason.TOO_MANY_LISTS: "In dit bestand staan meer dan {most} lijsten.",
    Reason.BAD_NUMBER: "In dit bestand staat een lijst met nummer {number}. Een nummer is 1 tot en "
    "met 99.",
    Reason.NUMBER_TWICE: "Lijst {number} staat twee keer in dit bestand.",
    Reason.LONG_NAME: "De naam van lijst {number} is langer dan {longest} tekens.",
    Reason.NO_CANDIDATES: "Lijst {number} heeft in dit bestand geen kandidaten. Dan klopt het "
    "bestand niet.",
    Reason.TOO_HEAVY: "Dit bestand kost onze computers te veel tijd of geheugen. " + KIESRAAD,
    Reason.BROKEN: "We kunnen dit bestand niet lezen. " + KIESRAAD,
}
NOTHING = "Er is niets veranderd."
WRONG_MOMENT: dict[type[ballots.BallotError], str] = {
    ballots.TooLateError: "De sluiting moet voor het einde van de verkiezingsdag liggen.",
    ballots.PastDeadlineError: "Dit tijdstip is al voorbij. Kies een later tijdstip, of kruis "
    "hieronder aan dat de lijsten meteen sluiten.",
}
CHANGED = (
    "Iemand anders veranderde intussen iets aan deze lijsten. Hieronder staat wat er nu is. "
    "Wat jij schreef, staat nog in het formulier."
)


def why_not(error: EmlError) -> str:
    """The reason as a sentence for a screen."""
    details = {
        name: date_format(value, "j F Y") if isinstance(value, date) else value
        for name, value in error.details.items()
    }
    return f"{REASONS[error.reason].format(**details)} {NOTHING}"


def clash(error: ballots.BallotError) -> str:
    """Why what was chosen of a file cannot be."""
    match error:
        case ballots.NumberTakenError(party=party):
            return (
                f"Nummer {party.number} is al van {party}. Trek die lijst in, haal het nummer "
                "weg, of kies hieronder dat het dezelfde lijst is."
            )
        case ballots.NameTakenError(party=party):
            return f"{party} staat al op het stembiljet. Kies hieronder dat het die lijst is."
    return refusal(error)[1]


def refusal(error: ballots.BallotError) -> tuple[str, str]:
    """The field that a refusal is about ("" for none), and the sentence beside it."""
    match error:
        case ballots.NumberTakenError(party=party):
            return "number", f"Nummer {party.number} is al van {party}. Kies een ander nummer."
        case ballots.NameTakenError(party=party):
            return "name", f"Er staat al een lijst met deze naam op het stembiljet: {party}."
        case ballots.NamelessError():
            return "name", "Vul de naam in, of kruis aan dat het een blanco lijst is. Niet allebei."
        case ballots.ChangedError():
            return "", CHANGED
        case ballots.WithdrawnError():
            return "", "Deze lijst is intussen ingetrokken."
        case ballots.NotWithdrawnError():
            return "", "Deze lijst staat al op het stembiljet."
        case ballots.SameListError():
            return "into", "Een lijst kan niet met zichzelf worden samengevoegd."
        case ballots.OtherContestError():
            return "into", "Deze twee lijsten staan in verschillende gemeenten."
        case ballots.TooLateError() | ballots.PastDeadlineError():
            return "day", WRONG_MOMENT[type(error)]
    return "", NOTHING
