"""The worker's loops, one thread each: fast reactions; slow reactions, runs and the timetable."""

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import DatabaseError, connection

from obeya.plant.log import deliveries, runs, timetable
from obeya.plant.log.listening import Wake

log = logging.getLogger("obeya.worker")

LANES = ("fast", "slow")
Turn = Callable[[], object]


def work(lanes: Sequence[str], stop: threading.Event) -> None:
    """Until stop is set; what is being done then is ended, or taken up again by the next worker."""
    turns: list[tuple[str, Turn, float]] = []
    if "fast" in lanes:
        turns += [("fast", lambda: deliveries.drain("fast"), 1.0)]
    if "slow" in lanes:
        turns += [
            ("slow", lambda: deliveries.drain("slow"), 1.0),
            ("runs", lambda: runs.drain(stop.is_set), 1.0),
            ("timetable", timetable.fire, 1.0),
        ]
    threads = [
        threading.Thread(target=_loop, args=(*turn, stop), name=turn[0], daemon=True)
        for turn in turns
    ]
    for thread in threads:
        thread.start()
    log.info("working: %s", ", ".join(thread.name for thread in threads))
    stop.wait()
    for thread in threads:
        thread.join(timeout=2)


def _loop(name: str, turn: Turn, longest_s: float, stop: threading.Event) -> None:
    waker = Wake()
    try:
        while not stop.is_set():
            try:
                waker.wait(longest_s, until=stop.is_set)
                turn()
            except DatabaseError:
                log.exception("%s: the database refused; trying again", name)
                connection.close()
                stop.wait(1)
            except Exception:
                log.exception("%s failed; trying again", name)
                stop.wait(1)
    finally:
        waker.close()
        connection.close()
