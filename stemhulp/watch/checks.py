"""What a server that voters use must have been told: `manage.py check --deploy`."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def voters_know_who_is_responsible(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:
    """The AVG (art. 13) has people told who is responsible, and how to reach them."""
    told = {
        "RESPONSIBLE": (settings.RESPONSIBLE, "the name and postal address of who is responsible"),
        "CONTACT_EMAIL": (settings.CONTACT_EMAIL, "where people may ask about their data"),
    }
    return [
        checks.Warning(f"Set {name}: {meaning}. It stands on /privacy/.", id=f"stemhulp.{name}")
        for name, (value, meaning) in told.items()
        if not value
    ]
