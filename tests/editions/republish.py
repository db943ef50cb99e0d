"""For tests that change rows: have voters see them."""

from django.utils import timezone

from parties.models import Contest
from stemhulp.editions import store
from stemhulp.editions.publishing import publish


def republish(slug: str = "voorbeeldstad", reason: str = "Veranderd in een test") -> None:
    """Publish the contest as its rows stand now, and forget what the process knew."""
    contest = Contest.objects.select_related("election", "municipality").get(
        election__slug="gr2022", municipality__slug=slug
    )
    publish(contest, "Test", timezone.now(), reason)
    store.clear()
