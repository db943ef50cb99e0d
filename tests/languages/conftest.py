"""gettext's programs, which collect and merge."""

import os
import shutil

import pytest


@pytest.fixture
def gettext() -> None:
    """Without them a test is skipped; where nothing may be skipped, it fails."""
    if shutil.which("xgettext") is None and not os.environ.get("REQUIRE_BROWSER"):
        pytest.skip("no xgettext found; on Debian: apt-get install gettext")
