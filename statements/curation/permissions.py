"""Who of VluchtelingenWerk may do what: the table in README.md, as rules.

`rules` is asked directly, not through `User.has_perm`: being the technical administrator opens
Django's admin, and nothing here.
"""

from collections.abc import Callable
from typing import Any

import rules
from allauth.mfa.utils import is_mfa_enabled

from parties.models import Contest, Municipality, Party, Region, User
from statements.models import Feature, Statement

NATIONAL = None  # what belongs to no municipality


def predicate(test: Callable[..., bool]) -> Any:
    """A test that rules can combine with others; typed, which the package is not."""
    return rules.predicate(test)


@predicate
def is_colleague(user: User) -> bool:
    return user.is_active and user.works_for_us


@predicate
def has_second_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user))


@predicate
def is_national(user: User) -> bool:
    return user.is_active and user.is_national


@predicate
def is_administrator(user: User) -> bool:
    return user.is_active and user.is_superuser


@predicate
def works_for(user: User, subject: Any) -> bool:
    """For the municipality that it belongs to, or nationally for what belongs to none."""
    place = place_of(subject)
    if place is NATIONAL or user.is_national:
        return user.is_national
    return place.region_id is not None and user.regions.filter(pk=place.region_id).exists()


@predicate
def works_in(user: User, region: Region) -> bool:
    return user.is_national or user.regions.filter(pk=region.pk).exists()


def place_of(subject: Any) -> Municipality | None:
    match subject:
        case None | Municipality():
            return subject
        case Statement() | Feature() | Contest():
            return subject.municipality
        case Party():
            return subject.contest.municipality
    raise TypeError(f"{type(subject).__name__} belongs nowhere.")


ENTER = "curation.enter"
WRITE_STATEMENT = "curation.write_statement"
REVIEW_STATEMENT = "curation.review_statement"
TRANSLATE = "curation.translate"
KEEP_BALLOT = "curation.keep_ballot"  # add, rename, merge, withdraw lists; read the Kiesraad's file
RESEARCH = "curation.research"
MODERATE = "curation.moderate"
WRITE_FEATURE = "curation.write_feature"
INVITE = "curation.invite"
CORRECT = "curation.correct"
PUBLISH = "curation.publish"
PUBLISH_ALL = "curation.publish_all"
KEEP_CONTACT = "curation.keep_contact"  # how voters reach the team of a region
KEEP_REGIONS = "curation.keep_regions"
KEEP_ELECTIONS = "curation.keep_elections"
KEEP_COLLEAGUES = "curation.keep_colleagues"
ADMINISTER = "administration.enter"

OF_A_PLACE = (
    *(WRITE_STATEMENT, REVIEW_STATEMENT, TRANSLATE, KEEP_BALLOT, RESEARCH, MODERATE),
    *(WRITE_FEATURE, INVITE, CORRECT, PUBLISH),
)
OF_THE_COUNTRY = (PUBLISH_ALL, KEEP_REGIONS, KEEP_ELECTIONS, KEEP_COLLEAGUES)

rules.add_perm(ENTER, is_colleague & has_second_factor)
rules.add_perm(ADMINISTER, is_administrator & has_second_factor)
rules.add_perm(KEEP_CONTACT, works_in)
for name in OF_A_PLACE:
    rules.add_perm(name, works_for)
for name in OF_THE_COUNTRY:
    rules.add_perm(name, is_national)


def may(user: User, permission: str, subject: Any = None) -> bool:
    return bool(rules.has_perm(permission, user, subject))
