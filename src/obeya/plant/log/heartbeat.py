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
                beat(subject)
        except Exception:
            log.exception("heartbeat of %s stopped", subject)
        finally:
            connection.close()

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
