"""Typed rows as text and back, exactly: what was checked is what is taken over."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from obeya.modules.exchange.parts import Numbered
from obeya.modules.exchange.rows import SheetRow

TAGS: tuple[tuple[type, str, Callable[[str], Any]], ...] = (  # a datetime is a date: it comes first
    (Decimal, "$decimal", Decimal),
    (datetime, "$datetime", datetime.fromisoformat),
    (date, "$date", date.fromisoformat),
    (time, "$time", time.fromisoformat),
)
READERS = {tag: reader for _, tag, reader in TAGS}


def to_text(numbered: Numbered) -> str:
    names = [each.name for _, row in numbered[:1] for each in fields(row)]
    table = {
        "fields": names,
        "numbers": [number for number, _ in numbered],
        "rows": [[getattr(row, name) for name in names] for _, row in numbered],
    }
    return json.dumps(table, default=_tagged, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str, row_class: type[SheetRow]) -> Numbered:
    table = json.loads(text, object_hook=_untagged)
    names = table["fields"]
    rows = [
        row_class(**{name: _as_in_a_row(value) for name, value in zip(names, row, strict=True)})
        for row in table["rows"]
    ]
    return list(zip(table["numbers"], rows, strict=True))


def _tagged(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    for kind, tag, _ in TAGS:
        if isinstance(value, kind):
            return {tag: str(value) if kind is Decimal else value.isoformat()}
    raise TypeError(f"{type(value).__name__} {value!r} cannot be kept as a cell of an import.")


def _untagged(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        [(tag, text)] = found.items()
        if (reader := READERS.get(tag)) is not None:
            return reader(text)
    return found


def _as_in_a_row(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
