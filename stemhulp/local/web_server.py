"""How granian serves the product: in the demo, in the benchmarks and on a server."""

import sys

# One thread for each worker: a voter's page is a millisecond of Python without a wait in it, and
# threads that take turns at the interpreter make it half as slow again.
#
# A connection counts from the moment it is there, also while nobody says anything on it: thousands
# of them, silent or saying a byte now and then, keep nobody out, and a header takes ten seconds at
# most. A form that comes byte by byte does hold up a worker: a proxy in front takes it in first
# (deploy/). Whoever stops the server waits for requests in flight, half a minute at most.
OPTIONS = {
    "interface": "wsgi",
    "blocking-threads": "1",
    "backlog": "4096",
    "backpressure": "8192",
    "respawn-interval": "1",  # s
    "http1-header-read-timeout": "10000",  # ms
    "workers-kill-timeout": "30",  # s
    "log-level": "warning",
}

# glibc gives memory back to the system after each page and asks for it anew for the next, which
# costs as much as the page. These have it keep some (mallopt(3)). Other systems ignore them.
KEEP_MEMORY = {
    "MALLOC_TRIM_THRESHOLD_": str(256 * 2**20),
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TOP_PAD_": str(4 * 2**20),
}


def command(host: str, port: int, *, workers: int) -> list[str]:
    options = {**OPTIONS, "host": host, "port": str(port), "workers": str(workers)}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    # A worker that is killed is started anew, beside the others; else all of them would end.
    arguments.append("--respawn-failed-workers")
    return [sys.executable, "-m", "granian", "stemhulp.wsgi:application", *arguments]
