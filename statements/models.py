"""Themes, statements with all that explains them, and the parties' positions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from parties.models import Election, Municipality, Party


class Stance(models.IntegerChoices):
    """How far one agrees with a statement. No opinion is None, which is not NEUTRAL."""

    STRONGLY_AGREE = 2, "Helemaal mee eens"
    AGREE = 1, "Mee eens"
    NEUTRAL = 0, "Neutraal"
    DISAGREE = -1, "Mee oneens"
    STRONGLY_DISAGREE = -2, "Helemaal mee oneens"


class Source(models.Model):
    """A page or publication that a text or a figure rests on."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """A speerpunt of VluchtelingenWerk. Its key also chooses its colour and icon."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    question = models.CharField(max_length=140)
    summary = models.TextField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            # Checked at the end of a transaction, so that a reload may swap two.
            models.UniqueConstraint(
                fields=["order"], name="theme_order_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A difficult word and its explanation, for the glossary."""

    key = models.SlugField(max_length=40, unique=True)
    term = models.CharField(max_length=60)
    forms = ArrayField(
        models.CharField(max_length=60), help_text="The forms in which it occurs in a text."
    )
    explanation = models.TextField()

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term


class Statement(models.Model):
    """One claim that one can agree or disagree with; national, or for one municipality."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="statements")
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="Empty for a statement that is asked everywhere.",
    )
    key = models.SlugField(max_length=40)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="statements")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=140)
    explanation = models.TextField()
    argument_for = models.TextField()
    argument_against = models.TextField()
    recommendation = models.SmallIntegerField(
        choices=Stance, help_text="VluchtelingenWerk's own stance on it."
    )
    reason = models.TextField(help_text="Why VluchtelingenWerk recommends this.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements")

    class Meta:
        ordering = ["election", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "key"], name="statement_key_once_per_election"
            ),
            models.CheckConstraint(
                name="statement_recommendation_is_a_stance",
                condition=Q(recommendation__in=Stance.values),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Background(models.Model):
    """A fact, figure or example that bears on a statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="backgrounds")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="backgrounds")

    class Meta:
        ordering = ["statement", "order"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "order"], name="background_order_once")
        ]

    def __str__(self) -> str:
        return self.text


class Position(models.Model):
    """A party's answer to a statement. A row without stance says "we have no position on it"."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="positions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="positions")
    stance = models.SmallIntegerField(choices=Stance, null=True, blank=True)
    motivation = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["party", "statement"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "statement"], name="one_position_per_party_and_statement"
            ),
            models.CheckConstraint(
                name="position_stance_is_a_stance",
                condition=Q(stance__isnull=True) | Q(stance__in=Stance.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.statement_id}"
