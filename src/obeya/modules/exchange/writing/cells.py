"""One field of a row → what is written into a cell, so that reading it gives the same again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from obeya.modules.exchange.reading.columns import (
    CUSTOM,
    TRANSLATED,
    Column,
    columns_of,
    has_field,
)
from obeya.modules.exchange.reading.values import FORMULA_SIGNS, plain, says_empty
from obeya.modules.exchange.rows import SheetRow

EXCEL_DIGITS = 15


@dataclass(frozen=True)
class Heading:
    """A column to be written: a field, or one language or custom field of it."""

    title: str
    column: Column | None
    group: str = ""
    word: str = ""


def headings(row_class: type[SheetRow], rows: Sequence[Any]) -> list[Heading]:
    """The columns of the sheet, with one for each language and custom field in use."""
    found = [Heading(name, column) for name, column in columns_of(row_class).items()]
    for group, prefix in ((TRANSLATED, "name_"), (CUSTOM, "extra.")):
        if has_field(row_class, group):
            words = sorted({word for row in rows for word in getattr(row, group)})
            found += [Heading(f"{prefix}{word}", None, group, word) for word in words]
    return found


def cell_of(row: Any, heading: Heading) -> Any:
    """A value that openpyxl writes as it is; None for an empty cell."""
    if heading.column is not None:
        return written(getattr(row, heading.column.name))
    values: Mapping[str, object] = getattr(row, heading.group)
    return written(values.get(heading.word))


def written(value: Any) -> Any:
    if isinstance(value, str):
        return escaped(value) or None
    if isinstance(value, Decimal):
        digits = len(value.normalize().as_tuple().digits)
        return value if digits <= EXCEL_DIGITS else plain(value)
    if isinstance(value, tuple):
        return ", ".join(escaped(part) for part in value) or None
    return value


def escaped(text: str) -> str:
    """No spreadsheet must run it, and `(empty)` empties nothing: an apostrophe before it, which
    reading takes off again.
    """
    is_read_as_more = text.startswith((*FORMULA_SIGNS, "'")) or says_empty(text)
    return f"'{text}" if is_read_as_more else text


def as_text(value: Any) -> str:
    """The same value in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def kind_of(column: Column) -> str:
    """How a person writes it: text, number of minutes, one of …"""
    if column.choices:
        return f"one of {', '.join(column.choices)}"
    if column.unit:
        units = {"s": "seconds", "min": "minutes", "h": "hours", "days": "days"}
        return f"number of {units[column.unit]}, or 1:30, or 90 min"
    return {"codes": "codes with commas between"}.get(column.kind, column.kind)
