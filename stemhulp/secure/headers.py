"""Headers that tell a browser what a page may not do: on every response, whatever made it.

Outside all that answers, so that files, redirects, refusals and "not changed" have them as well.
A view that needs another value sets it, and keeps it.

`Cross-Origin-Resource-Policy` is `same-origin`: no other site loads what is ours. Except what is
there for other sites, which without it a browser refuses in a page that isolates itself (COEP):

- `/embed/` and `/embed.js`: the quiz in somebody's page;
- `/api/` and `/open-data/`: what was published, for everyone (there `Access-Control-Allow-Origin`
  says who may read it; this only says that it may be loaded);
- the image beside a link (`voorbeeld.png`), which others show with the link.

None of these shows a voter's answers, but for the pages within `/embed/`: those are in a frame,
whose inside no other site reads, and `frame-ancestors` says whose frame.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

FOR_OTHER_SITES = re.compile(
    r"/embed(\.js$|/)"
    r"|/api/"
    r"|/(?:[a-z]{2}/)?open-data/"
    r"|/(?:[a-z]{2}/)?[^/]+/(?:[^/]+/delen/)?voorbeeld\.png$"
)
# What a page may ask of a device: to share and to copy an address, and a passkey. Nothing else.
# A feature that Chromium does not know makes it complain on every page, so those are left out: then
# its own default holds (of "web-share": our own pages may).
OWN = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
NEVER = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read"),
    *("compute-pressure", "cross-origin-isolated", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get"),
    *("idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone", "midi"),
    *("otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join([f"{name}=(self)" for name in OWN] + [f"{name}=()" for name in NEVER])
ALWAYS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Just inside the one that keeps watch; all others are within it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info  # a venue takes its own part off
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cross-Origin-Resource-Policy", who_may_load(path))
        return response


def who_may_load(path: str) -> str:
    return "cross-origin" if FOR_OTHER_SITES.match(path) else "same-origin"
