"""What follows once something is published: voters see it at once, and files are made of it."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from parties.models import Contest
from stemhulp.editions import store
from stemhulp.opendata.built import built
from stemhulp.opendata.tasks import after_publishing

NOT_MADE = (
    "De bestanden om te downloaden zijn nog niet gemaakt: dat lukte net niet. Misschien is de "
    "schijf vol. Vraag de technisch beheerder om dit na te kijken. Publiceren hoeft niet opnieuw."
)
NOT_YET = (
    "Kiezers zien de laatste editie al, maar de bestanden om te downloaden zijn er nog niet van "
    "gemaakt. Staat dit hier morgen nog? Vraag dan de technisch beheerder."
)


def follow(request: HttpRequest, election: str) -> None:
    """Have this process show what was published, and the files follow; say so when they cannot."""
    transaction.on_commit(store.catch_up, robust=True)
    transaction.on_commit(partial(_have_files_follow, request, election), robust=True)


def _have_files_follow(request: HttpRequest, election: str) -> None:
    if not after_publishing(election):
        messages.warning(request, NOT_MADE)


def is_behind(contest: Contest, number: int) -> bool:
    """Whether the files that this machine serves are of an edition before this one, or of none."""
    found = built(contest.election.slug)
    its = found.contests.get(contest.municipality.slug) if found else None
    return its is None or its.imprint.number < number
