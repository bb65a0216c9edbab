"""Pages without offsets: page one thousand costs as much as page one.

The order is: rows with a value, by (value, id) in one direction; then rows without, by id. A page
is read from at most three pieces, each one bounded scan of the same index, whatever the database
thinks of NULLs: rows that tie with the cursor, rows beyond it, rows without a value.

Rows of several states come as one query for each (`Rows`), and each piece is merged from them: an
index by state and date serves every one of them, but not all of them at once.
"""

import base64
import binascii
import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from obeya.ui.lists.declaration import Column, List

COUNT_CAP = 10_000
CHUNK = 2_000  # rows in memory, where all are asked for
Rows = QuerySet | Sequence[QuerySet]  # queries that share no row


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: the sort value of a row (None: it has none) and its id."""

    value: Any
    row_id: int

    @classmethod
    def at(cls, row: Model, field: str) -> Self:
        return cls(getattr(row, field), row.pk)

    def encode(self, model: type[Model], field: str) -> str:
        text = None
        if self.value is not None:
            text = model._meta.get_field(field).value_to_string(model(**{field: self.value}))
        packed = json.dumps([text, self.row_id], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, model: type[Model], field: str) -> Self | None:
        """None when somebody wrote the address by hand."""
        try:
            packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            value, row_id = json.loads(packed)
            if value is not None:
                value = model._meta.get_field(field).to_python(value)
            return cls(value, int(row_id))
        except (ValueError, TypeError, binascii.Error, ValidationError):
            return None


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    before: Cursor | None  # give it to `backward` for the page before; None on the first page
    after: Cursor | None


def forward(rows: Rows, field: str, descending: bool, size: int, after: Cursor | None) -> Page:
    found = _take(_pieces(rows, field, descending, after), field, descending, size + 1)
    page = found[:size]
    return Page(
        page,
        before=Cursor.at(page[0], field) if after and page else None,
        after=Cursor.at(page[-1], field) if len(found) > size else None,
    )


def backward(rows: Rows, field: str, descending: bool, size: int, before: Cursor) -> Page:
    pieces = _pieces(rows, field, descending, before, backward=True)
    found = _take(pieces, field, not descending, size + 1)
    page = found[:size][::-1]
    return Page(
        page,
        before=Cursor.at(page[0], field) if len(found) > size else None,
        after=Cursor.at(page[-1], field) if page else None,
    )


def every(rows: Rows, field: str, descending: bool) -> Iterator[Any]:
    """All rows in the list's order, a chunk in memory at a time."""
    for piece in _pieces(rows, field, descending, None):
        yield from _merged((part.iterator(chunk_size=CHUNK) for part in piece), field, descending)


def capped_count(rows: QuerySet, cap: int = COUNT_CAP) -> tuple[int, bool]:
    """(count, whether there are more): never counts past the cap."""
    counted = rows.order_by()[: cap + 1].count()
    return min(counted, cap), counted > cap


def sort_queries(declared: List, rows: QuerySet) -> Iterator[tuple[Column, QuerySet]]:
    """Every query that sorting this list can make, for the test that EXPLAINs them."""
    for column in declared.sortable():
        yield from _sort_queries(declared, column, rows)
    column = declared.column(declared.default_sort.removeprefix("-"))
    if declared.state and column:
        for value in (*declared.state.open, *declared.state.done):
            alike = rows.filter(**{declared.state.field: value})
            yield from _sort_queries(declared, column, alike)


def _sort_queries(
    declared: List, column: Column, rows: QuerySet
) -> Iterator[tuple[Column, QuerySet]]:
    probe = Cursor(_some_value(rows.model, column.sort), 1)
    for descending in (False, True):
        for after in (None, probe):
            for piece in _pieces(rows, column.sort, descending, after):
                yield from ((column, part[: declared.page_size + 1]) for part in piece)


def _some_value(model: type[Model], name: str) -> Any:
    field = model._meta.get_field(name)
    samples = {
        "CharField": "A",
        "TextField": "A",
        "DateTimeField": "2026-01-01T00:00:00+00:00",
        "DateField": "2026-01-01",
    }
    return field.to_python(samples.get(field.get_internal_type(), 1))


def _take(pieces: Iterator[list[QuerySet]], field: str, is_falling: bool, size: int) -> list[Any]:
    found: list[Any] = []
    for piece in pieces:
        room = size - len(found)
        found.extend(islice(_merged((part[:room] for part in piece), field, is_falling), room))
        if len(found) == size:
            break
    return found


def _merged(parts: Iterable[Iterable[Any]], field: str, is_falling: bool) -> Iterator[Any]:
    """Of one piece: its rows all have a value, the same one, or none of them has any."""
    alike = list(parts)
    if len(alike) == 1:
        yield from alike[0]
        return
    last = None
    for row in heapq.merge(
        *alike, key=lambda row: (getattr(row, field), row.pk), reverse=is_falling
    ):
        if row.pk != last:  # else it went from one state to another between two queries
            yield row
        last = row.pk


def _pieces(
    rows: Rows, field: str, descending: bool, cursor: Cursor | None, backward: bool = False
) -> Iterator[list[QuerySet]]:
    parts = [rows] if isinstance(rows, QuerySet) else rows
    each_parts = [_pieces_of(part, field, descending, cursor, backward) for part in parts]
    return map(list, zip(*each_parts, strict=True))


def _pieces_of(
    rows: QuerySet, field: str, descending: bool, cursor: Cursor | None, backward: bool
) -> Iterator[QuerySet]:
    falling = descending is not backward
    beyond, sign = ("lt", "-") if falling else ("gt", "")
    by_id = f"{sign}pk"
    has_nulls = rows.model._meta.get_field(field).null
    valued = rows.order_by(f"{sign}{field}", by_id)
    if has_nulls:
        valued = valued.filter(**{f"{field}__isnull": False})
    missing = rows.filter(**{f"{field}__isnull": True}).order_by(by_id)

    if cursor is None:
        yield from [valued, *([missing] if has_nulls else [])][:: -1 if backward else 1]
    elif cursor.value is None:
        yield missing.filter(**{f"pk__{beyond}": cursor.row_id})
        if backward:
            yield valued
    else:
        ties = rows.filter(**{field: cursor.value, f"pk__{beyond}": cursor.row_id})
        yield ties.order_by(by_id)
        yield valued.filter(**{f"{field}__{beyond}": cursor.value})
        if has_nulls and not backward:
            yield missing
