"""Publishing many contests, beside the requests."""

from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.backends.immediate import ImmediateBackend

from parties.models import Event
from stemhulp.opendata.tasks import after_publishing
from stemhulp.publication.together import work_on


@task()
def go_on(event_id: int) -> None:
    """Do a part of what was started, and leave the rest to the next task."""
    started = Event.objects.get(pk=event_id)
    if work_on(started, at=timezone.now()):
        go_on.enqueue(event_id)
    elif started.election is not None:
        after_publishing(started.election.slug)


def has_worker() -> bool:
    """Whether tasks run beside the requests. In the demo they do not: the page asks for each part.

    Without this, publishing everything would be one request of half a minute there.
    """
    return not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend)
