"""The published rules for headers, as functions: what each response would score, or lacks.

Mozilla's HTTP Observatory (github.com/mdn/mdn-http-observatory, its table of scores as of 2025)
begins at 100, takes off for what is missing, and adds what is earned beyond that where 90 or more
is left. internet.nl looks at the same headers, at some of them more closely.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

LEAST_FOR_MORE = 90
NOT_MODIFIED = 304
HALF_A_YEAR, YEAR = 15_768_000, 31_536_000
UNSAFE = re.compile(r"'unsafe-|\bdata:|\bhttps?:(?!//)|(?<![\w.*/-])\*(?![\w.])")
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def policy_of(response: Any) -> dict[str, str]:
    """The content security policy: sources by directive."""
    written = response.headers.get("Content-Security-Policy", "")
    parts = (each.strip().partition(" ") for each in written.split(";") if each.strip())
    return {name: sources.strip() for name, _, sources in parts}


def score(response: Any) -> int:
    """Of one response over https, by the Observatory's table."""
    changes = list(_changes(response))
    left = 100 + sum(each for each in changes if each < 0)
    return left + sum(each for each in changes if each > 0) if left >= LEAST_FOR_MORE else left


def _changes(response: Any) -> Iterator[int]:
    headers, policy = response.headers, policy_of(response)
    yield _policy(policy)
    yield 5 if "frame-ancestors" in policy else 0 if "X-Frame-Options" in headers else -20
    yield _referrer(headers)
    yield _transport(headers)
    yield 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
    resource = headers.get("Cross-Origin-Resource-Policy", "cross-origin")
    yield {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(resource, -5)
    yield -50 if "Access-Control-Allow-Credentials" in headers else 0
    yield _cookies(response.cookies)
    yield -50 if foreign_scripts(response) else 0


def _policy(policy: Mapping[str, str]) -> int:
    if not policy:
        return -25
    if any(UNSAFE.search(sources) for sources in policy.values()):
        return -20
    is_closed = policy.get("default-src") == "'none'"
    return 10 if is_closed and policy.get("form-action") in {"'none'", "'self'"} else 5


def _referrer(headers: Mapping[str, str]) -> int:
    if "Referrer-Policy" not in headers:
        return 0
    return 5 if headers["Referrer-Policy"] in PRIVATE else -5


def _transport(headers: Mapping[str, str]) -> int:
    found = re.match(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    if not found:
        return -20
    return 0 if int(found[1]) >= HALF_A_YEAR else -10


def _cookies(cookies: Mapping[str, Any]) -> int:
    kept = {name: each for name, each in cookies.items() if each["max-age"] != 0}
    if not kept:
        return 0
    if not all(each["secure"] for each in kept.values()):
        return -40
    if not all(each["httponly"] for name, each in kept.items() if name != "csrftoken"):
        return -30
    return 5 if all(each["samesite"] in {"Lax", "Strict"} for each in kept.values()) else -20


def foreign_scripts(response: Any) -> list[str]:
    """Addresses of scripts that come from elsewhere."""
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return []
    sources = re.findall(r'<script[^>]*\ssrc="([^"]*)"', response.content.decode())
    return [each for each in sources if urlsplit(each).netloc]


WANTED = {
    "default-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
WITHOUT_CHARSET = re.compile(r"(text/|application/(xml|[\w.]+\+xml))[^;]*$")
ALLOWED: dict[str, set[str | None]] = {
    "X-Content-Type-Options": {"nosniff"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Embedder-Policy": {"require-corp"},
    "Cross-Origin-Resource-Policy": {"same-origin", "cross-origin"},
    "Server": {None},
    "X-Powered-By": {None},
}


def faults(response: Any) -> Iterator[str]:
    """What internet.nl would say of it, and what we ask beyond that."""
    headers, policy = response.headers, policy_of(response)
    yield from (
        f"{name} is not {value}" for name, value in WANTED.items() if policy.get(name) != value
    )
    for name, sources in {"frame-ancestors": "*", **policy}.items():
        if UNSAFE.search(sources):
            yield f"{name} is {sources}"
    if headers.get("X-Frame-Options") != "DENY" and policy.get("frame-ancestors") == "'none'":
        yield "X-Frame-Options does not say what the policy says"
    transport = headers.get("Strict-Transport-Security", "")
    if f"max-age={YEAR}" not in transport or "includeSubDomains" not in transport:
        yield f"Strict-Transport-Security is {transport!r}"
    for name, allowed in ALLOWED.items():
        if headers.get(name) not in allowed:
            yield f"{name} is {headers.get(name)}"
    kind = headers.get("Content-Type")
    has_body = response.status_code != NOT_MODIFIED and (response.streaming or response.content)
    if has_body and (kind is None or WITHOUT_CHARSET.match(kind)):
        yield f"Content-Type is {kind}"
    if "geolocation=()" not in headers.get("Permissions-Policy", ""):
        yield "no Permissions-Policy"
