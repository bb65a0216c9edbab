"""Rows that never change, held by triggers; a model joins by `append_only = True`.

With `append_only_until = "ended_at"` besides, an open row may be ended, once: that column from null
to a value, and nothing else with it. Such a model is guarded by guard_all() alone, not by an
AppendOnly in a migration, because its trigger names the columns of the table as it is in the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation
from django.db.models import Model

_FUNCTION = """CREATE OR REPLACE FUNCTION obeya_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS = 1
    AND to_jsonb(OLD) ->> TG_ARGV[0] IS NULL AND to_jsonb(NEW) ->> TG_ARGV[0] IS NOT NULL
    AND to_jsonb(OLD) - TG_ARGV[0] = to_jsonb(NEW) - TG_ARGV[0] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$"""


def models() -> list[type[Model]]:
    """Every append-only model, in a fixed order."""
    found = [m for m in apps.get_models() if getattr(m, "append_only", False)]
    return sorted(found, key=lambda model: model._meta.db_table)


def tables() -> list[str]:
    return [model._meta.db_table for model in models()]


def guard(connection: BaseDatabaseWrapper, *names: str) -> None:
    """Install the triggers; again and again does no harm."""
    with connection.cursor() as cursor:
        for statement in _guarding(connection.vendor, names):
            cursor.execute(statement)


def guard_all(connection: BaseDatabaseWrapper) -> None:
    """After every migrate: a table that SQLite remade has lost its triggers."""
    guard(connection, *tables())


def unguarded(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables whose triggers are missing, of those that should have them."""
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = {row[0] for row in cursor.fetchall()}
    return [t for t in tables() if not set(_trigger_names(connection.vendor, t)) <= present]


@contextmanager
def lifted(connection: BaseDatabaseWrapper, *names: str) -> Iterator[None]:
    """Around a restore or a flush between tests; nothing else may use it."""
    _release(connection, names)
    try:
        yield
    finally:
        guard(connection, *names)


class AppendOnly(Operation):
    """In a migration, beside the CreateModel: AppendOnly("StockMove", …)."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *model_names: str) -> None:
        self.model_names = model_names

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        return (self.__class__.__qualname__, list(self.model_names), {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The tables look the same to Django."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for statement in _guarding(
            schema_editor.connection.vendor, self._tables(app_label, to_state)
        ):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for statement in _releasing(
            schema_editor.connection.vendor, self._tables(app_label, to_state)
        ):
            schema_editor.execute(statement, params=None)

    def _tables(self, app_label: str, state: Any) -> list[str]:
        return [state.apps.get_model(app_label, m)._meta.db_table for m in self.model_names]

    def describe(self) -> str:
        return f"Guard {', '.join(self.model_names)} against change"


def _release(connection: BaseDatabaseWrapper, names: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in _releasing(connection.vendor, names):
            cursor.execute(statement)


def _guarding(vendor: str, names: Any) -> list[str]:
    if vendor == "sqlite":
        return [statement for table in names for statement in _guarding_sqlite(table)]
    statements = [_FUNCTION]
    for table in names:
        change, truncate = _trigger_names(vendor, table)
        until = f"'{_until(table)}'" if _until(table) else ""
        statements += [
            f"CREATE OR REPLACE TRIGGER {change} BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION obeya_refuse_change({until})",
            f"CREATE OR REPLACE TRIGGER {truncate} BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION obeya_refuse_change()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {change}",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {truncate}",
        ]
    return statements


def _guarding_sqlite(table: str) -> list[str]:
    update, delete, replace = _trigger_names("sqlite", table)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    same = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
    return [
        f"DROP TRIGGER IF EXISTS {update}",  # its columns may have become more
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {_unless_it_ends(table)}{refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {delete} BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {replace} BEFORE INSERT ON {table} WHEN {same} {refuse}",
    ]


def _until(table: str) -> str:
    """The column that an open row of the table may still get, or nothing."""
    model = next((each for each in models() if each._meta.db_table == table), None)
    return getattr(model, "append_only_until", "")


def _unless_it_ends(table: str) -> str:
    if not (until := _until(table)):
        return ""
    model = next(each for each in models() if each._meta.db_table == table)
    columns = [f.column for f in model._meta.concrete_fields if f.column != until]
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return f"WHEN OLD.{until} IS NOT NULL OR NEW.{until} IS NULL OR {changed} "


def _releasing(vendor: str, names: Any) -> list[str]:
    of = "" if vendor == "sqlite" else " ON {table}"
    return [
        f"DROP TRIGGER IF EXISTS {trigger}{of.format(table=table)}"
        for table in names
        for trigger in _trigger_names(vendor, table)
    ]


def _trigger_names(vendor: str, table: str) -> tuple[str, ...]:
    whats = ("update", "delete", "replace") if vendor == "sqlite" else ("change", "truncate")
    return tuple(f"{table}_no_{what}" for what in whats)
