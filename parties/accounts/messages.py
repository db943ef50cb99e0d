"""What is said once, on the page after: in a cookie of a name that browsers guard."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class GuardedCookie(CookieStorage):
    cookie_name = "__Host-messages" if settings.HTTPS else "messages"


class Messages(FallbackStorage):
    """Django's own: in a cookie, or in the session when it is too much for one."""

    storage_classes = (GuardedCookie, SessionStorage)
