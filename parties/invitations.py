"""Inviting people to work for a list, and letting them go again. Each act is one transaction."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from parties.audit import record
from parties.models import Invitation, Membership, Party, User
from parties.tasks import deliver_invitation


class NotInvitedError(Exception):
    """An invitation that was not made; why: "member", "invited" (already), or "withdrawn"."""


class UselessTokenError(Exception):
    """A token that opens nothing (any more)."""


class ForgedError(UselessTokenError):
    """Nobody was ever given this."""


class UsedError(UselessTokenError):
    """It was used already."""


class RevokedError(UselessTokenError):
    """It was taken back."""


class ExpiredError(UselessTokenError):
    """Its fourteen days are over."""


class ColleagueError(UselessTokenError):
    """Who works for VluchtelingenWerk speaks for no party."""


class SomeoneElsesError(UselessTokenError):
    """It is for another address than that of the person who is signed in."""


@transaction.atomic
def invite(party: Party, email: str, name: str, *, by: User, at: datetime) -> Invitation:
    """Invite a (normal) address to a list; the mail goes out beside the request.

    One that has expired is mailed anew. Raises NotInvitedError.
    """
    if party.withdrawn_at is not None:
        raise NotInvitedError("withdrawn")
    if party.memberships.current().filter(user__email=email).exists():
        raise NotInvitedError("member")
    earlier = party.invitations.waiting().filter(email=email).first()
    if earlier and earlier.is_expired(at):
        resend(earlier, by=by, at=at)
        return earlier
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                party=party, email=email, name=name, invited_by=by, invited_at=at
            )
    except IntegrityError as error:
        raise NotInvitedError("invited") from error
    _record("invitation-made", "Iemand uitgenodigd voor {}", invitation, by, at)
    deliver_invitation.enqueue(invitation.pk)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Mail a new token; the old one is worth nothing any more, and the days count anew."""
    if invitation.accepted_at:
        raise UsedError
    if invitation.revoked_at:
        raise RevokedError
    _record("invitation-resent", "Uitnodiging voor {} opnieuw verstuurd", invitation, by, at)
    deliver_invitation.enqueue(invitation.pk)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Take an invitation back. Done twice, the first one stands. Raises UsedError."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise UsedError
    if not invitation.revoked_at:
        invitation.revoked_by, invitation.revoked_at = by, at
        invitation.save(update_fields=["revoked_by", "revoked_at"])
        _record("invitation-revoked", "Uitnodiging voor {} ingetrokken", invitation, by, at)


def find(token: str, *, visitor: User | None, at: datetime) -> Invitation:
    """The invitation that this token opens for this visitor. Raises a UselessTokenError."""
    invitation = (
        Invitation.objects.with_token(token)
        .select_related("party__contest__municipality", "party__contest__election", "invited_by")
        .first()
    )
    if invitation is None:
        raise ForgedError
    _check(invitation, visitor, at)
    return invitation


def _check(invitation: Invitation, visitor: User | None, at: datetime) -> None:
    if invitation.accepted_at:
        raise UsedError
    if invitation.revoked_at:
        raise RevokedError
    if invitation.is_expired(at):
        raise ExpiredError
    if visitor and visitor.email != invitation.email:
        raise SomeoneElsesError


def was_used_by(token: str, visitor: User | None) -> bool:
    """Whether it was this visitor who used the token: a second click, or the mail opened again."""
    return visitor is not None and (
        Invitation.objects.with_token(token).filter(accepted_by=visitor).exists()
    )


@transaction.atomic
def accept(token: str, *, visitor: User | None, name: str, at: datetime) -> tuple[Invitation, User]:
    """Use a token, once: whoever holds it reads the mail of that address, so it is theirs.

    Makes the account when there is none. Raises a UselessTokenError.
    """
    invitation = Invitation.objects.with_token(token).select_for_update(of=("self",)).first()
    if invitation is None:
        raise ForgedError
    _check(invitation, visitor, at)
    user = _account(invitation.email, name)
    if not user.is_active:
        raise RevokedError
    if user.works_for_us:
        raise ColleagueError
    invitation.accepted_by, invitation.accepted_at = user, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    Membership.objects.get_or_create(
        party_id=invitation.party_id, user=user, removed_at=None, defaults={"since": at}
    )
    _record("invitation-accepted", "Uitnodiging voor {} gebruikt", invitation, user, at)
    return invitation, user


def _account(email: str, name: str) -> User:
    """The account of this address, under this name; a new one when there is none.

    Two invitations of one address may be used at the same moment.
    """
    user, _ = User.objects.get_or_create(
        email=email, defaults={"name": name, "password": make_password(None)}
    )
    if name and user.name != name:
        user.name = name
        user.save(update_fields=["name"])
    return user


@transaction.atomic
def remove(membership: Membership, *, by: User, at: datetime) -> None:
    """End a membership, and with it, at once, wherever this person is signed in."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.removed_at is None:
        membership.removed_by, membership.removed_at = by, at
        membership.save(update_fields=["removed_by", "removed_at"])
        _record("membership-ended", "Iemand van de lijst {} gehaald", membership, by, at)
    end_sessions(membership.user)


def end_sessions(user: User) -> None:
    """Sign someone out everywhere.

    A session holds for one password, also where there is none to type: a new unusable one ends
    those that are listed nowhere.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()


def _record(act: str, what: str, row: Invitation | Membership, by: User, at: datetime) -> None:
    """Which list, and which row tells the rest: an address would stay in the log for ever."""
    party = row.party
    details = {"party": party.pk, type(row).__name__.lower(): row.pk}
    place = f"{party}, {party.contest.municipality}"
    record(act, what.format(place), by=by, at=at, about=party, **details)
