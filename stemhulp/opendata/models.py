"""What the open data keeps in the database: only what cannot be made from published editions."""

from django.db import models
from django.db.models import Q

from parties.models import Election


class Boundaries(models.Model):
    """The map of an election: each municipality as a path, made from a file that was loaded."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="boundaries")
    attribution = models.CharField(max_length=200, help_text="Who made the boundaries, as shown.")
    width = models.PositiveIntegerField(help_text="Of the view box, in its own units.")
    height = models.PositiveIntegerField()
    paths = models.JSONField(help_text="SVG path data by CBS code.")
    file_digest = models.CharField(max_length=64, help_text="SHA-256 of the file, in hexadecimal.")
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "boundaries"
        constraints = [
            models.CheckConstraint(
                name="boundaries_have_a_size_and_an_attribution",
                condition=Q(width__gt=0) & Q(height__gt=0) & ~Q(attribution=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.election_id}, {self.attribution}"

    @property
    def state(self) -> str:
        """Differs whenever what is drawn or told differs."""
        return f"{self.file_digest} {self.loaded_at.isoformat()} {self.attribution}"
