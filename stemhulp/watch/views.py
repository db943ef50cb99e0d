"""Whether a process lives, and whether voters may be sent to it. Each answers for itself."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stemhulp.editions import store


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 from whoever can answer at all; without it, start the process anew."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when there is something to show voters; 503 when there is not, or when it is to stop.

    The database is not asked: without it voters are served on (`/health/editions` tells of it).
    """
    if settings.DRAIN_FILE and Path(settings.DRAIN_FILE).exists():
        return JsonResponse({"ready": False, "because": "draining"}, status=503)
    if not store.health()["contests"]:
        return JsonResponse({"ready": False, "because": "no editions"}, status=503)
    return JsonResponse({"ready": True})
