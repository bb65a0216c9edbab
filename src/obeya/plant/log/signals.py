"""Live messages (presence, draft commands, progress): never in the log, lost on a restart.

In this process by a call; to other processes by NOTIFY on PostgreSQL. On SQLite they pass through a
small file of their own beside the database, which is never synced to disk: a signal neither waits
for the database's writer nor holds it up, and readers notice it by that file's data_version.
"""

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from obeya.plant.log.canonical import canonical_text

CHANNEL = "obeya_signal"
KEPT_S = 60
_LONGEST_NOTE = 7_900  # bytes that NOTIFY carries
ME = uuid.uuid4().hex

_local = threading.local()


@dataclass(frozen=True)
class Signal:
    topic: str
    payload: Mapping[str, Any]


class SignalTooLong(ValueError):
    """A signal is a hint; send an id and let the receiver fetch the rest."""


Receiver = Callable[[Signal], None]
_receivers: list[Receiver] = []


def send(topic: str, payload: Mapping[str, Any]) -> None:
    """Tell all processes; inside a transaction, once it has committed."""
    text = canonical_text(payload)
    if len(text.encode()) + len(topic) > _LONGEST_NOTE - 100:
        raise SignalTooLong(f"{topic}: {len(text)} characters. Send ids, at most 7,500 characters.")
    transaction.on_commit(lambda: _send_now(topic, text), robust=True)


def subscribe(receiver: Receiver) -> Callable[[], None]:
    """Called for every signal of any process while `live` runs; returns how to stop."""
    _receivers.append(receiver)
    return lambda: _receivers.remove(receiver) if receiver in _receivers else None


def deliver(topic: str, text: str) -> None:
    signal = Signal(topic, json.loads(text))
    for receiver in list(_receivers):
        receiver(signal)


def _send_now(topic: str, text: str) -> None:
    deliver(topic, text)
    if connection.vendor == "postgresql":
        note = json.dumps([ME, topic, text], ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, note])
    else:
        mailbox = _mailbox()
        mailbox.execute(
            "INSERT INTO signal (sender, topic, payload, sent_at) VALUES (?, ?, ?, ?)",
            [ME, topic, text, int(time.time())],
        )


def deliver_note(note: str) -> None:
    """What LISTEN brought; our own were delivered when they were sent."""
    sender, topic, text = json.loads(note)
    if sender != ME:
        deliver(topic, text)


class Mailbox:
    """SQLite: reads what other processes sent since it was opened."""

    def __init__(self) -> None:
        self._file = _mailbox()
        [newest] = self._file.execute("SELECT coalesce(max(id), 0) FROM signal").fetchone()
        self._last: int = newest
        self._version = -1

    def has_news(self) -> bool:
        [version] = self._file.execute("PRAGMA data_version").fetchone()
        changed, self._version = version != self._version, version
        return bool(changed)

    def deliver(self) -> None:
        rows = self._file.execute(
            "SELECT id, sender, topic, payload FROM signal WHERE id > ? ORDER BY id", [self._last]
        ).fetchall()
        for number, sender, topic, text in rows:
            self._last = number
            if sender != ME:
                deliver(topic, text)


def sweep(**_: Any) -> None:
    """Timetable: forget what everybody has read by now."""
    if connection.vendor == "sqlite":
        _mailbox().execute("DELETE FROM signal WHERE sent_at < ?", [int(time.time()) - KEPT_S])


def _mailbox() -> sqlite3.Connection:
    """This thread's connection to the file beside the database."""
    path = f"{connection.settings_dict['NAME']}-signals"
    if getattr(_local, "path", None) != path:
        file = sqlite3.connect(path, isolation_level=None, timeout=5)
        file.execute("PRAGMA journal_mode=WAL").fetchone()
        file.execute("PRAGMA synchronous=OFF")
        file.execute(
            "CREATE TABLE IF NOT EXISTS signal (id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " sender TEXT, topic TEXT, payload TEXT, sent_at INTEGER)"
        )
        _local.path, _local.file = path, file
    return _local.file  # type: ignore[no-any-return]
