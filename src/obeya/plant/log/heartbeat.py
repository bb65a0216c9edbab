"""Keeping a lease alive beside slow work, from a thread with its own connection."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

log = logging.getLogger("obeya.worker")


@contextmanager
def beating(beat: Callable[[Any], None], subject: Any, *, every_s: float) -> Iterator[None]:
    """Call beat(subject) every so often until the block ends; short blocks never see it."""
    over = threading.Event()

    def run() -> None:
        try:
            while not over.wait(every_s):
                _one(beat, subject)
        finally:
            connection.close()

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def _one(beat: Callable[[Any], None], subject: Any) -> None:
    """A database that is busy for a moment costs one beat, not the lease."""
    try:
        beat(subject)
    except Exception:
        log.exception("a heartbeat of %s failed; the next one follows", subject)
        connection.close()
