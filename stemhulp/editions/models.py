"""Published editions: rows that are added and never changed."""

from django.db import models
from django.db.models import F, Q

from parties.models import Contest, User


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
    repeats = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of the earlier edition that it brings back."
    )

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


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> "ProposalQuerySet":
        return self.filter(decided_at=None)


class Proposal(models.Model):
    """Someone wants to publish a contest for the first time; a second person decides.

    `digest` is of the document they looked at: what changed since, the second person is told.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="proposals")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(decided_at=None),
                name="one_waiting_proposal_per_contest",
            ),
            models.CheckConstraint(name="proposal_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="proposal_decided_at_by_and_how",
                condition=Q(decided_at=None, decided_by=None, is_approved=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_approved__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_approved_by_someone_else",
                condition=Q(is_approved=None) | Q(is_approved=False) | ~Q(decided_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}, asked {self.asked_at:%Y-%m-%d}"
