"""Who and where: places, elections and their parties, and the people who speak for them."""

from parties.models.audit import Event
from parties.models.elections import Absence, Contest, Election, Party
from parties.models.people import Invitation, Membership, User
from parties.models.places import Municipality, Place, Postcode, Region

__all__ = [
    "Absence",
    "Contest",
    "Election",
    "Event",
    "Invitation",
    "Membership",
    "Municipality",
    "Party",
    "Place",
    "Postcode",
    "Region",
    "User",
]
