"""Configuration: the environment comes in here, and nowhere else.

Every variable stands in the table in README.md. What is missing and needed stops the start
with a sentence that says so; nothing is fetched or guessed on import.
"""

import re
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from stemhulp import configuration
from stemhulp.logo import logo_in
from stemhulp.secure.secret import fault_of, help_with

BASE_DIR = Path(__file__).resolve().parent.parent

env = configuration.environment()


def required(name: str, help_text: str) -> str:
    """The value of an environment variable; ImproperlyConfigured, with help, when it is empty."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {help_text}. `make demo` sets it by itself.")
    return value


def embed_hosts(hosts: list[str]) -> list[str]:
    """The sites as they are; ImproperlyConfigured for what is none."""
    for host in hosts:
        if not re.fullmatch(r"https?://(\*\.)?[a-z0-9.-]+(:(\d+|\*))?", host):
            raise ImproperlyConfigured(
                f"EMBED_HOSTS names {host!r}, which is no site. Write it as https://krant.example "
                "or https://*.krant.example, without a path; separate several by commas."
            )
    return hosts


def hops(written: str) -> int:
    """How many proxies stand in front; ImproperlyConfigured for what is no number."""
    meant = {"": 0, "off": 0, "false": 0, "no": 0, "on": 1, "true": 1, "yes": 1}
    text = written.strip().lower()
    if text in meant:
        return meant[text]
    if not re.fullmatch(r"[0-9]", text):
        raise ImproperlyConfigured(
            f"BEHIND_PROXY is {written!r}. It is the number of proxies between people and this "
            "server that each add an address to X-Forwarded-For: 0 (or off), 1 (or on), 2, …"
        )
    return int(text)


def contacts(written: list[str]) -> list[str]:
    """Addresses as security.txt wants them (RFC 9116, 2.5.3); ImproperlyConfigured otherwise."""
    found = [
        f"mailto:{each}" if re.fullmatch(r"[^\s:@]+@[^\s:@]+", each) else each for each in written
    ]
    for each in found:
        if not re.fullmatch(r"(mailto:[^\s@]+@|https://|tel:)[^\s]+", each):
            raise ImproperlyConfigured(
                f"SECURITY_CONTACT names {each!r}. Write an e-mail address, or a page that begins "
                "with https://, where someone can report a weakness; separate several by commas."
            )
    return found


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", "a random text of 50 characters or more, kept secret")
# Old keys, comma-separated: answers that a voter gave under one of them stay readable.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
for key in (SECRET_KEY, *SECRET_KEY_FALLBACKS):
    if fault := fault_of(key):
        which = "SECRET_KEY" if key == SECRET_KEY else "A key among SECRET_KEY_FALLBACKS"
        raise ImproperlyConfigured(help_with(which, fault))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("HTTPS", default=True)

# The address under which people reach us: in mails there is no request to read it from.
SITE_URL = required("SITE_URL", "the site's own address, such as https://stemhulp.example")
# How many stand in front whose headers about a request are believed. Whoever asks may write any
# X-Forwarded-For: only what the last so many added to it, is theirs.
BEHIND_PROXY = hops(env.str("BEHIND_PROXY", default=""))
DEMO = env.bool("DEMO", default=False)  # accounts and mails that anyone may see

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # stemhulp.administration makes its own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "corsheaders",
    "django_htmx",
    "django_tasks_db",
    "template_partials",
    "parties",
    "statements",
    "stemhulp.watch",
    "stemhulp.editions",
    "stemhulp.use",
    "stemhulp.quiz",
    "stemhulp.opendata",
    "stemhulp.publication",
    "stemhulp.demo",
]

MIDDLEWARE = [
    "stemhulp.watch.middleware.WatchMiddleware",
    "stemhulp.secure.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "stemhulp.opendata.api.middleware.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stemhulp.quiz.middleware.VenueMiddleware",
    "stemhulp.quiz.middleware.LanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "stemhulp.secure.limits.LimitsMiddleware",
    "parties.problems.ProblemMiddleware",
    "stemhulp.editions.middleware.NoDatabaseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "parties.accounts.sessions.SessionEndsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "stemhulp.urls"
WSGI_APPLICATION = "stemhulp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",  # for Django's admin
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASE = env.db_url_config(
    required("DATABASE_URL", "the PostgreSQL server, as postgres://user:password@host/name")
)
# What stands between us and the server: PgBouncer in transaction mode keeps no session.
DATABASE_POOLER = env.str("DATABASE_POOLER", default="none")
DATABASES = {"default": configuration.database(DATABASE, DATABASE_POOLER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
# In which voters can read the interface. An address without a language is in Dutch.
LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("tr", "Türkçe"),
]
LOCALE_PATHS = [BASE_DIR / "stemhulp" / "locale"]
FORMAT_MODULE_PATH = "stemhulp.locale"
# Into which our texts are translated, beside Dutch; codes of Django's list of languages.
TRANSLATED_INTO = env.list("TRANSLATED_INTO", default=["en", "ar", "uk", "tr"])
for code in TRANSLATED_INTO:
    if "name" not in LANG_INFO.get(code, {}) or code == LANGUAGE_CODE:
        raise ImproperlyConfigured(
            f"TRANSLATED_INTO names {code!r}, which is no language to translate into. Use codes "
            "of Django's list of languages (django.conf.locale.LANG_INFO), such as en,ar,uk,tr."
        )
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # what stands at the root of the site: /embed.js
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
# Where flyers and images are kept that are the same for everyone; they can be made again.
HANDOUTS_FOLDER = env.path("HANDOUTS_FOLDER", default=str(BASE_DIR / ".local" / "handouts"))
# Where downloads and what is told of the whole country are kept; they can be made again.
OPENDATA_FOLDER = env.path("OPENDATA_FOLDER", default=str(BASE_DIR / ".local" / "opendata"))
EDITIONS_MEMORY_MB = env.int("EDITIONS_MEMORY_MB", default=256)
# Whether started and finished quizzes are counted, per municipality and day, without people.
COUNT_USE = env.bool("COUNT_USE", default=False)
ANSWERS_MAX_AGE_SECONDS = env.int("ANSWERS_MAX_AGE_SECONDS", default=24 * 60 * 60)

# People with an account: party staff and VluchtelingenWerk's. They sign in with a code from a mail;
# there are no passwords, and nobody signs up by themselves.
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:lists"
ACCOUNT_ADAPTER = "parties.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code, or the invitation's token, proves the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5  # of eight letters: 20^8 codes
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a second factor that was added or removed
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # parties.accounts.screens does it
ACCOUNT_FORMS = {
    "request_login_code": "parties.accounts.forms.SignInForm",
    "confirm_login_code": "parties.accounts.forms.LoginCodeForm",
}
MFA_ADAPTER = "parties.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "parties.accounts.forms.SecondFactorForm",
    "reauthenticate": "parties.accounts.forms.ConfirmForm",
    "activate_totp": "parties.accounts.forms.ActivateAppForm",
    "add_webauthn": "parties.accounts.forms.NewKeyForm",
    "edit_webauthn": "parties.accounts.forms.KeyNameForm",
    "login_webauthn": "parties.accounts.forms.KeySignInForm",
    "authenticate_webauthn": "parties.accounts.forms.KeySecondFactorForm",
    "reauthenticate_webauthn": "parties.accounts.forms.KeyConfirmForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Stemhulp"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # parties.accounts.sessions ends most of them earlier
SESSION_COOKIE_SECURE = HTTPS
# A browser takes a cookie of such a name only when it is secure and of this host alone.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
MESSAGE_STORAGE = "parties.accounts.messages.Messages"
ALLAUTH_TRUSTED_PROXY_COUNT = BEHIND_PROXY

# Rate limits are counted here, by all processes together, under keys that say nothing. A table
# begins to drop what it holds at 300 rows, unless told otherwise: an attacker would be let in anew.
CACHE = env.cache_url("CACHE_URL", default="dbcache://stemhulp_cache")
CACHE["KEY_FUNCTION"] = "parties.accounts.limits.sealed"
if CACHE["BACKEND"].endswith("DatabaseCache"):
    CACHE["OPTIONS"] = {"MAX_ENTRIES": 200_000, **CACHE.get("OPTIONS", {})}
CACHES = {"default": CACHE}
# For people with an account, beside allauth's own: so many in so long, per person or address. For
# the machines of programmers and of voters (stemhulp.secure.limits): per address and minute.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/m/ip,4/5m/key",
    "invitation": "30/m/ip",
    "invite": "30/10m/user",
    "upload": "20/5m/user",
}
ADDRESS_LIMITS = {"search": 3_000, "documents": 900, "api": 1_200, "match": 600}

# Mail goes out beside the requests, by `manage.py db_worker`; the demo sends at once, to a folder.
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if DEMO
        else "django_tasks_db.DatabaseBackend"
    }
}
MAIL_FOLDER = env.path("MAIL_FOLDER", default=str(BASE_DIR / ".local" / "mail"))
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # where voters tell what does not work
# Where a weakness can be reported: /.well-known/security.txt.
SECURITY_CONTACT = contacts(env.list("SECURITY_CONTACT", default=[]))
# Who decides about people's data (AVG, art. 4, 7): name and postal address, on the privacy page.
RESPONSIBLE = env.str("RESPONSIBLE", default="")
# Of whoever offers this, in the place of our own mark. No logo of anybody is in the repository.
LOGO = logo_in(env.str("LOGO_FILE", default=""))
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="Stemhulp <stemhulp@localhost>")
EMAIL_TIMEOUT = 10  # seconds that somebody who asked for a code waits; workers wait longer
if DEMO:
    EMAIL_BACKEND = "stemhulp.demo.mail.FolderBackend"
else:
    required("EMAIL_URL", "the server that sends mail, as smtp+tls://user:password@host:587")
    vars().update(env.email_url("EMAIL_URL"))

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
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# Pages of other sites may read the open data, without cookies, and nothing else.
CORS_URLS_REGEX = r"^/(api|([a-z]{2}/)?open-data)/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("accept", "content-type", "if-none-match", "range")
CORS_EXPOSE_HEADERS = ("content-range", "etag", "link", "retry-after")
# Who may show the quiz in a frame, as sources of the policy's frame-ancestors.
EMBED_HOSTS = embed_hosts(env.list("EMBED_HOSTS", default=[]))
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# Who keeps watch asks beside the proxy; a program is refused, so that its maker notices.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^api/v1/."]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_FAILURE_VIEW = "stemhulp.quiz.problems.forbidden"
LARGEST_BODY = 2 * 2**20 + 64 * 2**10  # bytes; a spreadsheet is 10 KB, a list of all parties 300
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading HSTS is the domain owner's decision

# Those who keep watch (stemhulp.watch). Logs go to standard error: each line is made of an
# allow-list of fields. Never a request's address, body, cookie or query string: they may hold a
# voter's answers.
LOG_FORMAT = env.str("LOG_FORMAT", default="json")
if LOG_FORMAT not in {"json", "plain"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it can be json or plain.")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
METRICS_PORT = env.int("METRICS_PORT", default=0)
METRICS_HOST = env.str("METRICS_HOST", default="127.0.0.1")
METRICS_FOLDER = env.path("METRICS_FOLDER", default=str(BASE_DIR / ".local" / "metrics"))
DRAIN_FILE = env.str("DRAIN_FILE", default="")
LOG_HANDLERS = ["console", "lines", *(["reports"] if SENTRY_DSN else [])]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "stemhulp.watch.log.JsonLines"},
        "plain": {"()": "stemhulp.watch.log.PlainLines"},
    },
    "handlers": {
        "console": {"class": "stemhulp.watch.log.Console", "formatter": LOG_FORMAT},
        "lines": {"class": "stemhulp.watch.figures.Lines"},
        **(
            {"reports": {"class": "stemhulp.watch.reports.Reports", "dsn": SENTRY_DSN}}
            if SENTRY_DSN
            else {}
        ),
    },
    "root": {"handlers": LOG_HANDLERS, "level": "INFO"},
    "loggers": {
        "django": {"handlers": LOG_HANDLERS, "level": "INFO", "propagate": False},
        "django.request": {"handlers": LOG_HANDLERS, "level": "ERROR", "propagate": False},
        # Anybody may send any host, or too much; the line about the request says that it was
        # refused, and a log that strangers fill with errors hides the others.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
        # Development: a line per request is its own, with the whole address.
        "django.server": {"handlers": LOG_HANDLERS, "level": "ERROR", "propagate": False},
        "_granian": {"handlers": LOG_HANDLERS, "level": "WARNING", "propagate": False},
        # A line per request, for machines; people at a terminal want to see the others.
        "stemhulp.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
