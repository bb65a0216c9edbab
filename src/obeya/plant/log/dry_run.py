"""Trying something out beside the plant: others write on meanwhile."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from obeya.plant.log import append_only

_COPY_A_TABLE = (
    "CREATE TEMPORARY TABLE {table} (LIKE {there} INCLUDING ALL)",
    "INSERT INTO {table} SELECT * FROM {there}",
)
_IDS_GO_ON = (
    "SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE((SELECT MAX({key}) FROM {table}), 1))"
)


@contextmanager
def beside_the_plant() -> Iterator[None]:
    """What this thread writes within is lost; nobody waits for it.

    SQLite lets one write at a time, so that a trial of seconds would stop the whole floor: there
    it runs on a copy of the file. On PostgreSQL it would hold the rows that it changes: there
    temporary tables, which only its own connection sees, stand before those of the plant; the
    log and the books it adds to in earnest, so that the caller must undo its transaction. Inside
    a transaction, whose rows no copy has, the caller's own rollback undoes the whole trial.
    """
    if connection.in_atomic_block:
        yield
        return
    plant = connections[DEFAULT_DB_ALIAS]
    with _copied(plant) as copy:
        connections[DEFAULT_DB_ALIAS] = copy
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = plant


@contextmanager
def _copied(plant: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    copy = connections.create_connection(DEFAULT_DB_ALIAS)
    with tempfile.TemporaryDirectory(prefix="obeya-trial-") as folder, closing(copy):
        if plant.vendor == "sqlite":
            copy.settings_dict = _settings_of_copy(plant, Path(folder, "copy.sqlite3"))
            plant.ensure_connection()
            copy.ensure_connection()
            plant.connection.backup(copy.connection)
        else:
            copy.settings_dict = {**plant.settings_dict}
            _stand_before_the_tables(copy)
        yield copy


def _settings_of_copy(plant: BaseDatabaseWrapper, file: Path) -> dict[str, Any]:
    """Those of the plant, except that nothing of a copy must survive a power cut."""
    options = plant.settings_dict["OPTIONS"]
    start = f"{options['init_command']}; PRAGMA synchronous=OFF"
    return {
        **plant.settings_dict,
        "NAME": file,
        "OPTIONS": {**options, "init_command": start},
    }


def _stand_before_the_tables(copy: BaseDatabaseWrapper) -> None:
    """An unqualified name means the temporary table, where there is one of it."""
    from psycopg import sql  # noqa: PLC0415 - only where there is a PostgreSQL

    copy.ensure_connection()
    raw = copy.connection
    with raw.transaction(), raw.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")  # all of one moment
        schema = cursor.execute("SELECT current_schema()").fetchone()[0]
        for table, key in _copied_tables():
            names = {
                "table": sql.Identifier(table),
                "there": sql.Identifier(schema, table),
                "key": sql.Identifier(key),
            }
            for statement in _COPY_A_TABLE:
                cursor.execute(sql.SQL(statement).format(**names), [])
            place = [copy.ops.quote_name(table), key]
            cursor.execute(sql.SQL(_IDS_GO_ON).format(**names), place)
    with raw.cursor() as cursor:
        for table, _ in _copied_tables():
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def _copied_tables() -> list[tuple[str, str]]:
    """Those of the kernel that are written over, each with the column of its id."""
    books = set(append_only.models())
    kernel = [
        app
        for app in apps.get_app_configs()
        if app.name.startswith("obeya.plant.") and app.label != "log"
    ]
    return [
        (model._meta.db_table, str(model._meta.pk.column))
        for app in kernel
        for model in app.get_models()
        if model not in books
    ]
