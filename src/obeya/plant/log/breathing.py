"""Long work in parts leaves room between them, so that whoever waits to write comes first."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# How long SQLite lets a writer sleep before it looks again for the lock (sqlite3's busy handler):
# 25 ms after 53 ms of waiting, 50 ms after 128, 100 ms from 228 on. A shorter pause may lie wholly
# within such a sleep, and whoever waits would miss it.
_PAUSES_S = ((0.053, 0.025), (0.128, 0.035), (0.228, 0.06))
_LONGEST_PAUSE_S = 0.11


@contextmanager
def part_of_long_work() -> Iterator[None]:
    """Around one transaction of many: after it, others get the lock that they waited for.

    PostgreSQL keeps writers of different rows apart by itself.
    """
    began = time.perf_counter()
    yield
    if connection.vendor == "sqlite":
        time.sleep(pause_after(time.perf_counter() - began))


def pause_after(held_s: float) -> float:
    """Seconds in which everybody who waits has looked once more."""
    return next((pause for held, pause in _PAUSES_S if held_s <= held), _LONGEST_PAUSE_S)
