"""nginx as deploy/ has it, in front of a web process."""

import contextlib
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

from stemhulp.local.environment import BASE_DIR
from stemhulp.local.processes import end_with_parent
from tests.local.programs import program
from tests.local.runs import free_port
from tests.local.waiting import wait_until

DEPLOY = BASE_DIR / "deploy"
CONNECTIONS = 20_000  # more than any test has; all its voters come from one address
RATE = "100000r/s"


@contextlib.contextmanager
def opened(web: int, folder: Path, *, in_any_number: bool = False) -> Iterator[int]:
    """Its port, in front of the port of a web process; `in_any_number` counts no requests.

    The files are those of deploy/, but for certificate and ports, and for how many connections
    one address may have.
    """
    nginx, port = program("nginx"), free_port()
    file = folder / "nginx.conf"
    file.write_text(_configuration(web, port, folder, in_any_number=in_any_number))
    process = subprocess.Popen(
        [nginx, "-c", str(file), "-p", str(folder)],
        preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  # only prctl
    )
    try:
        wait_until(lambda: _is_open(port))
        yield port
    finally:
        process.terminate()
        process.wait(20)


def trusting() -> ssl.SSLContext:
    """Of a certificate that was made for this run."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _configuration(web: int, port: int, folder: Path, *, in_any_number: bool) -> str:
    key, certificate = _certified(folder)
    site = (DEPLOY / "nginx" / "site.conf").read_text()
    upstream = (DEPLOY / "nginx" / "upstream-debian.conf").read_text()
    for here, there in (
        ("listen 443 ssl default_server", f"listen 127.0.0.1:{port} ssl default_server"),
        ("\tlisten [::]:443 ssl default_server;\n", ""),
        ("\tlisten [::]:80 default_server;\n", ""),
        ("listen 80 default_server", f"listen 127.0.0.1:{free_port()} default_server"),
        ("/etc/stemhulp/tls/fullchain.pem", str(certificate)),
        ("/etc/stemhulp/tls/privkey.pem", str(key)),
        ("limit_conn connections 200", f"limit_conn connections {CONNECTIONS}"),
        *([("rate=60r/s", f"rate={RATE}")] if in_any_number else []),
    ):
        assert here in site, here
        site = site.replace(here, there)
    upstream = upstream.replace("127.0.0.1:8001", f"127.0.0.1:{web}")
    upstream = "\n".join(line for line in upstream.splitlines() if "8002" not in line)
    places = [f"{kind}_temp_path {folder};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi")]
    places.append(f"client_body_temp_path {folder};")
    return (
        f"daemon off; user root; pid {folder}/pid; error_log stderr crit;\n"
        f"events {{ worker_connections 8192; }}\nhttp {{ {' '.join(places)}\n{upstream}\n{site}\n}}"
    )


def _certified(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    command = [program("openssl"), *made, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
