"""What machines and researchers look for at a fixed address: security.txt and robots.txt."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

GOOD_FOR = timedelta(days=180)  # RFC 9116, 2.5.5: less than a year
PLAIN = "text/plain; charset=utf-8"
# Rooms of people with an account; pages that show answers, or stand in a page of somebody else.
NOT_FOR_ROBOTS = (
    *("/account/", "/partij/", "/redactie/", "/beheer/", "/demo/", "/health/"),
    *("/embed/", "/kiosk/", "/*/stelling/", "/*/uitslag/"),
)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). It is as old as today, so it never expires."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    site = settings.SITE_URL.rstrip("/")
    contacts = [f"Contact: {each}" for each in settings.SECURITY_CONTACT]
    expires = f"{expiry(timezone.now()):%Y-%m-%dT%H:%M:%SZ}"
    lines = [
        *contacts,
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {site}/.well-known/security.txt",
    ]
    return _text(lines)


def expiry(now: datetime) -> datetime:
    """The same all day, so that caches may compare."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    return (midnight + GOOD_FOR).astimezone(timezone.get_fixed_timezone(0))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone; in a demo that is everything."""
    closed = ("/",) if settings.DEMO else NOT_FOR_ROBOTS
    return _text(["User-agent: *", *(f"Disallow: {each}" for each in closed)])


def _text(lines: list[str]) -> HttpResponse:
    response = HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
    response["Cache-Control"] = "public, max-age=86400"
    return response
