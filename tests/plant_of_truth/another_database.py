"""A run again as another database would have it: longer ids, and rows as they happen to come."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection

from obeya.testing.any_order import rows_in_any_order

Ids = Mapping[str, int]  # the last of each sequence


def last_ids() -> Ids:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        else:
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return {name: last or 0 for name, last in cursor.fetchall()}


@contextmanager
def another_database(before: Ids, after: Ids) -> Iterator[None]:
    """In which the ids of each table get a digit more half way through what a run has written.

    ``before`` and ``after`` that run stood these at the end. PostgreSQL takes no id back with
    what is rolled back, so they are put back here.
    """
    _set({name: _halfway(last, last - before.get(name, 0)) for name, last in after.items()})
    try:
        with rows_in_any_order():
            yield
    finally:
        _set(after)


def _halfway(last: int, written: int) -> int:
    digits = len(str(last + written))
    return 10**digits - 1 - written // 2 if written else last


def _set(ids: Ids) -> None:
    with connection.cursor() as cursor:
        for name, last in ids.items():
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(%s::regclass, %s, %s)", [name, last or 1, last > 0])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, last])
