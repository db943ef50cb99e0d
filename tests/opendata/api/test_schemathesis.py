"""The API against its own schema: schemathesis looks for a request that it does not describe."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.specs.openapi.checks import *  # noqa: F403  # registers every check

from tests.opendata.api.programs import ROOT, read, warm

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))  # of each kind of request, for each address
REAL = {"election": "gr2022", "municipality": "voorbeeldstad"}


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("known", [{}, REAL], ids=["any names", "names that exist"])
def test_nothing_is_answered_that_the_schema_does_not_say(known: dict[str, str]) -> None:
    warm()
    found = list(failures(known))
    assert not found, "\n\n".join(found[:10])


def failures(known: dict[str, str]) -> Iterator[str]:
    """What any check finds, in words."""
    schema = schemathesis.openapi.from_dict(narrowed(known), config=configuration())
    schema.app = get_wsgi_application()
    asked = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.cases)
            yield from _told(event.recorder)
        elif isinstance(event, (events.NonFatalError, events.FatalError)):
            yield str(event)
    assert asked > 100  # it did look


def narrowed(known: dict[str, str]) -> Any:
    """The schema; for these names it asks for something that there is."""
    schema = read(f"{ROOT}/openapi.json")
    voter = schema["components"]["schemas"]["Voter"]["properties"]
    for path in schema["paths"].values():
        for operation in path.values():
            for each in operation["parameters"]:
                if each["name"] in known:
                    each["schema"] = {"type": "string", "enum": [known[each["name"]]]}
    for name, value in known.items():
        voter[name] = {"type": "string", "enum": [value]}
    return schema


def configuration() -> SchemathesisConfig:
    project = ProjectConfig(
        generation=GenerationConfig(max_examples=EXAMPLES),
        headers={"Accept-Encoding": "identity"},  # its client for WSGI undoes no Brotli
        continue_on_failure=True,
    )
    return SchemathesisConfig(seed=2022, projects=ProjectsConfig(default=project))


def _told(recorder: Any) -> Iterator[str]:
    for checks in recorder.checks.values():
        for each in checks:
            if (found := each.failure_info) is not None:
                failure = found.failure
                yield f"{each.name}: {failure.title}\n{failure.message}\n{found.code_sample}"
