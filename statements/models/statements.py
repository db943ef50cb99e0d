"""Statements, with all that explains them, and how they come to be approved."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from parties.models import Contest, Election, Municipality, User
from statements.models.texts import Source, Theme


class Stance(models.IntegerChoices):
    """How far one agrees with a statement. No opinion is None, which is not NEUTRAL."""

    STRONGLY_AGREE = 2, _("Helemaal mee eens")
    AGREE = 1, _("Mee eens")
    NEUTRAL = 0, _("Neutraal")
    DISAGREE = -1, _("Mee oneens")
    STRONGLY_DISAGREE = -2, _("Helemaal mee oneens")

    @property
    def mark(self) -> str:
        """Its drawing: from mark-1, an outline, to mark-5, full. No opinion is "mark-none"."""
        return f"mark-{self.value + 3}"

    @property
    def in_dutch(self) -> str:
        """Its label in Dutch, whatever language a page is in: for files and for the record."""
        with override("nl"):
            return str(self.label)


class StatementQuerySet(models.QuerySet["Statement"]):
    def asked_in(self, contest: Contest) -> "StatementQuerySet":
        """The approved ones, national and for its municipality, in the order of asking."""
        return (
            self.asked()
            .filter(
                Q(municipality=None) | Q(municipality=contest.municipality_id),
                election=contest.election_id,
            )
            .order_by("theme__order", "order", "pk")
        )

    def asked(self) -> "StatementQuerySet":
        """Those that were approved, and not withdrawn; also while a next version is written."""
        return self.filter(approved__isnull=False, withdrawn_at=None)

    def for_staff(self, user: User) -> "StatementQuerySet":
        """Those that someone may read: the national ones, and those of their municipalities."""
        if user.is_national:
            return self.all()
        theirs = Q(municipality__region__in=user.regions.values("pk"))
        return self.filter(Q(municipality=None) | theirs)

    def awaiting_review(self) -> "StatementQuerySet":
        return self.filter(state=Statement.State.IN_REVIEW)


class Statement(models.Model):
    """One claim that one can agree or disagree with; national, or for one municipality.

    The texts here are those that are asked: of the version that was approved last, whatever is
    being written meanwhile. Of one that was never approved, they are those of its latest version.
    """

    class State(models.TextChoices):
        """Of its latest version."""

        DRAFT = "draft", "concept"
        IN_REVIEW = "in-review", "wordt nagelezen"
        APPROVED = "approved", "goedgekeurd"
        WITHDRAWN = "withdrawn", "ingetrokken"

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
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    latest = models.PositiveIntegerField(
        default=0, help_text="Number of its latest version, so that nobody overwrites unseen."
    )
    approved = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of the version that is asked, if any is."
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    meaning = models.PositiveIntegerField(
        default=1, help_text="Counts its meanings: an answer to an earlier one is asked again."
    )
    meaning_since = models.DateTimeField(
        null=True, blank=True, help_text="When the latest change of meaning was approved."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn.")

    objects = StatementQuerySet.as_manager()

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
            models.CheckConstraint(
                name="statement_approved_with_a_time",
                condition=Q(approved=None, approved_at=None)
                | Q(approved__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="statement_state_approved_is_its_latest_version",
                condition=~Q(state="approved") | Q(approved=F("latest"), approved__isnull=False),
            ),
            models.CheckConstraint(
                name="statement_withdrawn_at_by_and_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal="")
                & ~Q(state="withdrawn")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, state="withdrawn")
                & ~Q(withdrawal=""),
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


class Version(models.Model):
    """One saved form of a statement. Its text is never changed; the review is written once.

    `content` holds text, explanation, argument_for, argument_against, recommendation, reason, the
    key of the theme and of the source, and backgrounds (each a text with the key of its source).
    The database holds that the reviewer wrote none of what they approve (migration 0006).
    """

    class Nature(models.TextChoices):
        """What it does to what was approved before."""

        NEW = "new", "nieuw"
        MEND = "mend", "verbetering"
        CHANGE = "change", "andere betekenis"

    class Verdict(models.TextChoices):
        APPROVED = "approved", "goedgekeurd"
        RETURNED = "returned", "teruggegeven"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    nature = models.CharField(max_length=6, choices=Nature)
    content = models.JSONField()
    by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who wrote it; empty for what was loaded from a file.",
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True, help_text="What was changed, and why.")
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    reviewed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["statement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "number"], name="version_number_once_per_statement"
            ),
            models.CheckConstraint(
                name="version_reviewed_at_with_verdict",
                condition=Q(verdict="", reviewed_at=None, reviewed_by=None)
                | (~Q(verdict="") & Q(reviewed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="version_reviewer_is_not_its_author",
                condition=Q(verdict="")
                | Q(by=None)
                | (Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}, version {self.number}"


class Comment(models.Model):
    """A remark of staff about a version of a statement, for each other."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="comments")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)

    class Meta:
        ordering = ["statement", "at", "pk"]
        constraints = [models.CheckConstraint(name="comment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.at:%Y-%m-%d %H:%M}"
