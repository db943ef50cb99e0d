"""Who works for VluchtelingenWerk."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from parties.colleagues import all_colleagues
from parties.models import User


def colleagues() -> QuerySet[User]:
    """With their regions, and whether they have a second factor; those who can work first."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"))
    return (
        all_colleagues()
        .annotate(has_second_factor=Exists(factor))
        .prefetch_related("regions")
        .order_by("-is_active", "-is_national", "name", "email")
    )
