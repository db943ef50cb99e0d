"""Which of our councils a candidate list of the Kiesraad is about."""

from parties.importers.eml import CandidateLists, EmlError, Reason, read_bytes
from parties.models import Contest, Election, Municipality
from parties.uploads.apart import Reader

read_apart = Reader(read_bytes, CandidateLists, EmlError)  # what somebody uploads


def contest_of(found: CandidateLists, election: Election) -> Contest:
    """The contest of this election that the file is about. Raises EmlError."""
    if found.date != election.date:
        raise EmlError(
            Reason.OTHER_DATE, date=found.date, day=election.date, election=election.name
        )
    municipality = Municipality.objects.filter(code=found.code).first()
    if municipality is None:
        raise EmlError(Reason.UNKNOWN_MUNICIPALITY, code=found.code, place=found.place)
    contest = (
        election.contests.select_related("election", "municipality__region")
        .filter(municipality=municipality)
        .first()
    )
    if contest is None:
        raise EmlError(Reason.NO_CONTEST, place=municipality.name, election=election.name)
    return contest


def check_is_about(found: CandidateLists, contest: Contest) -> None:
    """Raises EmlError when the file is not about this contest."""
    actual = contest_of(found, contest.election)
    if actual.pk != contest.pk:
        place, expected = actual.municipality.name, contest.municipality.name
        raise EmlError(Reason.OTHER_MUNICIPALITY, place=place, expected=expected)
