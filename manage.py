#!/usr/bin/env python
"""Django's command line; without DATABASE_URL it works on the demo's own database."""

import os
import sys

from django.core.management import execute_from_command_line

from stemhulp.local.environment import local_environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemhulp.settings")
    with local_environment():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
