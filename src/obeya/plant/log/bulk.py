"""insert_many: rows in bulk, without the ORM's price per row (executemany, COPY)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, TypeVar

from django.db import connections, router
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=Model)
_FEW = 50  # below, one INSERT … VALUES … RETURNING is quicker than a stream
_MOST_PARAMETERS = 30_000
_WORTH_COUNTING = 0.2  # of the rows that PostgreSQL knows of
_AS_THEY_ARE = {
    "AutoField": int,
    "BigAutoField": int,
    "BigIntegerField": int,
    "BooleanField": bool,
    "CharField": str,
    "IntegerField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "SmallIntegerField": int,
    "TextField": str,
}
_PLAIN_PREPARATIONS = {
    each.get_prep_value for each in (AutoField, BooleanField, CharField, IntegerField, TextField)
}


def insert_many(objects: Sequence[M], *, ids: bool = False) -> list[M]:
    """Insert rows of one model; set their ids on request. Neither save() nor signals run."""
    rows = list(objects)
    if not rows:
        return rows
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields = _written_fields(model, rows)
    columns = [_prepared(connection, field, _given(field, rows)) for field in fields]
    values = list(zip(*columns, strict=True))
    if ids and rows[0].pk is None:
        _insert_returning(connection, model, fields, rows, values)
        _look_over(connection, model, len(rows))
    else:
        _insert_values(connection, model, fields, values)
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias
    return rows


def insert_columns(model: type[Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given as columns by attribute name: without an object for each of them."""
    connection = connections[router.db_for_write(model)]
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    prepared = [_prepared(connection, by_name[n], given) for n, given in columns.items()]
    values = list(zip(*prepared, strict=True))
    if values:
        _insert_values(connection, model, fields, values)
        _look_over(connection, model, len(values))


def _insert_values(connection: Any, model: type[Model], fields: Any, values: Any) -> None:
    if connection.vendor == "postgresql" and len(values) > _FEW:
        _copy(connection, model, fields, values)
    else:
        _execute_many(connection, model, fields, values)


def _look_over(connection: Any, model: type[Model], count: int) -> None:
    """Let PostgreSQL count what has come, so that it plans the next questions by it.

    Without, a join of four tables that an import has just filled ran for ten minutes. It is no
    question about rows, hence past Django's cursor; whoever counts the same table meanwhile is
    not waited for. What comes in small parts is counted when it is a good part of the whole.
    """
    if connection.vendor != "postgresql" or count <= _FEW:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    known = connection.connection.execute(
        "SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table]
    ).fetchone()[0]
    if count >= known * _WORTH_COUNTING:
        connection.connection.execute(f"ANALYZE (SKIP_LOCKED) {table}")


def _given(field: Any, rows: Sequence[Model]) -> list[Any]:
    if type(field).pre_save is not Field.pre_save:
        return [field.pre_save(row, True) for row in rows]
    return [getattr(row, field.attname) for row in rows]


def _prepared(connection: Any, field: Any, given: Sequence[Any]) -> Sequence[Any]:
    """What the database is told, row by row; the same as save() would tell it."""
    if len(given) > _FEW and _stays_as_it_is(field, given):
        return given
    kinds = set(map(type, given))
    if len(given) > _FEW and (kinds <= {Decimal, NoneType} or _are_in_utc(kinds, given)):
        said = {one: field.get_db_prep_save(one, connection=connection) for one in set(given)}
        return [said[one] for one in given]  # many are alike
    return [field.get_db_prep_save(value, connection=connection) for value in given]


def _are_in_utc(kinds: set[type], given: Sequence[Any]) -> bool:
    """Elsewhere two hours of an autumn night are equal, and an hour apart."""
    return kinds <= {datetime, NoneType} and all(one is None or one.tzinfo is UTC for one in given)


def _stays_as_it_is(field: Any, given: Sequence[Any]) -> bool:
    """Whether these values are what the field would make of them: numbers, texts, truths."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    own = _AS_THEY_ARE.get(field.get_internal_type())
    if own is None or type(field).get_prep_value not in _PLAIN_PREPARATIONS:
        return False
    return set(map(type, given)) <= {own, NoneType}


def _written_fields(model: type[Model], rows: Sequence[Model]) -> list[Any]:
    fields: list[Any] = []
    for field in model._meta.concrete_fields:
        if field.primary_key and rows[0].pk is None:
            continue
        if not field.has_db_default():
            fields.append(field)
            continue
        given = [not isinstance(getattr(row, field.attname), DatabaseDefault) for row in rows]
        if all(given):
            fields.append(field)
        elif any(given):
            raise ValueError(f"{field} is given for some rows only. Give it for all or none.")
    return fields


def _insert(connection: Any, model: type[Model], fields: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608


def _execute_many(connection: Any, model: type[Model], fields: Any, values: Any) -> None:
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"{_insert(connection, model, fields)}({marks})", values)


def _copy(connection: Any, model: type[Model], fields: Any, values: Any) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    with (
        connection.wrap_database_errors,  # Django's cursor does so for its own methods alone
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as stream,
    ):
        for row in values:
            stream.write_row(row)


def _insert_returning(
    connection: Any, model: type[Model], fields: Any, rows: Sequence[Model], values: Any
) -> None:
    if connection.vendor == "postgresql" and len(rows) > _FEW:
        _reserve_ids(connection, model, rows)
        id_field = model._meta.pk
        with_ids = [[row.pk, *each] for row, each in zip(rows, values, strict=True)]
        _copy(connection, model, [id_field, *fields], with_ids)
        return
    row_marks = f"({', '.join(['%s'] * len(fields))})"
    id_column = connection.ops.quote_name(model._meta.pk.column)
    chunk = max(1, _MOST_PARAMETERS // max(1, len(fields)))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), chunk):
            part = values[start : start + chunk]
            marks = ", ".join([row_marks] * len(part))
            cursor.execute(
                f"{_insert(connection, model, fields)}{marks} RETURNING {id_column}",
                [value for row in part for value in row],
            )
            # ids are handed out in the order of the VALUES list, but returned in any order
            made = sorted(each[0] for each in cursor.fetchall())
            for row, made_id in zip(rows[start : start + chunk], made, strict=True):
                row.pk = made_id


def _reserve_ids(connection: Any, model: type[Model], rows: Sequence[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, len(rows)],
        )
        for row, (made_id,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = made_id
