"""Django's SQLite, where whoever waits to write looks for the lock every few milliseconds.

SQLite's own wait (`sqlite3_busy_timeout`) sleeps 25 to 100 ms between two looks once it has waited
for some moments. Whoever writes part after part would have to leave as long a gap after each, or
take the lock again before anybody has looked.
"""

import sqlite3
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from obeya.plant.log.sqlite.waiting import look_again_after


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """BEGIN IMMEDIATE, which waits as long as `timeout` says, and no longer."""
        longest_s = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        began = time.monotonic()
        self._sqlite_waits_itself(0)
        try:
            while not self._has_begun(is_last=time.monotonic() - began >= longest_s):
                time.sleep(look_again_after(time.monotonic() - began))
        finally:
            self._sqlite_waits_itself(longest_s)

    def _has_begun(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as refused:
            if is_last or not _is_taken(refused.__cause__):
                raise
            return False
        return True

    def _sqlite_waits_itself(self, seconds: float) -> None:
        """In the statements that begin no transaction."""
        self.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1_000)}")


def _is_taken(cause: Any) -> bool:
    """By another writer, and not for good."""
    return (
        isinstance(cause, sqlite3.OperationalError)
        and cause.sqlite_errorcode == sqlite3.SQLITE_BUSY
    )
