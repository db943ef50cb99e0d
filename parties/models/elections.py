"""Elections, the contests in them, and the parties on their ballots."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from parties.models.places import Municipality

if TYPE_CHECKING:
    from parties.models.people import User


class ElectionQuerySet(models.QuerySet["Election"]):
    def by_interest(self, on: date) -> "list[Election]":
        """The one to show on this day first: the next to come, else the latest that was."""
        return sorted(self, key=lambda each: (each.date < on, abs(each.date - on)))


class Election(models.Model):
    """One election day for many councils."""

    slug = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    date = models.DateField()
    municipality_year = models.PositiveSmallIntegerField(
        help_text="Year of the CBS list of municipalities that held on the day."
    )
    postcode_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Edition of the postcode table that voters are looked up in, if one fits.",
    )
    deadline = models.DateTimeField(
        null=True,
        blank=True,
        help_text="From this second parties can change nothing any more; empty while undecided.",
    )

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-date"]

    def __str__(self) -> str:
        return self.name


class ContestQuerySet(models.QuerySet["Contest"]):
    def for_staff(self, user: "User") -> "ContestQuerySet":
        """Those in the municipalities that this person of VluchtelingenWerk works for."""
        if user.is_national:
            return self.all()
        return self.filter(municipality__region__in=user.regions.values("pk"))


class Contest(models.Model):
    """The election of one council on one election day."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="contests")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="contests"
    )
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    own_deadline = models.DateTimeField(
        null=True, blank=True, help_text="Where this council's parties have another one."
    )

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ["election", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "municipality"], name="one_contest_per_council"
            )
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.municipality_id}"

    @property
    def deadline(self) -> datetime | None:
        """From this second its parties can change nothing any more; the database holds it too."""
        return self.own_deadline or self.election.deadline

    def is_closed(self, at: datetime) -> bool:
        return self.deadline is not None and at >= self.deadline


class Absence(models.Model):
    """Why a municipality elects no council of its own on this day, and when or where it votes."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="absences")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="absences"
    )
    reason = models.TextField()
    next_election = models.DateField(null=True, blank=True)
    votes_in = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absences_received",
        help_text="Where its inhabitants vote on this day, if anywhere.",
    )

    class Meta:
        ordering = ["election", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "municipality"], name="one_absence_per_council"
            ),
            models.CheckConstraint(
                name="absence_votes_elsewhere",
                condition=Q(votes_in__isnull=True) | ~Q(votes_in=F("municipality")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.municipality_id}"


class PartyQuerySet(models.QuerySet["Party"]):
    def on_ballot(self) -> "PartyQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_staff(self, user: "User") -> "PartyQuerySet":
        """Those that this person of VluchtelingenWerk works for.

        National staff: all of them; others: those in the municipalities of their regions.
        """
        if user.is_national:
            return self.all()
        return self.filter(contest__municipality__region__in=user.regions.values("pk"))


class Party(models.Model):
    """A list on the ballot of one contest. A "blanco lijst" has no name."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="parties")
    slug = models.SlugField(
        max_length=60, help_text="Its key within the contest; stays when the name changes."
    )
    name = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=140, blank=True)
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="List number on the ballot, once it is known."
    )
    seats = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Seats won, once the result is known."
    )
    website = models.URLField(max_length=200, blank=True)
    programme = models.URLField(
        max_length=200, blank=True, help_text="Where to read what it wants."
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="It is not on the ballot after all; kept, and not shown."
    )
    withdrawn_by = models.ForeignKey(
        "parties.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn.")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["contest", "number", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "slug"], name="party_slug_once_per_contest"),
            models.UniqueConstraint(
                fields=["contest", "number"],
                name="party_number_once_per_contest",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="party_number_starts_at_one",
                condition=Q(number__isnull=True) | Q(number__gte=1),
            ),
            models.CheckConstraint(
                name="party_withdrawn_at_by_and_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal="", merged_into=None)
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, number=None)
                    & ~Q(withdrawal="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"Blanco lijst ({self.slug})"
