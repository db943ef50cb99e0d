"""What is told beside the statements: examples, stories, figures, the flyer.

And what is told after them: how to vote, the newsletter.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from parties.models import Contest, Municipality, User
from statements.models.texts import Source


class FeatureQuerySet(models.QuerySet["Feature"]):
    def shown_in(self, contest: Contest) -> "FeatureQuerySet":
        """The approved ones: national, and of its municipality; those of the place first."""
        return (
            self.filter(approved_at__isnull=False, withdrawn_at=None)
            .filter(Q(municipality=None) | Q(municipality=contest.municipality_id))
            .order_by(F("municipality").asc(nulls_last=True), "kind", "order", "pk")
        )

    def for_staff(self, user: User) -> "FeatureQuerySet":
        """Those that someone may read: the national ones, and those of their municipalities."""
        if user.is_national:
            return self.all()
        theirs = Q(municipality__region__in=user.regions.values("pk"))
        return self.filter(Q(municipality=None) | theirs)


class Feature(models.Model):
    """An example from a municipality, a story, a figure or the flyer.

    It stands on the page of its municipality (or of all), and behind the statements it is about.
    How to vote and the newsletter stand at the result.
    What is changed wants a second pair of eyes again before voters see it.
    """

    class Kind(models.TextChoices):
        EXAMPLE = "example", "voorbeeld uit een gemeente"
        STORY = "story", "verhaal"
        FIGURE = "figure", "cijfer"
        FLYER = "flyer", "flyer"
        VOTING = "voting", "hoe je stemt"
        NEWSLETTER = "newsletter", "nieuwsbrief"

    AT_THE_RESULT = (Kind.VOTING, Kind.NEWSLETTER)

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=1500)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="features")
    link = models.URLField(max_length=200, blank=True, help_text="Where to read more.")
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="features",
        help_text="Empty for what is told everywhere.",
    )
    statements = ArrayField(
        models.SlugField(max_length=40),
        default=list,
        blank=True,
        help_text="Keys of the statements it is about, in whichever election they are asked.",
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for what was loaded from a file.",
    )
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FeatureQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "order", "key"]
        constraints = [
            models.CheckConstraint(
                name="feature_approved_by_someone_else",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, written_by=None)
                | (
                    Q(approved_at__isnull=False, approved_by__isnull=False)
                    & ~Q(approved_by=F("written_by"))
                ),
            ),
            models.CheckConstraint(
                name="feature_withdrawn_at_and_by",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
