"""What texts rest on and are made of: sources, themes, difficult words."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
