"""The WSGI application that the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from stemhulp.watch import log, processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemhulp.settings")

log.catch_threads()
processes.prepare()
application = get_wsgi_application()

from stemhulp.watch import exporter  # noqa: E402  # when the folder of its figures is known

exporter.serve()

# What is loaded by now stays: the collector need not look through it again and again. Pages leave
# no cycles behind, so it can wait for more than the usual 700 new objects; one page makes as many.
gc.freeze()
gc.set_threshold(20_000, 20, 50)
