"""How far the translations are, and which comes before and after which; in fixed numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from parties.models import Election, Municipality, Party, Place, User
from statements import translations
from statements.curation.translating import motivations
from statements.curation.translating.languages import Language, languages
from statements.curation.translating.motivations import State
from statements.curation.translating.subjects import Kind, Subject, of_motivation, subjects
from statements.models import Position, Translation, Version
from statements.translations import Texts

ON_A_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """A subject, how far its translation is, and whether nobody here wrote that."""

    subject: Subject
    state: State
    is_from_file: bool


@dataclass(frozen=True)
class Choice:
    """What of all there is: of one kind, in one state, in some municipalities (None: in all)."""

    kind: str = ""
    state: str = ""
    places: Sequence[str] | None = None

    def has(self, entry: Entry) -> bool:
        return (
            self.kind in ("", entry.subject.kind.value)
            and self.state in ("", entry.state.value)
            and not entry.subject.waits
        )

    @property
    def has_motivations(self) -> bool:
        return self.kind in ("", Kind.MOTIVATION.value)


class Work:
    """What this person may translate into one language, and what they chose of it.

    All but the motivations is held; of these, the database counts and sorts.
    """

    def __init__(self, user: User, election: Election, language: str, choice: Choice) -> None:
        self.language = language
        self.choice = choice
        found = subjects(user, election, choice.places)
        self.entries = entries(found, language)
        lists = Party.objects.for_staff(user)
        self.motivations = motivations.motivations(lists, election, choice.places)

    @cached_property
    def counts(self) -> Mapping[Kind, Counter[State]]:
        """Of each kind how many are in each state, whatever kind and state were chosen."""
        counts = {kind: Counter[State]() for kind in Kind}
        for entry in self.entries:
            if not entry.subject.waits:
                counts[entry.subject.kind][entry.state] += 1
        [counts[Kind.MOTIVATION]] = motivations.count(self.motivations, [self.language])
        return counts

    @property
    def waiting(self) -> list[Entry]:
        """The statements of which the Dutch is still being read; to be done, and not yet urgent."""
        return [entry for entry in self.entries if entry.subject.waits]

    @cached_property
    def chosen(self) -> list[Entry]:
        return [entry for entry in self.entries if self.choice.has(entry)]

    @cached_property
    def chosen_motivations(self) -> QuerySet[Position]:
        if not self.choice.has_motivations:
            return self.motivations.none()
        if not self.choice.state:
            return self.motivations
        return motivations.in_state(self.motivations, self.language, self.choice.state)

    def count(self) -> int:
        """How many were chosen."""
        of_motivations = self.counts[Kind.MOTIVATION] if self.choice.has_motivations else {}
        states = [State(self.choice.state)] if self.choice.state else list(State)
        return len(self.chosen) + sum(of_motivations.get(state, 0) for state in states)

    def page(self, number: int | str) -> tuple[Page[int], list[Entry]]:
        """Which page of all that were chosen, and what stands on it."""
        page = Paginator(range(self.count()), ON_A_PAGE).get_page(number)
        return page, self._between(page.start_index() - 1, page.end_index() - 1)

    def _between(self, first: int, last: int) -> list[Entry]:
        """Both included. The motivations come last; their keys are sorted first, without texts."""
        held = self.chosen[first : last + 1]
        start, stop = (max(0, at - len(self.chosen)) for at in (first, last + 1))
        if start == stop:  # also of an empty page
            return held
        keys = list(self.chosen_motivations.values_list("pk", flat=True)[start:stop])
        rows = map(of_motivation, self.motivations.filter(pk__in=keys))
        return held + entries(list(rows), self.language)

    def neighbours(self, subject: Subject) -> tuple[str, str]:
        """The addresses of the chosen ones before and after this; "" where there is none."""
        names = [entry.subject.name for entry in self.entries]
        at = names.index(subject.name) if subject.name in names else len(names)
        before = [entry for entry in self.entries[:at] if self.choice.has(entry)]
        after = [entry for entry in self.entries[at + 1 :] if self.choice.has(entry)]
        row = subject.said_by
        previous = self._motivation(motivations.before(row), last=True) if row else ""
        previous = previous or (before[-1].subject.address if before else "")
        if after:
            return previous, after[0].subject.address
        return previous, self._motivation(motivations.after(row) if row else Q())

    def _motivation(self, where: Q, *, last: bool = False) -> str:
        """The address of the first chosen one (or the last) that is there."""
        keys = self.chosen_motivations.filter(where).values_list("pk", flat=True)
        found = (keys.reverse() if last else keys)[:1]
        return next((f"{Kind.MOTIVATION.value}-{key}" for key in found), "")


def entries(found: Sequence[Subject], language: str) -> list[Entry]:
    """Each with the state of its translation, in one query."""
    rows = Translation.objects.filter(language=language, subject__in=[each.name for each in found])
    known = {row.subject: row for row in rows.defer("texts")}
    return [_entry(each, known.get(each.name)) for each in found]


def _entry(subject: Subject, row: Translation | None) -> Entry:
    return Entry(subject, state_of(subject, row), row is not None and row.is_from_file)


def state_of(subject: Subject, row: Translation | None) -> State:
    if row is None:
        return State.MISSING
    if row.source_digest != subject.digest:
        return State.STALE
    return State.REVIEWED if row.reviewed_at else State.DRAFT


def overview(user: User, election: Election) -> list[tuple[Language, Counter[State]]]:
    """Of each language how many texts are in each state."""
    shown = languages()
    codes = [language.code for language in shown]
    lists = Party.objects.for_staff(user)
    counts = motivations.count(motivations.motivations(lists, election), codes)
    found = [each for each in subjects(user, election) if not each.waits]
    names = [each.name for each in found]
    rows = Translation.objects.filter(language__in=codes, subject__in=names).defer("texts")
    known = {(row.language, row.subject): row for row in rows}
    for code, counter in zip(codes, counts, strict=True):
        counter.update(state_of(each, known.get((code, each.name))) for each in found)
    return list(zip(shown, counts, strict=True))


def places(user: User, written: str) -> list[str] | None:
    """The codes of those of this person's municipalities that someone means; None for "".

    By a part of its name, or by another name or a place of it.
    """
    slug = slugify(written)
    if not slug:
        return None
    named = Place.objects.filter(name__iexact=written.strip()).values("municipality")
    found = Municipality.objects.for_staff(user).filter(Q(slug__contains=slug) | Q(code__in=named))
    return list(found.values_list("code", flat=True))


def translation(subject: Subject, language: str) -> Translation | None:
    rows = Translation.objects.select_related("written_by", "reviewed_by")
    return rows.filter(language=language, subject=subject.name).first()


def earlier(subject: Subject, row: Translation | None) -> Texts:
    """The Dutch that a stale translation was made from, where a version of it is kept."""
    if state_of(subject, row) != State.STALE or row is None or subject.kind != Kind.STATEMENT:
        return {}
    versions = Version.objects.filter(statement=int(subject.key)).order_by("-number")
    forms = (translations.version_texts(content) for content in _contents(versions))
    return next((texts for texts in forms if translations.digest(texts) == row.source_digest), {})


def _contents(versions: QuerySet[Version]) -> Iterable[Mapping[str, Any]]:
    return versions.values_list("content", flat=True)
