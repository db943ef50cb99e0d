"""How the store fares, for those who keep watch. Each process answers for itself."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stemhulp.editions import store


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """What this process serves, and since when it has not reached the database, if so.

    200 as long as voters can be served; 503 when there is nothing to serve them.
    """
    state = store.health()
    return JsonResponse(state, status=200 if state["contests"] else 503)
