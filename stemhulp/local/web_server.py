"""How granian serves the product, in the demo as in the benchmarks."""

import sys

# One thread for each worker: a voter's page is a millisecond of Python without a wait in it, and
# threads that take turns at the interpreter make it half as slow again.
OPTIONS = {"interface": "wsgi", "blocking-threads": "1", "log-level": "warning"}

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
    return [sys.executable, "-m", "granian", "stemhulp.wsgi:application", *arguments]
