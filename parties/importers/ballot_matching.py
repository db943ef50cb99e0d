"""Which of our lists is which list of the Kiesraad's file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parties.importers.eml import Listed
from parties.importers.list_names import NEARLY, key, likeness, plain
from parties.models import Party

Found = dict[int, Party]  # by the number in the file


class Kind(StrEnum):
    """How sure we are."""

    CERTAIN = "certain"
    NEAR = "near"  # it may be this list: a person decides
    NEW = "new"
    WITHDRAWN = "withdrawn"  # it is one that staff took off the ballot: they decide first


@dataclass(frozen=True)
class Match:
    """A list of the file, and which of ours it is."""

    listed: Listed
    kind: Kind
    party: Party | None = None

    @property
    def is_spelled_differently(self) -> bool:
        return self.party is not None and self.party.name != self.listed.name

    @property
    def changes(self) -> bool:
        """Whether anything happens when the name that we know is kept."""
        return self.party is None or self.party.number != self.listed.number


@dataclass(frozen=True)
class Proposal:
    """What would become of each list of the file, and which of ours are not in it."""

    matches: Sequence[Match]
    absent: Sequence[Party]

    @property
    def unsure(self) -> Sequence[Match]:
        return [each for each in self.matches if each.kind is Kind.NEAR]

    @property
    def withdrawn(self) -> Sequence[Match]:
        return [each for each in self.matches if each.kind is Kind.WITHDRAWN]

    @property
    def in_the_way(self) -> Sequence[tuple[Party, Listed]]:
        """Lists that are not in the file, with a number that the file gives to another."""
        by_number = {each.listed.number: each.listed for each in self.matches}
        return [
            (party, by_number[party.number]) for party in self.absent if party.number in by_number
        ]

    @property
    def changes_nothing(self) -> bool:
        """Whether all is so already, whatever a person may choose."""
        return not any(
            each.changes or each.is_spelled_differently or each.kind is not Kind.CERTAIN
            for each in self.matches
        )

    @property
    def choices(self) -> Sequence[Party]:
        """Those of ours that are not certainly one of the file's."""
        return [*(each.party for each in self.unsure if each.party), *self.absent]


def propose(listed: Sequence[Listed], parties: Iterable[Party]) -> Proposal:
    """Compare by name; a blanco lijst by its number. The parties are all of one contest's."""
    known = list(parties)
    ours = [party for party in known if party.withdrawn_at is None]
    certain = _certain(listed, ours)
    left = _without(ours, certain)
    near = _near([each for each in listed if each.number not in certain], left, known)
    return Proposal(
        matches=[_match(each, certain, near, known) for each in listed],
        absent=_without(left, near),
    )


def _match(each: Listed, certain: Found, near: Found, known: Sequence[Party]) -> Match:
    if each.number in certain:
        return Match(each, Kind.CERTAIN, certain[each.number])
    if each.number in near:
        return Match(each, Kind.NEAR, near[each.number])
    for party in known:
        is_withdrawn = party.withdrawn_at is not None and party.merged_into_id is None
        if is_withdrawn and each.name and key(party.name) == key(each.name):
            return Match(each, Kind.WITHDRAWN, party)
    return Match(each, Kind.NEW)


def _certain(listed: Sequence[Listed], ours: Sequence[Party]) -> Found:
    found = {
        each.number: party
        for each in listed
        for party in ours
        if not each.name and not party.name and each.number == party.number
    }
    for same in (plain, key):
        open_ones = [each for each in listed if each.number not in found]
        found |= _only_pairs(open_ones, _without(ours, found), same)
    return found


def _only_pairs(
    listed: Sequence[Listed], ours: Sequence[Party], same: Callable[[str], str]
) -> Found:
    """Those that no other list could be mistaken for."""
    theirs_by, ours_by = defaultdict(list), defaultdict(list)
    for each in listed:
        theirs_by[same(each.name)].append(each)
    for party in ours:
        ours_by[same(party.name)].append(party)
    return {
        rows[0].number: ours_by[name][0]
        for name, rows in theirs_by.items()
        if name and len(rows) == 1 and len(ours_by.get(name, [])) == 1
    }


def _near(listed: Sequence[Listed], left: Sequence[Party], known: Sequence[Party]) -> Found:
    """The likeliest first; each of ours once."""
    names = defaultdict(list)
    for party in known:
        names[party.merged_into_id or party.pk].append(party.name)
    scored = [
        (max(_likeness(each, party, name) for name in names[party.pk]), each, party)
        for each in listed
        for party in left
    ]
    found: Found = {}
    taken = set()
    for score, each, party in sorted(scored, key=lambda row: (-row[0], row[1].number, row[2].slug)):
        if score and each.number not in found and party.pk not in taken:
            found[each.number] = party
            taken.add(party.pk)
    return found


def _likeness(each: Listed, party: Party, name: str) -> float:
    if each.name and name:
        return likeness(each.name, name)
    is_unnumbered = party.number is None
    return NEARLY if not each.name and not party.name and is_unnumbered else 0.0


def _without(ours: Sequence[Party], found: Found) -> list[Party]:
    taken = {party.pk for party in found.values()}
    return [party for party in ours if party.pk not in taken]
