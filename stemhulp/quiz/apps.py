from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.utils.autoreload import file_changed


class QuizConfig(AppConfig):
    name = "stemhulp.quiz"

    def ready(self) -> None:
        file_changed.connect(forget_rendered, dispatch_uid="stemhulp.quiz.forget_rendered")


def forget_rendered(*, file_path: Path, **_: Any) -> None:
    """While developing: a template that was changed shows at the next request."""
    from stemhulp.editions import store  # noqa: PLC0415  # apps load before models
    from stemhulp.quiz.views import public  # noqa: PLC0415

    if file_path.suffix == ".html":
        store.clear()
        public.forget()
