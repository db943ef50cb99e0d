"""Counts of quizzes, by day. Of a person there is nothing in it."""

from datetime import date

from django.db import models


class DailyUseQuerySet(models.QuerySet["DailyUse"]):
    def complete(self, election: str, today: date) -> "DailyUseQuerySet":
        """Those of days that are over: what is still counted would tell who just came by."""
        return self.filter(election=election, day__lt=today)


class DailyUse(models.Model):
    """On this day, in this municipality: how many quizzes were begun, and reached their result.

    By the names in the address of a contest, so that the counts outlive every row about it.
    """

    election = models.SlugField(max_length=20)
    municipality = models.SlugField(max_length=80)
    day = models.DateField()
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)

    objects = DailyUseQuerySet.as_manager()

    class Meta:
        ordering = ["election", "day", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "municipality", "day"], name="use_counted_once_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.election}/{self.municipality}, {self.day}"
