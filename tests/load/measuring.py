"""One figure: how long something takes, and how it is told."""

import time
from collections.abc import Callable
from typing import Any


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def figure(name: str, value: float, unit: str, **more: float) -> dict[str, Any]:
    shown = {key: round(each, 2) for key, each in more.items()}
    return {"name": name, "value": round(value, 2), "unit": unit, **shown}
