"""Regions, municipalities, and the names and postcodes by which they are found."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from parties.models.people import User


class Region(models.Model):
    """A part of the country in which one team of VluchtelingenWerk works.

    What belongs to it is data that staff edit; it follows no province border.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(
        max_length=254, blank=True, help_text="Where its parties can ask for help."
    )
    public_email = models.EmailField(
        max_length=254, blank=True, help_text="Where voters reach the team: it is published."
    )
    public_phone = models.CharField(
        max_length=20, blank=True, help_text="The same by telephone: it is published."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def for_staff(self, user: "User") -> "MunicipalityQuerySet":
        """Those that this person of VluchtelingenWerk works for: all, or those of their regions."""
        return self if user.is_national else self.filter(region__in=user.regions.values("pk"))

    def in_year(self, year: int) -> "MunicipalityQuerySet":
        """Those that CBS lists for this year; invented ones never are."""
        return self.filter(years__contains=[year])


class Municipality(models.Model):
    """A gemeente, known by its CBS code for as long as it exists."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    province = models.CharField(max_length=40)
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="municipalities",
        help_text="Whose staff work for it; empty while nobody does but national staff.",
    )
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
