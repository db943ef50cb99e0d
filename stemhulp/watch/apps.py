from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "stemhulp.watch"

    def ready(self) -> None:
        from stemhulp.watch import checks  # noqa: F401, PLC0415  # it registers itself
