"""Configuration: the environment comes in here, and nowhere else.

Every variable stands in the table in README.md. What is missing and needed stops the start
with a sentence that says so; nothing is fetched or guessed on import.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def required(name: str, help_text: str) -> str:
    """The value of an environment variable; ImproperlyConfigured, with help, when it is empty."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {help_text}. `make demo` sets it by itself.")
    return value


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", "a random text of 50 characters or more, kept secret")
# Old keys, comma-separated: answers that a voter gave under one of them stay readable.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("HTTPS", default=True)

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "parties",
    "statements",
    "stemhulp.editions",
    "stemhulp.quiz",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stemhulp.quiz.problems.ProblemMiddleware",
]

ROOT_URLCONF = "stemhulp.urls"
WSGI_APPLICATION = "stemhulp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASE = env.db_url_config(
    required("DATABASE_URL", "the PostgreSQL server, as postgres://user:password@host/name")
)
DATABASE_OPTIONS = DATABASE.get("OPTIONS", {})
if "host" in DATABASE_OPTIONS:  # a Unix socket: postgres://user:password@/name?host=/run/postgresql
    DATABASE["HOST"] = DATABASE_OPTIONS.pop("host")
DATABASE["OPTIONS"] = {
    "connect_timeout": 3,
    "pool": {"min_size": 0, "max_size": 8, "timeout": 5},
    **DATABASE_OPTIONS,
}
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}

# Voters. How long a process may show what it knows before it asks the database again, where it
# keeps files for the day there is no database, how much it holds in memory, and how long answers
# in the cookie stay readable.
EDITIONS_REFRESH_SECONDS = env.float("EDITIONS_REFRESH_SECONDS", default=5.0)
GUIDES_REFRESH_SECONDS = env.float("GUIDES_REFRESH_SECONDS", default=300.0)
EDITIONS_FOLDER = env.path("EDITIONS_FOLDER", default=str(BASE_DIR / ".local" / "editions"))
EDITIONS_MEMORY_MB = env.int("EDITIONS_MEMORY_MB", default=256)
ANSWERS_MAX_AGE_SECONDS = env.int("ANSWERS_MAX_AGE_SECONDS", default=24 * 60 * 60)

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "stemhulp.quiz.problems.forbidden"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024  # the largest form is the page of weights, some 2 KB
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading HSTS is the domain owner's decision

# Errors go to standard error. Never a request's body, cookie or query string: they may hold
# a voter's answers.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
