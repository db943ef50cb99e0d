"""What a handout costs the process that makes it: milliseconds in which it serves nobody else."""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from stemhulp.handouts.flyer import flyer_pdf
from stemhulp.handouts.images import preview_image, result_image
from stemhulp.handouts.result import result_pdf
from tests.handouts.samples import AT, names, preview_card, result_card, sample_flyer, sheet
from tests.load.matching import PARTIES

# Each with a text of its own: what typst set before, it would only copy.
HANDOUTS: dict[str, Callable[[str], bytes]] = {
    "result_pdf": lambda text: result_pdf(sheet(names(PARTIES), title=text), AT),
    "result_image": lambda text: result_image(result_card(title=text)),
    "preview_image": lambda text: preview_image(preview_card(title=text)),
    "flyer": lambda text: flyer_pdf(sample_flyer(place=text), "a4", AT),
}


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    for name, make in HANDOUTS.items():
        first, *others = [_milliseconds(make, number) for number in range(6 if quick else 31)]
        waits, cpu = zip(*others, strict=True)
        yield {
            "name": f"handouts/{name}",
            "value": round(statistics.median(waits), 1),
            "unit": "ms",
            "slowest": round(max(waits), 1),
            "first": round(first[0], 1),  # the very first one in a process reads the fonts
            "cpu": round(min(cpu), 1),  # on all cores
        }


def _milliseconds(make: Callable[[str], bytes], number: int) -> tuple[float, float]:
    """How long making one takes, and how much CPU time."""
    wait, cpu = time.perf_counter(), time.process_time()
    make(f"Verzonnen gemeente {number}")
    return 1000 * (time.perf_counter() - wait), 1000 * (time.process_time() - cpu)
