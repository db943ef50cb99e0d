"""The audit log: every act of those who work on the voting aid, appended and never changed."""

from django.db import models
from django.db.models import Q

from parties.models.elections import Election
from parties.models.people import User
from parties.models.places import Municipality


class EventQuerySet(models.QuerySet["Event"]):
    def for_staff(self, user: User) -> "EventQuerySet":
        """What someone may read: their own acts, and what was done in their municipalities.

        National staff read everything.
        """
        if user.is_national:
            return self.all()
        theirs = Q(municipality__region__in=user.regions.values("pk"))
        return self.filter(theirs | Q(by=user))


class Event(models.Model):
    """One act: who, what, when. Written by `parties.audit.record`; a trigger refuses any change.

    It holds no positions of parties and nothing of voters.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text="Empty for what was done on the server itself, by a command.",
    )
    act = models.SlugField(
        max_length=40, help_text='Subject and verb, such as "statement-approved".'
    )
    what = models.CharField(max_length=300, help_text="A sentence for people, in Dutch.")
    election = models.ForeignKey(
        Election, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    details = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="events_by_time"),
            models.Index(fields=["municipality", "-at"], name="events_of_a_municipality"),
        ]
        constraints = [models.CheckConstraint(name="event_says_what", condition=~Q(what=""))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
