"""Several reads of the plant as it stood at one moment, while everybody goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within is of one moment, that of the first read; nobody waits for it.

    Inside a transaction of the caller its own rules hold. Write nothing within: PostgreSQL refuses
    it, and SQLite would once somebody else had written.
    """
    if connection.in_atomic_block:
        yield
        return
    with _begun():
        yield


@contextmanager
def _begun() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # it keeps nobody waiting, so it may think between two reads as long as it must
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield
        return
    # the plant's own transactions take the lock for writing at once, and this one never does
    here: Any = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()  # its settings are read with the first one
    usual = here.transaction_mode
    here.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            here.transaction_mode = usual
            yield
    finally:
        here.transaction_mode = usual
