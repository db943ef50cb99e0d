"""The motivations that voters may see, as rows: there can be 60,000, so SQL counts and sorts them.

Which they are, `statements.published` says; here the same is asked of the database, without what
staff read in programmes. A test holds the two together.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import Exact

from parties.models import Election, Party
from statements.models import Position, Submission, Translation, Way, Withholding

ORDER = ("party__contest__municipality__slug", "party_id", "pk")
NAME = Concat(Value("motivation:"), Cast("pk", TextField()), output_field=TextField())
ITS_PARTY = OuterRef("party")
# Of one that was opened again, what was handed in last stays published.
LAST = Submission.objects.filter(party=ITS_PARTY).order_by("-pk")
HANDED_IN = Func(
    *(F("answers"), OuterRef("statement__key"), Value("motivation")),
    function="jsonb_extract_path_text",
    output_field=TextField(),
)
ANSWER = Func(
    *(F("answers"), OuterRef("statement__key")),
    function="jsonb_extract_path_text",
    output_field=TextField(),
)
# The same when the party said of it, since the statement changed, that it still holds.
CONFIRMED = (
    LAST.filter(
        party__revisions__way=Way.CONFIRMATION,
        party__revisions__statement=OuterRef("statement"),
        party__revisions__at__gte=OuterRef("statement__meaning_since"),
    )
    .annotate(answer=ANSWER, again=Cast("party__revisions__after", TextField()))
    .filter(answer=F("again"))
)
LAST_AT = Subquery(LAST.values("at")[:1])
IS_OF_NOW = Q(statement__meaning_since=None) | Q(statement__meaning_since__lte=LAST_AT)
IS_CONFIRMED = Exact(Subquery(CONFIRMED.values("at")[:1]), LAST_AT)
# As the rows stand, while it is handed in; `current` is its submission that was not opened again.
IS_HANDED_IN = Q(current__isnull=False)
SAME_MEANING = Q(meaning=F("statement__meaning"))
SHOWN = Case(
    When(SAME_MEANING & (IS_HANDED_IN | Q(corrected_at__isnull=False)), then=F("motivation")),
    When(IS_HANDED_IN, then=Value("")),  # it answers an earlier meaning of the statement
    When(
        IS_OF_NOW | Q(IS_CONFIRMED),
        then=Subquery(LAST.annotate(written=HANDED_IN).values("written")[:1]),
    ),
    default=Value(""),
    output_field=TextField(),
)


class State(TextChoices):
    """How far a translation is. One that is stale may have been reviewed, of other Dutch."""

    MISSING = "ontbreekt", "ontbreekt"
    DRAFT = "concept", "concept"
    STALE = "verouderd", "verouderd"
    REVIEWED = "nagelezen", "nagelezen"


class Digest(Func):
    """`translations.digest` of a motivation, by the database: JSON is escaped the same way."""

    template = (
        """encode(sha256(convert_to('{"motivation": ' || to_json((%(expressions)s)::text)::text"""
        """ || '}', 'UTF8')), 'hex')"""
    )
    output_field = TextField()


def motivations(
    lists: QuerySet[Party], election: Election, places: Iterable[str] | None = None
) -> QuerySet[Position]:
    """Those of these lists, each with what is `shown` of it, its `name` and its `digest`."""
    theirs = Q(statement__municipality=F("party__contest__municipality"))
    rows = Position.objects.filter(
        Q(statement__municipality=None) | theirs,
        party__in=lists.order_by(),
        party__contest__election=election,
        party__withdrawn_at=None,
        statement__approved__isnull=False,
        statement__withdrawn_at=None,
    )
    if places is not None:
        rows = rows.filter(party__contest__municipality__in=list(places))
    handed_in = Q(party__submissions__reopened_at=None)
    shown = rows.annotate(
        current=FilteredRelation("party__submissions", condition=handed_in),
        shown=SHOWN,
    )
    withheld = Withholding.objects.current().filter(
        party=ITS_PARTY, statement=OuterRef("statement"), motivation=OuterRef("shown")
    )
    found = shown.filter(~Exists(withheld), Exists(LAST), shown__gt="")
    with_texts = found.select_related("party__contest__municipality", "statement")
    return with_texts.annotate(name=NAME, digest=Digest("shown")).order_by(*ORDER)


def with_states(rows: QuerySet[Position], languages: Sequence[str]) -> QuerySet[Position]:
    """Annotated with how far the translation into each language is: `state_0`, `state_1`…"""
    return rows.annotate(**{f"state_{at}": _state(code) for at, code in enumerate(languages)})


def in_state(rows: QuerySet[Position], language: str, state: str) -> QuerySet[Position]:
    """Those of which the translation is in this state."""
    return rows.annotate(state=_state(language)).filter(state=state)


def _state(language: str) -> Coalesce:
    state = Case(
        When(~Q(source_digest=OuterRef("digest")), then=Value(State.STALE.value)),
        When(reviewed_at=None, then=Value(State.DRAFT.value)),
        default=Value(State.REVIEWED.value),
    )
    found = Translation.objects.filter(language=language, subject=OuterRef("name")).order_by()
    return Coalesce(
        Subquery(found.annotate(state=state).values("state")), Value(State.MISSING.value)
    )


def count(rows: QuerySet[Position], languages: Sequence[str]) -> list[Counter[State]]:
    """For each language how many are in each state; one query, however many languages."""
    states = [f"state_{at}" for at in range(len(languages))]
    found = with_states(rows, languages).order_by().values_list(*states).annotate(Count("pk"))
    counts: list[Counter[State]] = [Counter() for _ in languages]
    for *combination, many in found:
        for counter, state in zip(counts, combination, strict=True):
            counter[State(state)] += many
    return counts


def after(row: Position) -> Q:
    """Those that come later in the order of `motivations`."""
    place, party, key = _place_in_order(row)
    return (
        Q(party__contest__municipality__slug__gt=place)
        | Q(party__contest__municipality__slug=place, party__gt=party)
        | Q(party=party, pk__gt=key)
    )


def before(row: Position) -> Q:
    place, party, key = _place_in_order(row)
    return (
        Q(party__contest__municipality__slug__lt=place)
        | Q(party__contest__municipality__slug=place, party__lt=party)
        | Q(party=party, pk__lt=key)
    )


def _place_in_order(row: Position) -> tuple[str, int, int]:
    return row.party.contest.municipality.slug, row.party_id, row.pk
