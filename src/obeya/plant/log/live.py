"""One thread per process that follows the log and the signals, and tells whoever subscribed.

Streams (SSE) stand on it: however many pages are open, the log is read once.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, connection

from obeya.plant.log import signals, wake
from obeya.plant.log.listening import TICK_S, Wake
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.tailer import Tailer

log = logging.getLogger("obeya.live")


@dataclass(frozen=True)
class News:
    """Events as they were seen; who reconnects reads on from `settled`: it repeats, never skips."""

    events: Sequence[OperationsEvent]
    settled: int


Receiver = Callable[[News], None]


class Live:
    def __init__(self) -> None:
        self._receivers: list[Receiver] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._tailer: Tailer | None = None

    def subscribe(self, receiver: Receiver) -> Callable[[], None]:
        """Called in the follower's thread with every news from now on; returns how to stop."""
        with self._lock:
            self._receivers.append(receiver)
        self.start()
        return lambda: self._leave(receiver)

    def start(self) -> None:
        """Idempotent; returns when nothing committed from now on can be missed."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._stop.clear()
                self._ready.clear()
                self._tailer = None
                self._thread = threading.Thread(target=self._follow, name="live", daemon=True)
                self._thread.start()
        self._ready.wait(timeout=10)

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _leave(self, receiver: Receiver) -> None:
        with self._lock:
            if receiver in self._receivers:
                self._receivers.remove(receiver)

    def _follow(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow_until_it_breaks()
            except DatabaseError:
                log.exception("following the log broke; trying again")
                time.sleep(1)
            finally:
                connection.close()

    def _follow_until_it_breaks(self) -> None:
        waker = Wake(wake.CHANNEL, signals.CHANNEL)
        try:
            notes = waker.wait(longest_s=0)  # begins to listen
            mailbox = signals.Mailbox() if connection.vendor == "sqlite" else None
            has_news = mailbox.has_news if mailbox else _never
            if self._tailer is None:
                self._tailer = Tailer.from_now()
            tailer = self._tailer  # kept when the database fails for a while: nothing is skipped
            self._ready.set()
            while not self._stop.is_set():
                for channel, note in notes:
                    if channel == signals.CHANNEL:
                        signals.deliver_note(note)
                if mailbox is not None:
                    mailbox.deliver()
                while events := tailer.read():
                    self._tell(News(events, tailer.settled))
                longest = TICK_S if tailer.has_holes else 1.0
                notes = waker.wait(longest_s=longest, until=has_news)
        finally:
            waker.close()

    def _tell(self, news: News) -> None:
        for receiver in list(self._receivers):
            try:
                receiver(news)
            except Exception:
                log.exception("a receiver of live news failed")


def _never() -> bool:
    return False


live = Live()
subscribe = live.subscribe
