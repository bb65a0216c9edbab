"""Waiting until another process may have committed: a hint, with a longest wait behind it."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from obeya.plant.log.wake import CHANNEL

TICK_S = 0.025  # SQLite: how often PRAGMA data_version is looked at
LONGEST_S = 1.0


class Wake:
    """One per thread; the first wait() returns at once."""

    def __init__(self, *channels: str) -> None:
        self.channels = channels or (CHANNEL,)
        self._listener: Any = None
        self._seen: int | None = None

    def wait(
        self, longest_s: float = LONGEST_S, until: Callable[[], bool] = lambda: False
    ) -> list[tuple[str, str]]:
        """Return what was notified (PostgreSQL), at the latest after longest_s."""
        if connection.vendor == "postgresql":
            return self._wait_for_notify(longest_s)
        self._wait_for_version(longest_s, until)
        return []

    def close(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _wait_for_notify(self, longest_s: float) -> list[tuple[str, str]]:
        import psycopg  # noqa: PLC0415 - not needed on SQLite

        if self._listener is None:
            parameters = connection.get_connection_params()
            known = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
            given = {name: parameters[name] for name in known if parameters.get(name)}
            self._listener = psycopg.connect(**given, autocommit=True)
            for channel in self.channels:
                self._listener.execute(f'LISTEN "{channel}"')
            return []
        try:
            notes = self._listener.notifies(timeout=longest_s, stop_after=1)
            return [(note.channel, note.payload) for note in notes]
        except psycopg.OperationalError:
            self.close()
            time.sleep(TICK_S)
            return []

    def _wait_for_version(self, longest_s: float, until: Callable[[], bool]) -> None:
        end = time.monotonic() + longest_s
        with connection.cursor() as cursor:
            while True:
                cursor.execute("PRAGMA data_version")
                [version] = cursor.fetchone()
                if version != self._seen or until() or time.monotonic() >= end:
                    self._seen = version
                    return
                time.sleep(TICK_S)
