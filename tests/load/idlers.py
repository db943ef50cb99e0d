"""`python -m tests.load.idlers PORT COUNT headers|forms PATH COOKIE`: who says a byte now and then.

Each of so many connections begins a request, and then goes on byte by byte, one byte in some
seconds. Whoever is let go of comes back. It writes a line when all of them are there, and stays
until its input ends.
"""

import contextlib
import select
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle

from stemhulp.local.environment import BASE_DIR
from tests.local.doors import trusting

EVERY = 4.0  # seconds between two bytes of a connection
LONGEST = 10.0  # seconds to be let in
HEADERS = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
FORMS = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nmening="
)
OPENINGS = {"headers": HEADERS, "forms": FORMS}


class Idlers:
    def __init__(self, port: int, count: int, opening: bytes, *, is_secret: bool) -> None:
        self._port, self._opening = port, opening
        self._context = trusting() if is_secret else None
        self._open = [self._begin() for _ in range(count)]

    def _begin(self) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self._port), timeout=LONGEST)
        each = self._context.wrap_socket(plain) if self._context else plain
        each.sendall(self._opening)
        return each

    def stay(self) -> None:
        """Until the input ends."""
        pause = EVERY / len(self._open)
        for at in cycle(range(len(self._open))):
            if select.select([sys.stdin], [], [], pause)[0]:
                return
            if not self._says_more(self._open[at]):
                self._open[at].close()
                with contextlib.suppress(OSError):
                    self._open[at] = self._begin()

    def _says_more(self, each: socket.socket) -> bool:
        """Whether it is still listened to."""
        try:
            each.settimeout(0)
            each.recv(1)  # an answer, or the end
        except (BlockingIOError, ssl.SSLWantReadError):
            with contextlib.suppress(OSError):
                each.settimeout(LONGEST)
                each.sendall(b"a")
                return True
        except OSError:
            pass
        return False


@contextlib.contextmanager
def idling(
    port: int, count: int, kind: str, path: str, cookie: str, *, is_secret: bool = False
) -> Iterator[None]:
    """So many of them in a process of their own, so that they slow nobody else here down."""
    command = [sys.executable, "-m", "tests.load.idlers", str(port), str(count), kind, path, cookie]
    with subprocess.Popen(
        [*command, *(["tls"] if is_secret else [])],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        if process.stdout.readline() != f"{count} are there\n":
            raise RuntimeError("Not all connections were let in; see the lines above.")
        yield
        process.stdin.close()
        process.wait(60)


def main(port: str, count: str, kind: str, path: str, cookie: str, *secret: str) -> None:
    opening = OPENINGS[kind].format(path=path, cookie=cookie).encode()
    idlers = Idlers(int(port), int(count), opening, is_secret=bool(secret))
    sys.stdout.write(f"{count} are there\n")
    sys.stdout.flush()
    idlers.stay()


if __name__ == "__main__":
    main(*sys.argv[1:])
