"""How the store fares, for those who keep watch. Each process answers for itself."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from stemhulp.editions import store
from stemhulp.editions.metrics import registry


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """What this process serves, and since when it has not reached the database, if so.

    200 as long as voters can be served; 503 when there is nothing to serve them.
    """
    state = store.health()
    return JsonResponse(state, status=200 if state["contests"] else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The same in the text format of Prometheus."""
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
