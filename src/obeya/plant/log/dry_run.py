"""Trying something out beside the plant: others write on meanwhile."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def beside_the_plant() -> Iterator[None]:
    """What this thread writes within is lost; nobody waits for it.

    SQLite lets one write at a time, so that a trial of seconds would stop the whole floor: there
    it runs on a copy. PostgreSQL keeps writers apart by itself; there, and inside a transaction,
    whose rows no copy has, the caller's own rollback undoes the trial.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="obeya-trial-") as folder:
        plant = connections[DEFAULT_DB_ALIAS]
        copy = connections.create_connection(DEFAULT_DB_ALIAS)
        copy.settings_dict = _settings_of_copy(plant, Path(folder, "copy.sqlite3"))
        with closing(copy):
            plant.ensure_connection()
            copy.ensure_connection()
            plant.connection.backup(copy.connection)
            connections[DEFAULT_DB_ALIAS] = copy
            try:
                yield
            finally:
                connections[DEFAULT_DB_ALIAS] = plant


def _settings_of_copy(plant: BaseDatabaseWrapper, file: Path) -> dict[str, Any]:
    """Those of the plant, except that nothing of a copy must survive a power cut."""
    options = plant.settings_dict["OPTIONS"]
    start = f"{options['init_command']}; PRAGMA synchronous=OFF"
    return {
        **plant.settings_dict,
        "NAME": file,
        "OPTIONS": {**options, "init_command": start},
    }
