from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "parties"

    def ready(self) -> None:
        """Listen to who signs in, and to changes of how; models are there from here on."""
        from parties.accounts import signals  # noqa: F401, PLC0415  # it registers itself
