"""Garbage is collected seldom while much is made and little thrown away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

AFTER = (200_000, 20, 100)  # objects of the youngest generation; rounds of it, and of the middle
_ONE_AT_A_TIME = RLock()  # so that the last to end does not put back what another one had set


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Compiling kernels makes millions of objects that stay: looking for dead circles among them
    takes a twentieth of the time, and finds some forty megabytes.
    """
    with _ONE_AT_A_TIME:
        before = gc.get_threshold()
        gc.set_threshold(*AFTER)
        try:
            yield
        finally:
            gc.set_threshold(*before)
