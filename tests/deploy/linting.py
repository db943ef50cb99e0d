"""The product's own settings, with the linter of migrations as one app more: for `make check`."""

from stemhulp.settings import *  # noqa: F403  # all of them, so that nothing else differs
from stemhulp.settings import INSTALLED_APPS as ITS_APPS

INSTALLED_APPS = [*ITS_APPS, "django_migration_linter"]
