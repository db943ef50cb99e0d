"""Published editions: rows that are added and never changed."""

from django.db import models
from django.db.models import Q

from parties.models import Contest


class PublishedEditionQuerySet(models.QuerySet["PublishedEdition"]):
    def current(self) -> "PublishedEditionQuerySet":
        """The newest edition of each contest."""
        return self.order_by("contest_id", "-number").distinct("contest_id")


class PublishedEdition(models.Model):
    """What voters see of one contest from the moment it was published until the next.

    The document is canonical JSON (RFC 8785); the database holds that the digest is its SHA-256,
    and a trigger refuses every change and every removal.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    published_by = models.CharField(max_length=120)
    published_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    objects = PublishedEditionQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "number"], name="edition_number_once_per_contest"
            ),
            models.CheckConstraint(name="edition_number_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="edition_has_publisher_and_reason",
                condition=~Q(published_by="") & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}, edition {self.number}"
