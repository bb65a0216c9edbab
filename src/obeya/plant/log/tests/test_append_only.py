"""Posted rows stay as they were posted, whatever somebody tries."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, models, transaction

from obeya.plant.log import append_only
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.tests.probe import name_sites

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = [pytest.param(model, id=model._meta.label) for model in append_only.models()]


def quote(name):
    return connection.ops.quote_name(name)


def any_value(field, number):
    """Some value that fits the column; each a different one, so that no two places are equal."""
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 11, 23, 6, number % 60, tzinfo=UTC)
    plain = {models.DateField: date(2026, 11, 23), models.TimeField: time(6)}
    plain |= {models.BooleanField: False, models.DecimalField: Decimal(number)}
    for kind, value in plain.items():
        if isinstance(field, kind):
            return value
    return "{}" if isinstance(field, models.TextField) else number


@pytest.fixture
def row_of():
    """Insert one row straight into a table: neither foreign keys nor actions are the point here."""

    def insert(model):
        fields = [
            f
            for f in model._meta.concrete_fields
            if not f.null or f.primary_key or (f.is_relation and f.related_model is not model)
        ]
        values = [f.get_db_prep_save(any_value(f, n), connection) for n, f in enumerate(fields, 1)]
        columns = ", ".join(quote(f.column) for f in fields)
        marks = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys = OFF")
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            else:
                cursor.execute("SET session_replication_role = replica")
            cursor.execute(
                f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", values
            )
        return columns, marks, values

    yield insert
    connection.close()


def refused(sql, values=()):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql, values)
    return True


@pytest.mark.parametrize("model", TABLES)
def test_no_row_can_be_changed_deleted_replaced_or_truncated(model, row_of):
    columns, marks, values = row_of(model)
    table = quote(model._meta.db_table)
    some_column = quote(model._meta.concrete_fields[1].column)

    assert refused(f"UPDATE {table} SET {some_column} = {some_column}")
    assert refused(f"DELETE FROM {table}")
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", values)
        assert refused(f"REPLACE INTO {table} ({columns}) VALUES ({marks})", values)
    else:
        assert refused(f"TRUNCATE {table} CASCADE")
        conflict = f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE"
        assert refused(f"{conflict} SET {some_column} = excluded.{some_column}", values)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (1,)


def test_the_log_and_the_ledgers_are_registered():
    labels = {model._meta.label for model in append_only.models()}

    assert {
        "log.OperationsEvent",
        "log.ChangeRow",
        "log.GuardOverride",
        "log.EventSeal",
        "ledgers.StockMove",
        "ledgers.TimeLog",
        "ledgers.CostEntry",
    } - labels <= {"ledgers.TimeLog"}  # an open span is closed in place


def test_every_migrated_table_is_guarded():
    assert append_only.unguarded(connection) == []


def test_a_table_that_was_remade_is_guarded_again(ann):
    """SQLite remakes a table for AddField with a default, and loses its triggers."""
    name_sites(names=["KES"], by=ann)
    field = models.SmallIntegerField(default=0)
    field.set_attributes_from_name("remade")
    field.model = OperationsEvent
    with connection.schema_editor() as editor:
        editor.add_field(OperationsEvent, field)
    lost = append_only.unguarded(connection)
    assert lost == (["log_operationsevent"] if connection.vendor == "sqlite" else [])

    append_only.guard_all(connection)

    assert append_only.unguarded(connection) == []
    assert refused("DELETE FROM log_operationsevent")


def test_guards_that_somebody_dropped_are_found(ann):
    with append_only.lifted(connection, "log_operationsevent"):
        assert append_only.unguarded(connection) == ["log_operationsevent"]

    assert append_only.unguarded(connection) == []
