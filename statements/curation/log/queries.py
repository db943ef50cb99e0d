"""The audit log, as far as someone may read it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from parties.models import Election, Event, Municipality, User
from parties.models.audit import EventQuerySet
from parties.search import fold

ON_A_PAGE = 100
COMMAND = "server"  # what was done by a command has nobody's name under it

# What stands in the log, in words; an act that is not here stands as it is written.
ACTS = {
    "invitation-made": "uitgenodigd",
    "invitation-resent": "uitnodiging opnieuw verstuurd",
    "invitation-revoked": "uitnodiging ingetrokken",
    "invitation-accepted": "uitnodiging gebruikt",
    "membership-ended": "van een lijst gehaald",
    "person-forgotten": "gegevens van een persoon gewist",
    "answers-submitted": "antwoorden ingediend",
    "answers-reopened": "antwoorden weer geopend",
    "position-corrected": "antwoord gecorrigeerd",
    "lists-reminded": "lijsten herinnerd",
    "municipality-made": "gemeente gemaakt",
    "region-made": "regio gemaakt",
    "region-changed": "regio veranderd",
    "region-contact-changed": "contact van een regio veranderd",
    "region-deleted": "regio verwijderd",
    "election-made": "verkiezing gemaakt",
    "election-changed": "verkiezing veranderd",
    "election-deadline-changed": "termijn van een verkiezing veranderd",
    "election-corrected": "verkiezing verbeterd",
    "contests-added": "gemeenten aan een verkiezing toegevoegd",
    "contests-removed": "gemeenten bij een verkiezing weggehaald",
    "ballots-read": "lijsten ingelezen uit een tabel",
    "statements-copied": "stellingen overgenomen",
    "colleague-added": "collega toegelaten",
    "colleague-changed": "rechten van een collega veranderd",
    "factors-removed": "tweede stap van een account weggenomen",
    "colleague-suspended": "account gesloten",
    "colleague-readmitted": "account geopend",
    "feature-written": "inhoud geschreven",
    "feature-changed": "inhoud veranderd",
    "feature-approved": "inhoud goedgekeurd",
    "feature-withdrawn": "inhoud ingetrokken",
    "feature-restored": "inhoud teruggehaald",
    "statement-written": "stelling geschreven",
    "statement-submitted": "stelling ingeleverd",
    "statement-approved": "stelling goedgekeurd",
    "statement-returned": "stelling teruggegeven",
    "statement-withdrawn": "stelling ingetrokken",
    "party-added": "lijst toegevoegd",
    "party-edited": "lijst veranderd",
    "party-merged": "lijsten samengevoegd",
    "party-withdrawn": "lijst ingetrokken",
    "party-restored": "lijst teruggezet",
    "ballot-read": "kandidatenlijst ingelezen",
    "contest-deadline": "termijn van een gemeente veranderd",
    "research-entered": "standpunt uit een programma ingevuld",
    "research-checked": "standpunt uit een programma nagekeken",
    "research-withdrawn": "standpunt uit een programma ingetrokken",
    "publication-proposed": "publicatie voorgesteld",
    "publication-approved": "publicatie goedgekeurd",
    "publication-declined": "publicatie afgewezen",
    "publication-withdrawn": "voorstel ingetrokken",
    "publishing-started": "veel gemeenten tegelijk: begonnen",
    "contests-checked": "veel gemeenten tegelijk: een deel nagelopen",
    "command-run": "op de server gedaan",
    "edition-published": "editie gepubliceerd",
    "edition-repeated": "eerdere editie opnieuw gepubliceerd",
    "statement-begun": "stelling begonnen",
    "statement-moved": "stelling verplaatst",
    "statement-remarked": "opmerking bij een stelling",
    "motivation-withheld": "toelichting weggelaten",
    "motivation-lifted": "toelichting weer getoond",
    "translation-saved": "vertaald",
    "translation-reviewed": "vertaling nagelezen",
    "administration-added": "toegevoegd in het beheer",
    "administration-changed": "veranderd in het beheer",
    "administration-deleted": "verwijderd in het beheer",
}


def choices(user: User) -> dict[str, list[tuple[str, str]]]:
    """Whom, what and which election can be chosen: only what this person may read of."""
    seen = Event.objects.for_staff(user).order_by()
    people = User.objects.filter(pk__in=seen.filter(by__isnull=False).values("by"))
    acts = sorted(seen.values_list("act", flat=True).distinct())
    return {
        "people": [(COMMAND, "een commando op de server")]
        + [(str(each.pk), str(each)) for each in people.order_by("name", "email")],
        "acts": sorted(((act, ACTS.get(act, act)) for act in acts), key=lambda each: each[1]),
        "elections": list(Election.objects.values_list("slug", "name")),
    }


def found(user: User, wanted: Mapping[str, Any]) -> EventQuerySet:
    """The events that someone may read and looks for, the newest first."""
    rows = Event.objects.for_staff(user)
    if who := wanted.get("wie"):
        rows = rows.filter(by=None) if who == COMMAND else rows.filter(by=who)
    if act := wanted.get("wat"):
        rows = rows.filter(act=act)
    if election := wanted.get("verkiezing"):
        rows = rows.filter(election__slug=election)
    if name := wanted.get("gemeente"):
        rows = rows.filter(municipality__in=_municipalities(name))
    for word in wanted.get("woorden", "").split():
        rows = rows.filter(Q(what__icontains=word) | Q(act__icontains=word))
    if since := wanted.get("van"):
        rows = rows.filter(at__gte=_midnight(since))
    if until := wanted.get("tot"):
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows.select_related("by", "election", "municipality").order_by("-at", "-pk")


def _municipalities(name: str) -> list[str]:
    """The codes of those whose name holds this, whatever its accents and capitals."""
    wanted = fold(name)
    rows = Municipality.objects.values_list("code", "name")
    return [code for code, known in rows if wanted and wanted in fold(known)]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def page(rows: QuerySet[Event], number: str) -> Page[Event]:
    return Paginator(rows, ON_A_PAGE).get_page(number)


def with_words(rows: Page[Event]) -> list[tuple[Event, str]]:
    return [(row, ACTS.get(row.act, row.act)) for row in rows]


def lines(rows: EventQuerySet) -> Iterator[tuple[str, ...]]:
    """For a table; fetched in pieces, however many there are."""
    for row in rows.iterator(chunk_size=2000):
        yield (
            timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S"),
            str(row.by or "commando op de server"),
            row.by.email if row.by else "",
            ACTS.get(row.act, row.act),
            row.what,
            row.election.slug if row.election else "",
            row.municipality.name if row.municipality else "",
        )
