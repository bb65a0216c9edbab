"""Numba tells of each call of LLVM twice, to all who wait for a function around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numba.core import event


@contextmanager
def unheard() -> Iterator[None]:
    """Nobody is told meanwhile: only what measures Numba itself would listen."""
    before = event.start_event, event.end_event
    event.start_event = event.end_event = _tell_nobody
    try:
        yield
    finally:
        event.start_event, event.end_event = before


def _tell_nobody(*_: Any, **__: Any) -> None:
    """Take what would be told."""
