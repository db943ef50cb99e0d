"""The motivations that parties handed in, for the eyes of staff. Drafts are never among them."""

from hashlib import sha256
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    DateTimeField,
    F,
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
from django.db.models.functions import Coalesce

from parties.models import Election, Party, User
from statements.curation.searching import in_municipality
from statements.models import Position, Submission, Withholding

ON_A_PAGE = 50


class State(TextChoices):
    """What voters see of a motivation, from the next edition on."""

    SHOWN = "getoond", "getoond"
    WITHHELD = "weggelaten", "weggelaten"


# What was handed in last: as the row stands, or of a list that was opened again, as it was then
# (see `statements.published`).
LAST = Submission.objects.filter(party=OuterRef("party")).order_by("-pk")
IS_IN_FORCE = Q(reopened_at=None) | Q(corrected_at__isnull=False)
AS_HANDED_IN = Func(
    Subquery(LAST.values("answers")[:1]),
    F("statement__key"),
    Value("motivation"),
    function="jsonb_extract_path_text",
    output_field=TextField(),
)
WITHHOLDING = Withholding.objects.current().filter(
    party=OuterRef("party"), statement=OuterRef("statement"), motivation=OuterRef("text")
)


def motivations(parties: QuerySet[Party]) -> QuerySet[Any, Any]:
    """What these lists wrote, each with `text`, `at`, and if withheld `ground`, `withheld_at`."""
    return (
        Position.objects.filter(
            party__in=parties,
            statement__approved__isnull=False,
            statement__withdrawn_at=None,
        )
        .annotate(
            submitted_at=Subquery(LAST.values("at")[:1]),
            reopened_at=Subquery(LAST.values("reopened_at")[:1]),
        )
        .filter(submitted_at__isnull=False)
        .annotate(
            text=Case(
                When(IS_IN_FORCE, then=F("motivation")),
                default=AS_HANDED_IN,
                output_field=TextField(),
            ),
            at=Coalesce("corrected_at", "submitted_at", output_field=DateTimeField()),
        )
        .filter(text__gt="")
        .annotate(
            ground=Subquery(WITHHOLDING.values("ground")[:1]),
            withheld_at=Subquery(WITHHOLDING.values("at")[:1]),
        )
        .select_related("statement", "party__contest__municipality")
        .order_by("-at", "party", "statement__order", "pk")
    )


def page_of_motivations(
    user: User,
    election: Election,
    *,
    municipality: str = "",
    words: str = "",
    state: str = "",
    number: int | str = 1,
) -> Page[Any]:
    """The newest first; filtered by municipality, by words in the text and by state."""
    lists = Party.objects.on_ballot().for_staff(user).filter(contest__election=election)
    rows = motivations(in_municipality(lists, municipality))
    for word in words.split():
        rows = rows.filter(text__icontains=word)
    if state:
        rows = rows.filter(ground__isnull=state == State.SHOWN)
    return Paginator(rows, ON_A_PAGE).get_page(number)


def motivation(party: Party, key: str) -> Any:
    """One of them, or None."""
    rows = motivations(Party.objects.filter(pk=party.pk, withdrawn_at=None))
    return rows.filter(statement__key=key).first()


def withholdings(row: Position) -> list[Withholding]:
    """All there ever were of this answer, the newest first."""
    found = Withholding.objects.filter(party=row.party_id, statement=row.statement_id)
    return list(found.select_related("by", "lifted_by").order_by("-at", "-pk"))


def digest(text: str) -> str:
    """Tells whether a text is still the one that somebody judged."""
    return sha256(text.encode()).hexdigest()
