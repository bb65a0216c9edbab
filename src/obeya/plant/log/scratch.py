"""A database of its own for a bench, and what its transactions took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from obeya.plant.log import append_only


@contextmanager
def scratch_database() -> Iterator[None]:
    """A test database, gone afterwards; on SQLite with the same settings for a power cut."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        append_only.guard_all(connection)
        yield
    finally:
        connection.creation.destroy_test_db(str(name), verbosity=0)


@contextmanager
def timed_transactions() -> Iterator[list[float]]:
    """How long each transaction of this connection was open, in seconds."""
    took: list[float] = []
    began = 0.0
    switch = connection.set_autocommit

    def noted(autocommit: bool, *arguments: Any, **named: Any) -> None:
        nonlocal began
        switch(autocommit, *arguments, **named)
        if autocommit:
            took.append(time.perf_counter() - began)
        else:
            began = time.perf_counter()

    connection.set_autocommit = noted  # type: ignore[method-assign]
    try:
        yield took
    finally:
        del connection.set_autocommit
