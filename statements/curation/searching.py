"""Finding lists as people write a municipality."""

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from parties.models import Party, Place


def in_municipality(lists: QuerySet[Party], written: str) -> QuerySet[Party]:
    """By a part of the municipality's name, or by another name or a place of it."""
    slug = slugify(written)
    if not slug:
        return lists
    places = Place.objects.filter(name__iexact=written.strip()).values("municipality")
    return lists.filter(
        Q(contest__municipality__slug__contains=slug) | Q(contest__municipality__in=places)
    )
