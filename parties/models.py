"""Municipalities and where they lie; elections, the contests in them, and the parties."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def in_year(self, year: int) -> "MunicipalityQuerySet":
        """Those that CBS lists for this year; invented ones never are."""
        return self.filter(years__contains=[year])


class Municipality(models.Model):
    """A gemeente, known by its CBS code for as long as it exists."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    province = models.CharField(max_length=40)
    years = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="The years in whose CBS list (1 January) the municipality stands.",
    )
    is_example = models.BooleanField(default=False, help_text="Invented, for demonstration.")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            # Checked at the end of a transaction, so that a reload may swap two.
            models.UniqueConstraint(
                fields=["slug"],
                name="municipality_slug_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="municipality_code_is_cbs_or_invented",
                condition=Q(code__regex=r"^GM\d{4}$", is_example=False)
                | Q(code__regex=r"^VB\d{4}$", is_example=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A name under which people look for a municipality: a town, or an everyday name."""

    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="places")
    since = models.PositiveSmallIntegerField(
        default=0, help_text="First year in which the place belongs to the municipality."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "municipality"], name="place_once_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.municipality_id})"


class Postcode(models.Model):
    """The part of a 4-digit postcode that lies in one municipality, in one yearly table."""

    number = models.PositiveSmallIntegerField()
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    share = models.DecimalField(
        max_digits=5, decimal_places=4, help_text="Part of the postcode's addresses, 0 to 1."
    )
    year = models.PositiveSmallIntegerField(help_text="Edition of the CBS table.")

    class Meta:
        ordering = ["year", "number", "-share"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number", "municipality"], name="postcode_once_per_municipality"
            ),
            models.CheckConstraint(
                name="postcode_has_four_digits", condition=Q(number__range=(1000, 9999))
            ),
            models.CheckConstraint(
                name="postcode_share_is_a_part", condition=Q(share__gt=0, share__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.year})"


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

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-date"]

    def __str__(self) -> str:
        return self.name


class Contest(models.Model):
    """The election of one council on one election day."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="contests")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="contests"
    )
    seats = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["election", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "municipality"], name="one_contest_per_council"
            )
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.municipality_id}"


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
        ]

    def __str__(self) -> str:
        return self.name or f"Blanco lijst ({self.slug})"
