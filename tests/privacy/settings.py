"""The product's settings, with one thing more: a header that makes a request fail.

Only this test names these settings; nothing in the product knows of the header.
"""

from stemhulp.settings import *  # noqa: F403
from stemhulp.settings import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "tests.privacy.failing.FailingMiddleware"]
