"""What tests of the quiz share."""

from collections.abc import Iterator

import pytest

from stemhulp.quiz.views import public


@pytest.fixture
def rendered_anew() -> Iterator[None]:
    """The pages that are the same for everyone are made for this test."""
    public.forget()
    yield
    public.forget()
