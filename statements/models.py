"""Themes, statements with all that explains them, and the parties' positions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from parties.models import Contest, Election, Municipality, Party, User


class Stance(models.IntegerChoices):
    """How far one agrees with a statement. No opinion is None, which is not NEUTRAL."""

    STRONGLY_AGREE = 2, "Helemaal mee eens"
    AGREE = 1, "Mee eens"
    NEUTRAL = 0, "Neutraal"
    DISAGREE = -1, "Mee oneens"
    STRONGLY_DISAGREE = -2, "Helemaal mee oneens"

    @property
    def mark(self) -> str:
        """Its drawing: from mark-1, an outline, to mark-5, full. No opinion is "mark-none"."""
        return f"mark-{self.value + 3}"


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


class StatementQuerySet(models.QuerySet["Statement"]):
    def asked_in(self, contest: Contest) -> "StatementQuerySet":
        """The national ones and those for its municipality, in the order of asking."""
        return self.filter(
            Q(municipality=None) | Q(municipality=contest.municipality_id),
            election=contest.election_id,
        ).order_by("theme__order", "order")


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
    """A party's answer to a statement. A row without stance says "we have no position on it".

    The database refuses any change from the deadline on; see `statements.portal.actions`.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="positions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="positions")
    stance = models.SmallIntegerField(choices=Stance, null=True, blank=True)
    motivation = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(
        default=1, help_text="Counts the saves, so that nobody overwrites what they did not see."
    )
    corrected_at = models.DateTimeField(null=True, blank=True)
    correction = models.CharField(
        max_length=300, blank=True, help_text="Why staff changed it after the deadline; public."
    )

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
            models.CheckConstraint(
                name="position_corrected_with_reason",
                condition=Q(corrected_at=None, correction="")
                | (Q(corrected_at__isnull=False) & ~Q(correction="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.statement_id}"


class Way(models.TextChoices):
    """By which way a position was changed."""

    SCREEN = "screen", "op het scherm"
    SPREADSHEET = "spreadsheet", "met de spreadsheet"
    CORRECTION = "correction", "correctie door VluchtelingenWerk"


class Revision(models.Model):
    """One save of a position: appended, and never changed or removed (a trigger refuses it).

    `before` and `after` hold stance, motivation and source; `before` is null for a first answer.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="revisions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="revisions")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)
    before = models.JSONField(null=True)
    after = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["party", "-at"], name="revisions_of_a_party")]
        constraints = [
            models.CheckConstraint(
                name="revision_of_correction_has_reason",
                condition=~Q(way=Way.CORRECTION) | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.statement_id} {self.at:%Y-%m-%d %H:%M}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def current(self) -> "SubmissionQuerySet":
        """Those that were not opened again."""
        return self.filter(reopened_at=None)


class Submission(models.Model):
    """A person handed in a party's answers, with their name under it.

    What was handed in is kept: it stays what voters see when the party opens it again and does not
    come back in time.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="submissions")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, help_text="Who signed, as they wrote it.")
    at = models.DateTimeField()
    answers = models.JSONField(help_text="By statement key: stance, motivation, source.")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["party", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(reopened_at=None),
                name="one_current_submission_per_party",
            ),
            models.CheckConstraint(name="submission_is_signed", condition=~Q(name="")),
            models.CheckConstraint(
                name="submission_reopened_at_and_by",
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.at:%Y-%m-%d %H:%M}"


class Notice(models.Model):
    """A mail that someone gets about a list once, and got."""

    class Kind(models.TextChoices):
        TWO_WEEKS = "14-days", "nog 14 dagen"
        ONE_WEEK = "7-days", "nog 7 dagen"
        TWO_DAYS = "2-days", "nog 2 dagen"
        ONE_DAY = "24-hours", "nog 24 uur"
        THANKS = "thanks", "bedankt"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    deadline = models.DateTimeField(help_text="Which deadline it was about; it may be moved.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["party", "user", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "user", "kind", "deadline"], name="each_notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.party_id}/{self.user_id}"
