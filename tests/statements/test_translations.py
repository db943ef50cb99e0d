"""Which translations may be published, and into which languages there are any."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.utils import timezone

from parties.models import User
from statements.models import Statement, Translation
from statements.translations import Published, digest, is_complete, statement_texts, version_texts
from statements.versions import content_of

DUTCH = {"term": "azc", "explanation": "Een opvanglocatie."}
ENGLISH = {"term": "asylum centre", "explanation": "A place to stay."}


def made(**values: Any) -> Translation:
    at = timezone.now()
    reader, _ = User.objects.get_or_create(email="lezer@example.nl")
    return Translation.objects.create(
        **{
            "language": "en",
            "subject": "term:azc",
            "texts": ENGLISH,
            "source_digest": digest(DUTCH),
            "written_at": at,
            "reviewed_at": at,
            "reviewed_by": reader,
        }
        | values
    )


@pytest.mark.usefixtures("untranslated")
def test_reviewed_translation_may_be_published() -> None:
    made()
    made(language="ar", texts={"term": "م", "explanation": "م"})
    found = Published({"term:azc": DUTCH, "term:anders": DUTCH})
    assert list(found.of("term:azc")) == ["ar", "en"]
    assert found.of("term:azc")["en"] == ENGLISH
    assert found.of("term:anders") == {}


@pytest.mark.usefixtures("untranslated")
@pytest.mark.parametrize(
    "values",
    [
        {"reviewed_at": None, "reviewed_by": None},
        {"source_digest": digest({"term": "azc", "explanation": "Anders."})},
        {"texts": {"term": "asylum centre"}},
        {"texts": {"term": "asylum centre", "explanation": ""}},
    ],
    ids=["draft", "stale", "field missing", "field empty"],
)
def test_what_is_no_draft_no_longer_whole_or_stale_is_not_published(values: Any) -> None:
    made(**values)
    assert Published({"term:azc": DUTCH}).of("term:azc") == {}


def test_what_is_empty_in_dutch_may_be_empty() -> None:
    assert is_complete({"text": "A", "reason": ""}, {"text": "A", "reason": ""})
    assert not is_complete({"text": "A", "reason": ""}, {"text": "A", "reason": "B"})


@pytest.mark.django_db
def test_version_has_the_texts_of_its_statement() -> None:
    for row in Statement.objects.select_related("theme", "source").filter(order=1)[:1]:
        texts = statement_texts(row, list(row.backgrounds.all()))
        assert version_texts(content_of(row)) == texts


@pytest.mark.parametrize("code", ["klingon", "nl", "zh-cn"])
def test_language_that_is_none_stops_the_start(code: str) -> None:
    environment = os.environ | {"TRANSLATED_INTO": f"en,{code},tr"}
    run = subprocess.run(  # our own settings, by this very Python
        [sys.executable, "-c", "import stemhulp.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert f"TRANSLATED_INTO names {code!r}" in run.stderr
