"""Where a request ends: whoever stands in front and the server itself are of one mind, or refuse.

Else somebody could send half a request that is taken for the beginning of another voter's (request
smuggling; RFC 9112, 6.3 and 11.2).
"""

import contextlib
import socket
import ssl

import pytest

from tests.local.test_front_door import door, web
from tests.local.web import Web

pytestmark = pytest.mark.django_db
__all__ = ["door", "web"]
SMUGGLED = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"  # what would be answered
BEGINNING = b"POST /nergens/ HTTP/1.1\r\nHost: localhost\r\n"
CHUNKS = b"0\r\n\r\n"
REFUSALS = (b"HTTP/1.1 400 ", b"HTTP/1.1 501 ")
# Headers that leave in doubt where the form ends, and the form.
DOUBTFUL = {
    "a length and chunks": (b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", CHUNKS),
    "chunks and a length": (b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", CHUNKS),
    "two lengths": (b"Content-Length: 5\r\nContent-Length: 4\r\n", CHUNKS),
    "two lengths in one": (b"Content-Length: 5, 4\r\n", CHUNKS),
    "a length with a sign": (b"Content-Length: +5\r\n", CHUNKS),
    "a length in another base": (b"Content-Length: 0x5\r\n", CHUNKS),
    "a negative length": (b"Content-Length: -5\r\n", CHUNKS),
    "a coding that is none": (b"Transfer-Encoding: xchunked\r\n", CHUNKS),
    "chunks that come first": (b"Transfer-Encoding: chunked, identity\r\n", CHUNKS),
    "a space before the colon": (b"Transfer-Encoding : chunked\r\n", CHUNKS),
    "a line that goes on": (b"Transfer-Encoding:\r\n chunked\r\n", CHUNKS),
    "a size that is none": (b"Transfer-Encoding: chunked\r\n", b"zz\r\n\r\n0\r\n\r\n"),
    "a size beyond any number": (b"Transfer-Encoding: chunked\r\n", b"f" * 17 + b"\r\n\r\n"),
}


def told(connection: socket.socket, sent: bytes) -> bytes:
    """All that is answered until the other side closes or says nothing more."""
    connection.settimeout(1)
    found = b""
    with contextlib.suppress(OSError):
        connection.sendall(sent)
        while piece := connection.recv(65536):
            found += piece
    return found


def through_the_door(port: int, sent: bytes) -> bytes:
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        unchecked.wrap_socket(plain) as sealed,
    ):
        return told(sealed, sent)


def answers(web: Web, door: int, sent: bytes) -> dict[str, bytes]:
    """Through the door, and of the server itself, which may stand behind another one."""
    with socket.create_connection(("127.0.0.1", web.port), timeout=5) as plain:
        return {"door": through_the_door(door, sent), "server": told(plain, sent)}


def test_nothing_is_smuggled(web: Web, door: int) -> None:
    sound = BEGINNING + b"Content-Length: 5\r\n\r\n" + CHUNKS + SMUGGLED
    for answer in answers(web, door, sound).values():
        assert b"User-agent" in answer  # what is sent soundly after a form, is answered
    wrong = []
    for name, (headers, form) in DOUBTFUL.items():
        found = answers(web, door, BEGINNING + headers + b"\r\n" + form + SMUGGLED)
        wrong += [
            (name, where, answer[:40])
            for where, answer in found.items()
            if answer.count(b"HTTP/1.1 ") != 1 or b"User-agent" in answer
        ]
        if not found["door"].startswith(REFUSALS):
            wrong.append((name, "is let through the door", found["door"][:40]))
    assert wrong == []
