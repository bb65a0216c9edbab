"""Django's SQLite, where whoever waits to write looks for the lock every few milliseconds.

SQLite's own wait (`sqlite3_busy_timeout`) sleeps 25 to 100 ms between two looks once it has waited
for some moments. Whoever writes part after part would have to leave as long a gap after each, or
take the lock again before anybody has looked.
"""

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

from obeya.plant.log.sqlite.waiting import look_again_after

WRITING = ("BEGIN", "INSERT", "UPDATE", "DELETE", "REPLACE")
# By another writer, or by whoever reads again what a killed one left in the log. A snapshot that
# is too old (SQLITE_BUSY_SNAPSHOT) grows no younger by waiting.
TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> "Cursor":
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.longest_s = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        return cursor


class Cursor(base.SQLiteCursorWrapper):
    """Within a transaction the lock is held; outside, each statement that writes takes it."""

    longest_s: float

    def execute(self, query: str, params: Any = None) -> Any:
        """Wait as long as `timeout` says, and no longer."""
        if self.connection.in_transaction or not query.startswith(WRITING):
            return super().execute(query, params)
        began = time.monotonic()
        self._sqlite_waits_itself(0)
        try:
            while True:
                is_last = time.monotonic() - began >= self.longest_s
                try:
                    return super().execute(query, params)
                except sqlite3.OperationalError as refused:
                    if is_last or refused.sqlite_errorcode not in TAKEN:
                        raise
                time.sleep(look_again_after(time.monotonic() - began))
        finally:
            self._sqlite_waits_itself(self.longest_s)

    def _sqlite_waits_itself(self, seconds: float) -> None:
        """In all other statements."""
        self.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1_000)}")
