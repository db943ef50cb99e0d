"""The people who speak for parties and those who work for VluchtelingenWerk."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from parties.models.elections import Party
from parties.models.places import Region

INVITATION_DAYS = 14


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        """Someone who signs in with a mailed code: there is no password."""
        user = self.model(email=email.lower(), name=name, **fields)
        user.set_unusable_password()
        user.save()
        return user

    def create_superuser(self, email: str, **fields: Any) -> "User":
        return self.create_user(email, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail address, in small letters, says who it is."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_national = models.BooleanField(
        default=False, help_text="Works for VluchtelingenWerk, for all municipalities."
    )
    regions = models.ManyToManyField(
        Region, blank=True, related_name="staff", help_text="Works for VluchtelingenWerk in these."
    )
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="user_email_is_in_small_letters", condition=Q(email=Lower("email"))
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def works_for_us(self) -> bool:
        """Whether this is one of VluchtelingenWerk's own people."""
        return self.is_national or self.regions.exists()

    def has_usable_password(self) -> bool:
        """Nobody has a password here, whatever a row may say."""
        return False

    @property
    def is_staff(self) -> bool:
        """Django's own admin is for the technical administrator only."""
        return self.is_superuser


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(removed_at=None)


class Membership(models.Model):
    """Someone works for a list; kept when it ends."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["party", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "user"],
                condition=Q(removed_at=None),
                name="one_current_membership_per_person_and_party",
            ),
            models.CheckConstraint(
                name="membership_removed_at_and_by",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.user_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither used nor revoked; they may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def with_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """One address may, once, become a member of one list.

    The token is only in the mail; here is its SHA-256. It is made when the mail goes out.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["party", "invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_waiting_invitation_per_address_and_party",
            ),
            models.CheckConstraint(
                name="invitation_email_is_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="invitation_accepted_at_and_by",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_revoked_at_and_by",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked",
                condition=Q(accepted_at=None) | Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="invitation_sent_with_token",
                condition=Q(sent_at=None, token_hash="")
                | (Q(sent_at__isnull=False) & ~Q(token_hash="")),
            ),
            models.CheckConstraint(
                name="invitation_sent_after_invited",
                condition=Q(sent_at=None) | Q(sent_at__gte=F("invited_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}, {self.invited_at:%Y-%m-%d}"

    @property
    def expires_at(self) -> datetime | None:
        return self.sent_at and self.sent_at + timedelta(days=INVITATION_DAYS)

    def is_expired(self, at: datetime) -> bool:
        return self.expires_at is not None and at >= self.expires_at

    def renew_token(self, at: datetime) -> str:
        """A new token, good from now; the one before it is worth nothing any more."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_token(token)
        self.sent_at = at
        self.save(update_fields=["token_hash", "sent_at"])
        return token


def hash_token(token: str) -> str:
    """SHA-256: a token has 256 random bits, so nothing slower is needed."""
    return sha256(token.encode()).hexdigest()
