"""How the store fares, as figures that Prometheus reads. Without a label: no voter is in them."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily

from stemhulp.editions import store


class StoreCollector:
    """Asks the store at the moment that somebody reads."""

    def collect(self) -> Iterator[Metric]:
        health, since = store.health(), store.stale_since()
        stale = (datetime.now().astimezone() - since).total_seconds() if since else 0.0
        for name, value, meaning in (
            ("stale_seconds", stale, "Seconds that the database could not be reached; 0 if it can"),
            ("contests", health["contests"], "Contests of which an edition is known"),
            ("known", health["editions"], "Editions that are known"),
            ("held", health["held_in_memory"], "Editions in memory"),
        ):
            yield GaugeMetricFamily(f"stemhulp_editions_{name}", meaning, value=value)


registry = CollectorRegistry()
registry.register(StoreCollector())
