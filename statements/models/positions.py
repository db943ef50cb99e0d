"""What parties answered, how that came about, and what staff did about it."""

from django.db import models
from django.db.models import F, Q

from parties.models import Party, User
from statements.models.statements import Stance, Statement


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
    meaning = models.PositiveIntegerField(
        default=1,
        help_text="Which meaning of the statement it answers; an earlier one is not published.",
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
    CONFIRMATION = "confirmation", "bevestigd na een nieuwe stelling"
    TRANSFER = "transfer", "overgenomen uit een andere stemhulp"


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
        BY_STAFF = "by-staff", "herinnerd door de redactie"
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


class ResearchQuerySet(models.QuerySet["Research"]):
    def current(self) -> "ResearchQuerySet":
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)

    def checked(self) -> "ResearchQuerySet":
        """Those that a second person checked: voters may see them."""
        return self.current().filter(checked_at__isnull=False)


class Research(models.Model):
    """A party's position as staff read it in its programme, with the words that say so.

    Voters see it, as such, while the party itself has handed in no answer to this statement.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="research")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="research")
    meaning = models.PositiveIntegerField(help_text="Of the statement, when it was read.")
    stance = models.SmallIntegerField(choices=Stance)
    quotation = models.CharField(max_length=500)
    source = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ResearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "research"
        ordering = ["party", "statement", "entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "statement"],
                condition=Q(withdrawn_at=None),
                name="one_current_research_per_party_and_statement",
            ),
            models.CheckConstraint(
                name="research_stance_is_a_stance", condition=Q(stance__in=Stance.values)
            ),
            models.CheckConstraint(
                name="research_has_quotation_and_source",
                condition=~Q(quotation="") & ~Q(source=""),
            ),
            models.CheckConstraint(
                name="research_checked_at_and_by_someone_else",
                condition=Q(checked_at=None, checked_by=None)
                | (
                    Q(checked_at__isnull=False, checked_by__isnull=False)
                    & ~Q(checked_by=F("entered_by"))
                ),
            ),
            models.CheckConstraint(
                name="research_withdrawn_at_and_by",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.statement_id}, from the programme"


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    def current(self) -> "WithholdingQuerySet":
        """Those that were not lifted."""
        return self.filter(lifted_at=None)


class Withholding(models.Model):
    """Staff left a motivation out of what voters see, on a stated ground.

    It holds for exactly this text: what the party writes instead is shown. The stance stays.
    """

    class Ground(models.TextChoices):
        DEFAMATION = "defamation", "belediging of smaad"
        HATE = "hate", "haatzaaien of discriminatie"
        PERSONAL_DATA = "personal-data", "persoonsgegevens van iemand"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="withholdings")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="withholdings")
    motivation = models.CharField(max_length=500)
    ground = models.CharField(max_length=13, choices=Ground)
    explanation = models.CharField(max_length=300, help_text="For the party: what is wrong.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        ordering = ["party", "statement", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "statement", "motivation"],
                condition=Q(lifted_at=None),
                name="one_current_withholding_per_motivation",
            ),
            models.CheckConstraint(
                name="withholding_has_text_and_explanation",
                condition=~Q(motivation="") & ~Q(explanation=""),
            ),
            models.CheckConstraint(
                name="withholding_lifted_at_and_by",
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.statement_id}, {self.ground}"
