"""What the checklist counts in the rows of one contest, asked in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BinaryField,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from parties.models import Contest, Party
from statements.models import (
    Feature,
    Position,
    Research,
    Statement,
    Submission,
    Translation,
    Withholding,
)
from stemhulp.editions.models import Proposal, PublishedEdition
from stemhulp.editions.publishing import unreviewed_in

Content = Mapping[str, Any]
MOST_NAMED = 3  # of what is counted, the first few are named


@dataclass(frozen=True)
class Facts:
    """Figures of a contest, and the document that voters see now, if there is one."""

    lists: int
    submitted: int
    unconfirmed: int  # answers to an earlier meaning of a statement
    unconfirmed_first: Sequence[Mapping[str, str]]  # a few: the party, its slug, the statement
    unchecked: int  # positions from a programme, not seen by a second person
    withheld: int
    in_progress: int  # statements of which a version is written or reviewed
    unreviewed: tuple[str, ...]  # keys of its own statements that nobody approved
    unreviewed_text: str  # of the first of those
    translations: Mapping[str, tuple[int, int]]  # by language: how many are there, and reviewed
    document: bytes | None
    has_proposal: bool


def facts(contest: Contest, content: Content) -> Facts:
    """One query."""
    party = {"party__contest": contest, "party__withdrawn_at": None}
    unreviewed = unreviewed_in(contest).order_by("order", "pk")
    editions = PublishedEdition.objects.filter(contest=contest).order_by("-number")
    rows: QuerySet[Any, Any] = Contest.objects.filter(pk=contest.pk).values(
        lists=_count(Party.objects.on_ballot().filter(contest=contest)),
        submitted=_count(Submission.objects.current().filter(**party)),
        unconfirmed=_count(_unconfirmed(contest)),
        unconfirmed_first=ArraySubquery(_named(_unconfirmed(contest))[:MOST_NAMED]),
        unchecked=_count(Research.objects.current().filter(**party, checked_at=None)),
        withheld=_count(Withholding.objects.current().filter(**party)),
        in_progress=_count(_in_progress(contest)),
        unreviewed=ArraySubquery(unreviewed.values("key")),
        unreviewed_text=Coalesce(Subquery(unreviewed.values("text")[:1]), Value("")),
        translations=ArraySubquery(_translations(contest, content)),
        document=Subquery(editions.values("document")[:1], output_field=BinaryField()),
        has_proposal=Exists(Proposal.objects.waiting().filter(contest=OuterRef("pk"))),
    )
    row: dict[str, Any] = rows.get()
    languages = {
        each["language"]: (each["there"], each["reviewed"]) for each in row["translations"]
    }
    document = None if row["document"] is None else bytes(row["document"])
    given: dict[str, Any] = {
        "translations": languages,
        "document": document,
        "unreviewed": (*row["unreviewed"],),
    }
    return Facts(**{**row, **given})


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, within another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


def _unconfirmed(contest: Contest) -> QuerySet[Position]:
    return Position.objects.filter(
        party__contest=contest,
        party__withdrawn_at=None,
        statement__approved__isnull=False,
        statement__withdrawn_at=None,
    ).exclude(meaning=F("statement__meaning"))


def _named(rows: QuerySet[Position]) -> QuerySet[Any, Any]:
    """By party and statement, in the order of the ballot."""
    found = JSONObject(party="party__name", slug="party__slug", text="statement__text")
    ordered = rows.order_by("party__number", "party__slug", "statement__order", "pk")
    return ordered.values(found=found)


def _in_progress(contest: Contest) -> QuerySet[Statement]:
    of_here = Q(municipality=None) | Q(municipality=contest.municipality_id)
    states = [Statement.State.DRAFT, Statement.State.IN_REVIEW]
    return Statement.objects.filter(of_here, election=contest.election_id, state__in=states)


def _translations(contest: Contest, content: Content) -> QuerySet[Any, Any]:
    """Per language, how many there are of what would be published, and how many are reviewed."""
    keys = [each["key"] for each in content["statements"]]
    named = [f"theme:{each['key']}" for each in content["themes"]]
    named += [f"term:{each['key']}" for each in content["glossary"]]
    told = Feature.objects.filter(key__in=[each["key"] for each in content.get("features", ())])
    asked = Statement.objects.filter(election=contest.election_id, key__in=keys)
    explaining = [
        party["slug"]
        for party in content["parties"]
        if any(position["motivation"] for position in party["positions"].values())
    ]
    motivated = Position.objects.filter(
        party__contest=contest, party__slug__in=explaining, statement__key__in=keys
    )
    rows = Translation.objects.filter(
        Q(subject__in=named)
        | Q(subject__in=_subjects("statement", asked))
        | Q(subject__in=_subjects("feature", told))
        | Q(subject__in=_subjects("motivation", motivated))
    )
    counted = (
        rows.order_by()
        .values("language")
        .annotate(there=Count("pk"), reviewed=Count("pk", filter=Q(reviewed_at__isnull=False)))
    )
    return counted.values(found=JSONObject(language="language", there="there", reviewed="reviewed"))


def _subjects(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """What translations call these rows: "statement:12"."""
    pk = Cast("pk", CharField())
    named: QuerySet[Any] = rows.order_by().annotate(subject=Concat(Value(f"{kind}:"), pk))
    return named.values("subject")
