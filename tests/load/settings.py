"""The product's own settings, with one address more: the page that does nothing."""

from stemhulp.settings import *  # noqa: F403  # all of them, so that nothing else differs

ROOT_URLCONF = "tests.load.urls"
