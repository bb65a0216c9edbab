"""frePPLe's records, whether they come as a JSON fixture or as exported sheets."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from obeya.modules.exchange.reading import numbers, read_book, times, values
from obeya.modules.exchange.reading.archive import LIMITS
from obeya.modules.exchange.reading.book import Book, BrokenCell, Cell
from obeya.modules.exchange.reading.values import Unreadable
from obeya.modules.exchange.refusals import Fault, FileRefused

DURATION = re.compile(r"(?:(\d+)\s+)?(\d+):(\d{2}):(\d{2})(?:\.\d+)?")

#: titles of exported sheets, where they are not the model's name in the plural
TITLES = {
    "salesorder": "demand",
    "purchaseorder": "operationplan",
    "manufacturingorder": "operationplan",
    "distributionorder": "operationplan",
    "billofmaterial": "operationmaterial",
}
PLAN_TYPES = {"purchaseorder": "PO", "manufacturingorder": "MO", "distributionorder": "DO"}
#: column titles of exported sheets, where they are not the field's name with spaces
COLUMNS = {"durationperunit": "durationper", "reorderpoint": "minimum"}

#: what stays behind whole, and why
LEFT_BEHIND = {
    "parameter": "settings of frePPLe's own solver (its currentdate is where a date shift begins)",
    "userpreference": "screen layouts of frePPLe's users",
    "suboperation": "sub-operations are read from the operations' owner",
    "operationdependency": "dependencies beside a routing",
    "report": "reports",
    "forecast": "forecasts: enter them as demand of kind forecast",
}
IDLE = ("", "0", "0.0", "False")  # values that say nothing
NO_DATA = {"id", "name", "lastmodified", "source"}


@dataclass
class Record:
    """One record; a field that cannot be read is noted as a fault and taken as absent."""

    model: str
    number: int  # its place in the file, 1 is the first
    fields: dict[str, Cell]
    faults: list[Fault]
    asked: set[str]  # fields of this model that somebody asked for

    def text(self, name: str) -> str:
        return self._read(name, values.read_text) or ""

    def number_of(self, name: str, default: int = 0) -> Decimal:
        found = self._read(name, numbers.read_decimal)
        return Decimal(default) if found is None else found

    def whole(self, name: str, default: int = 0) -> int:
        found = self._read(name, numbers.read_integer)
        return default if found is None else found

    def seconds(self, name: str) -> Decimal:
        return self._read(name, read_duration) or Decimal(0)

    def minutes(self, name: str) -> Decimal:
        return share(self.seconds(name), 60)

    def days(self, name: str) -> Decimal:
        return share(self.seconds(name), 86_400)

    def moment(self, name: str) -> datetime | None:
        return self._read(name, times.read_datetime)

    def clock(self, name: str) -> time | None:
        return self._read(name, times.read_time)

    def flag(self, name: str, default: bool) -> bool:
        found = self._read(name, values.read_boolean)
        return default if found is None else found

    def _read(self, name: str, read: Any) -> Any:
        self.asked.add(_bare(name))
        cell = self.fields.get(_bare(name))
        if cell is None or cell == "":
            return None
        try:
            if isinstance(cell, BrokenCell):
                raise Unreadable("is an error, not a value", cell.remedy)
            return read(cell)
        except Unreadable as error:
            shown = values.shown(cell)
            self.faults.append(
                Fault(self.model, self.number, name, shown, error.rule, error.remedy)
            )
            return None


@dataclass
class Records:
    """All records by model, and the notes for whoever imports them."""

    by_model: dict[str, list[Record]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _asked: dict[str, set[str]] = field(default_factory=dict)  # model → fields

    def of(self, model: str) -> Iterator[Record]:
        return iter(self.by_model.get(model, []))

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def add(self, model: str, number: int, fields: dict[str, Cell]) -> None:
        asked = self._asked.setdefault(model, set())
        record = Record(model, number, fields, self.faults, asked)
        self.by_model.setdefault(model, []).append(record)

    def note_what_is_left(self) -> None:
        """One note for each model, and each model's fields, that nobody asked for."""
        for model, records in sorted(self.by_model.items()):
            asked = self._asked[model]
            if model in LEFT_BEHIND or not asked:
                reason = LEFT_BEHIND.get(model, "nothing in Obeya holds it yet")
                self.note(f"{len(records)} record(s) of {model} were not carried over: {reason}.")
                continue
            filled = {name for record in records for name, cell in record.fields.items()
                      if values.shown(cell) not in IDLE}  # fmt: skip
            if left := sorted(filled - asked - NO_DATA):
                self.note(f"Of {model} nothing here holds {', '.join(left)}.")

    def current_date(self) -> date | None:
        """The day on which frePPLe's plan stands (its parameter currentdate)."""
        for record in self.by_model.get("parameter", []):
            if record.text("name") == "currentdate":
                at = record.moment("value")
                return at.date() if at else None
        return None

    @classmethod
    def from_fixture(cls, fixture: object) -> Self:
        records = cls()
        if not isinstance(fixture, list):
            raise _no_fixture()
        for number, entry in enumerate(fixture, start=1):
            if not isinstance(entry, dict) or not isinstance(entry.get("fields"), dict):
                raise _no_fixture()
            model = str(entry.get("model", "")).rpartition(".")[2].lower()
            fields = {_bare(name): _cell(value) for name, value in entry["fields"].items()}
            if entry.get("pk") is not None:
                fields.setdefault("name", _cell(entry["pk"]) or "")
            records.add(model, number, {k: v for k, v in fields.items() if v is not None})
        return records

    @classmethod
    def from_book(cls, book: Book) -> Self:
        records = cls(notes=list(book.notes))
        for sheet in book.sheets:
            title = re.sub(r"[\s_-]+", "", sheet.name).lower().removesuffix("s")
            model = TITLES.get(title, title)
            if not sheet.rows:
                continue
            first, *rest = sorted(sheet.rows)
            names = {i: _bare(values.shown(c)) for i, c in sheet.rows[first].items()}
            for number in rest:
                cells = sheet.rows[number]
                fields = {names[i]: cell for i, cell in cells.items() if i in names}
                if title in PLAN_TYPES:
                    fields.setdefault("type", PLAN_TYPES[title])
                records.add(model, number, fields)
        return records


def read_records(path: Path) -> Records:
    """A fixture (.json), or what frePPLe exports: a workbook, or CSV files in a folder or zip."""
    if path.suffix.lower() != ".json":
        return Records.from_book(read_book(path))
    try:
        if path.stat().st_size > LIMITS.file_bytes:
            raise FileRefused(f"{path.name} is too big. Export it from frePPLe in parts.")
        fixture = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        raise FileRefused(f"There is no file {path.name}. Look at its name and folder.") from None
    except (OSError, ValueError, ArithmeticError, RecursionError) as error:
        raise FileRefused(
            f"{path.name} is damaged: it is not complete JSON. Export it from frePPLe again."
        ) from error
    return Records.from_fixture(fixture)


def read_duration(cell: Cell) -> Decimal:
    """Seconds: 86400.0 in a fixture, 1 00:00:00 or 24:00:00 in an export."""
    if isinstance(cell, str) and (match := DURATION.fullmatch(cell.strip())):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return Decimal(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    return times.read_span(cell, "s")


def share(whole: Decimal, parts: Decimal | int) -> Decimal:
    """A share, to the six decimals that are kept."""
    return numbers.exact(round(whole / parts, numbers.DECIMALS))


def _bare(name: str) -> str:
    """item_id, Item and item are one field; so are lead time and leadtime."""
    word = re.sub(r"[\s_-]+", "", name.strip().lower().removesuffix("_id"))
    return COLUMNS.get(word, word)


def _cell(value: object) -> Cell | None:
    if isinstance(value, list) and len(value) == 1:  # a natural key
        value = value[0]
    if isinstance(value, bool | str | Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return None if value is None else str(value)


def _no_fixture() -> FileRefused:
    return FileRefused(
        "The file is no frePPLe fixture: a list of records with model and fields is expected."
    )
