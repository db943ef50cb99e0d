"""Values that are made once and kept for a while."""

import threading
import time

from pytest_django.fixtures import Settings

from stemhulp.editions.store import Shelf


def test_many_threads_at_once_make_a_value_once() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        time.sleep(0.05)
        return key.upper()

    shelf = Shelf(make)
    got: list[str | None] = []
    threads = [threading.Thread(target=lambda: got.append(shelf.get("a"))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["A"] * 20
    assert made == ["a"]


def test_what_does_not_exist_takes_no_room(settings: Settings) -> None:
    shelf: Shelf[str] = Shelf(lambda key: None)
    for number in range(100):
        assert shelf.get(str(number)) is None
    assert not shelf._kept


def test_value_is_made_again_when_it_is_old(settings: Settings) -> None:
    settings.EDITIONS_REFRESH_SECONDS = 0
    values = iter([1, 2])
    shelf = Shelf(lambda key: next(values))
    assert (shelf.get("a"), shelf.get("a")) == (1, 2)
