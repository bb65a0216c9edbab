"""Following the log without a gap, also when events commit in another order than their ids.

PostgreSQL: every id below the newest one seen is either read, or a hole that an open transaction
may still fill. A barrier closes them: a transaction id taken *after* that newest id was seen bounds
all transactions that hold a smaller event id, because writers take theirs before an event id. Once
the oldest running transaction is past it, one more read finds the rest, and the log is settled up
to there. (`pg_snapshot_xmax` in place of a fresh transaction id loses events.)
SQLite: one writer at a time, so whatever is readable is settled.
"""

import time
from typing import Any

from django.db import connection
from django.db.models import Max

from obeya.plant.log.models import OperationsEvent

MOST_AT_ONCE = 5_000
_LOOK_BACK = 10_000  # ids below the newest in which a follower from now on looks for holes


class Unsettled(RuntimeError):
    """A transaction has been open for so long that the log's end cannot be told."""


class Tailer:
    """read() gives every event after `settled` exactly once, in the order in which it is seen."""

    def __init__(self, settled: int) -> None:
        self.settled = settled
        self._newest = settled
        self._sent: set[int] = set()
        self._barrier: tuple[int, int] | None = None

    @classmethod
    def from_now(cls) -> "Tailer":
        """Skips what is readable now, not what is still being committed."""
        newest = newest_id()
        tailer = cls(newest if connection.vendor == "sqlite" else max(0, newest - _LOOK_BACK))
        tailer._sent = set(_ids(tailer.settled, newest))
        tailer._newest = newest
        return tailer

    @property
    def has_holes(self) -> bool:
        """Something was seen that is not settled yet: read again soon."""
        return bool(self._sent)

    def read(self) -> list[OperationsEvent]:
        following = OperationsEvent.objects.filter(pk__gt=self._newest).order_by("pk")
        if connection.vendor == "sqlite":
            rows = list(following[:MOST_AT_ONCE])
            self.settled = self._newest = rows[-1].pk if rows else self.settled
            return rows
        rows = [*self._late(self._newest), *following[:MOST_AT_ONCE]]
        self._sent.update(row.pk for row in rows)
        self._newest = max([self._newest, *(row.pk for row in rows)])
        return rows + self._settle()

    def _settle(self) -> list[OperationsEvent]:
        if self._barrier is None:
            if self._sent:
                self._barrier = (self._newest, fresh_transaction())  # in this order
            return []
        newest, transaction = self._barrier
        if oldest_running() < transaction:
            return []
        late = self._late(newest)  # read after the barrier was passed
        self.settled, self._barrier = newest, None
        self._sent = {each for each in self._sent if each > newest}
        return late

    def _late(self, newest: int) -> list[OperationsEvent]:
        """What filled a hole; ids first, because nearly all of them were sent already."""
        holes = [each for each in _ids(self.settled, newest) if each not in self._sent]
        return list(OperationsEvent.objects.filter(pk__in=holes).order_by("pk")) if holes else []


def newest_id() -> int:
    return OperationsEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0


def settled_id(patience_s: float = 20.0) -> int:
    """The id up to which no event can appear any more."""
    newest = newest_id()
    if connection.vendor == "sqlite":
        return newest
    transaction = fresh_transaction()
    end = time.monotonic() + patience_s
    while oldest_running() < transaction:
        if time.monotonic() > end:
            raise Unsettled(
                f"A transaction has been open for more than {patience_s:.0f} s."
                " Find it in pg_stat_activity and end it, then try again."
            )
        time.sleep(0.01)
    return newest


def fresh_transaction() -> int:
    return int(_one("SELECT pg_current_xact_id()::text"))


def oldest_running() -> int:
    return int(_one("SELECT pg_snapshot_xmin(pg_current_snapshot())::text"))


def _ids(after: int, upto: int) -> Any:
    found = OperationsEvent.objects.filter(pk__gt=after, pk__lte=upto)
    return found.values_list("pk", flat=True)


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
