"""Many invitations from a table: what would become of each row, and sending those that fit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from parties.addresses import normal_address, normal_name
from parties.bulk_invitations import Wanted, invite_many
from parties.models import Contest, Election, Invitation, Membership, Municipality, Party, User
from parties.search import fold
from statements.curation.lists.payload import Entry
from statements.curation.lists.table import Row

LONGEST_NAME = 120
TOO_LATE = "Deze uitnodiging maakte iemand anders op hetzelfde moment."


@dataclass(frozen=True)
class Checked:
    """A row, the list and the normal address that it means, or why it cannot go."""

    row: Row
    party: Party | None = None
    email: str = ""
    problem: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """What may be invited once."""
        return (self.party.pk if self.party else 0, self.email)

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.key[0], self.email, self.row.name)


@dataclass(frozen=True)
class Preview:
    """What would happen to each row of a table."""

    fitting: Sequence[Checked]
    problems: Sequence[Checked]


class Refused(Exception):
    """Why a row cannot go, for the person."""


class Ballots:
    """The lists of an election by what people call them, for one person; four queries."""

    def __init__(self, election: Election, user: User) -> None:
        self._municipalities = dict(Municipality.objects.values_list("code", "name"))
        self._codes = {_key(name): code for code, name in self._municipalities.items()}
        self._regions = dict(
            Contest.objects.filter(election=election).values_list(
                "municipality", "municipality__region"
            )
        )
        self._own = None if user.is_national else set(user.regions.values_list("pk", flat=True))
        self._named: dict[tuple[str, str], list[Party]] = defaultdict(list)
        self._numbered: dict[tuple[str, int], Party] = {}
        self._known: dict[int, Party] = {}
        rows = Party.objects.for_staff(user).on_ballot().filter(contest__election=election)
        for party in rows.select_related("contest__election", "contest__municipality"):
            self._add(party, party.contest.municipality_id)

    def _add(self, party: Party, code: str) -> None:
        self._known[party.pk] = party
        if name := _key(party.name):
            self._named[code, name].append(party)
        if party.number:
            self._numbered[code, party.number] = party

    def by_pk(self, pk: int) -> Party:
        """Raises Refused."""
        if pk not in self._known:
            raise Refused("Deze lijst bestaat niet meer, of valt buiten jouw regio.")
        return self._known[pk]

    def find(self, row: Row) -> Party:
        """The list that a row means. Raises Refused."""
        code = self._codes.get(_key(row.code)) or _code(row.code)
        self._check_municipality(code, row.code)
        number = int(row.party) if row.party.isdecimal() and len(row.party) < 5 else 0
        if (code, number) in self._numbered:
            return self._numbered[code, number]
        found = self._named.get((code, _key(row.party)), [])
        if len(found) == 1:
            return found[0]
        raise Refused(_why_not(row.party, number, self._municipalities[code], len(found)))

    def _check_municipality(self, code: str, written: str) -> None:
        if code not in self._municipalities:
            raise Refused(f"We kennen geen gemeente met code of naam {written}.")
        name = self._municipalities[code]
        if code not in self._regions:
            raise Refused(f"{name} kiest bij deze verkiezing geen gemeenteraad.")
        if self._own is not None and self._regions[code] not in self._own:
            raise Refused(f"{name} valt buiten jouw regio.")


def _code(written: str) -> str:
    """A CBS code the way a spreadsheet may have left it: gm0014, 0014 or 14."""
    code = written.upper().replace(" ", "")
    digits = code.removeprefix("GM")
    return f"GM{digits:0>4}" if digits.isdecimal() and digits.isascii() else code


def _key(name: str) -> str:
    """A name without case, accents, spaces and punctuation."""
    return fold(name).replace(" ", "")


def _why_not(written: str, number: int, municipality: str, found: int) -> str:
    if found:
        return f"In {municipality} heten {found} lijsten zo. Gebruik het lijstnummer."
    if number:
        return f"In {municipality} is geen lijst {number}."
    if _key(written).startswith("blanco"):
        return (
            "Een blanco lijst heeft geen naam. Gebruik het lijstnummer, of nodig uit op de pagina "
            "van de lijst."
        )
    return f"In {municipality} is geen lijst die “{written}” heet."


def preview(rows: Iterable[Row], election: Election, user: User) -> Preview:
    """What would happen to each row. Nothing is changed; six queries, however many rows."""
    ballots = Ballots(election, user)
    return _sorted(_refuse_known(_refuse_repeated(_check(row, ballots) for row in rows)))


def preview_again(entries: Iterable[Entry], election: Election, user: User) -> Preview:
    """The same for rows that fitted some time ago."""
    ballots = Ballots(election, user)
    return _sorted(_refuse_known([_check_again(entry, ballots) for entry in entries]))


def _check(row: Row, ballots: Ballots) -> Checked:
    if row.problem:
        return Checked(row, problem=row.problem)
    try:
        party = ballots.find(row)
        if len(row.name) > LONGEST_NAME:
            raise Refused(f"De naam is te lang: hoogstens {LONGEST_NAME} tekens.")
        row = replace(row, name=normal_name(row.name))
        return Checked(row, party, normal_address(row.email))
    except Refused as error:
        return Checked(row, problem=str(error))
    except ValidationError as error:
        return Checked(row, problem=str(error.message))


def _check_again(entry: Entry, ballots: Ballots) -> Checked:
    row = Row(entry.line, email=entry.email, name=entry.name)
    try:
        party = ballots.by_pk(entry.party_id)
    except Refused as error:
        return Checked(row, email=entry.email, problem=str(error))
    row = replace(row, code=party.contest.municipality_id, party=str(party))
    return Checked(row, party, entry.email)


def _refuse_repeated(checked: Iterable[Checked]) -> list[Checked]:
    first: dict[tuple[int, str], int] = {}
    seen = []
    for each in checked:
        if not each.problem:
            line = first.setdefault(each.key, each.row.line)
            if line != each.row.line:
                problem = f"Dit adres staat voor deze lijst ook al op regel {line}."
                seen.append(replace(each, problem=problem))
                continue
        seen.append(each)
    return seen


def _refuse_known(checked: Sequence[Checked]) -> list[Checked]:
    """Two queries: who is a member, and who was invited."""
    emails = {each.email for each in checked if not each.problem}
    members = set(
        Membership.objects.current()
        .filter(user__email__in=emails)
        .values_list("party", "user__email")
    )
    invited = set(
        Invitation.objects.waiting().filter(email__in=emails).values_list("party", "email")
    )
    return [_refuse_if_known(each, members, invited) for each in checked]


def _refuse_if_known(
    each: Checked, members: set[tuple[int, str]], invited: set[tuple[int, str]]
) -> Checked:
    if each.problem:
        return each
    if each.key in members:
        return replace(each, problem=f"{each.email} doet al mee voor deze lijst.")
    if each.key in invited:
        return replace(each, problem=f"{each.email} is voor deze lijst al uitgenodigd.")
    return each


def _sorted(checked: Sequence[Checked]) -> Preview:
    return Preview(
        fitting=[each for each in checked if not each.problem],
        problems=[each for each in checked if each.problem],
    )


@dataclass(frozen=True)
class Outcome:
    """What came of sending: how many went, and which rows no longer fitted."""

    sent: int
    problems: Sequence[Checked]


@transaction.atomic
def send(
    entries: Iterable[Entry], election: Election, *, since: datetime, by: User, at: datetime
) -> Outcome:
    """Invite what was previewed, as far as it still fits; the mails go out beside the request.

    Done twice (a double click), nobody is invited twice, and the second time tells the same: what
    this person invited since the preview counts as sent.
    """
    checked = preview_again(entries, election, by)
    invite_many([each.wanted for each in checked.fitting], by=by, at=at)
    emails = {each.email for each in [*checked.fitting, *checked.problems]}
    sent = set(
        Invitation.objects.filter(invited_by=by, invited_at__gte=since, email__in=emails)
        .order_by()
        .values_list("party", "email")
    )
    late = [replace(each, problem=TOO_LATE) for each in checked.fitting if each.key not in sent]
    left = [*(each for each in checked.problems if each.key not in sent), *late]
    total = len(checked.fitting) + len(checked.problems)
    return Outcome(sent=total - len(left), problems=left)
