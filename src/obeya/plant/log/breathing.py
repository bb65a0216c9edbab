"""Long work in parts leaves room between them, so that whoever waits to write comes first."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from obeya.plant.log.sqlite.waiting import look_again_after

_TO_BEGIN_S = 0.004  # from waking up to the lock, on a machine that has other work


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
    """Seconds in which everybody who came while the lock was held has looked once more."""
    return look_again_after(held_s) + _TO_BEGIN_S
