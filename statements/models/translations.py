"""Other languages: each text of ours beside its Dutch."""

from django.db import models
from django.db.models import F, Q

from parties.models import User


class TranslationQuerySet(models.QuerySet["Translation"]):
    def reviewed(self) -> "TranslationQuerySet":
        """Those that a second person read; whether they are stale, their digest tells."""
        return self.filter(reviewed_at__isnull=False)


class Translation(models.Model):
    """The texts of one thing in one language.

    `subject` names what is translated: "statement:12", "theme:opvang", "term:azc",
    "motivation:345" (the key of a Position), "feature:7". `source_digest` is the SHA-256 of the
    Dutch that it was made from: when that changed, it is stale, and not published. What was loaded
    from a file was written and reviewed where that file comes from: it has the times, and nobody.
    """

    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=60)
    texts = models.JSONField(help_text="By the name of the field.")
    source_digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for what was loaded from a file.",
    )
    written_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ["language", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "subject"], name="one_translation_per_language_and_subject"
            ),
            models.CheckConstraint(
                name="translation_reviewed_at_and_by_someone_else",
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, written_by=None)
                | (
                    Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                    & ~Q(reviewed_by=F("written_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.language})"

    @property
    def is_from_file(self) -> bool:
        return self.written_by_id is None
