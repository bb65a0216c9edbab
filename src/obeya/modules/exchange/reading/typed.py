"""A sheet of cells → the typed rows of the room that owns it, and every fault on the way."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from obeya.modules.exchange.reading.book import BrokenCell, Cell, Sheet, column_letters
from obeya.modules.exchange.reading.columns import (
    CUSTOM,
    TRANSLATED,
    Column,
    columns_of,
    folded,
    has_field,
    split_unit,
)
from obeya.modules.exchange.reading.values import Unreadable, read_text, says_empty, shown
from obeya.modules.exchange.refusals import Fault
from obeya.modules.exchange.rows import SheetRow, marks_of

HEADER_WITHIN = 10  # rows; above it a file may carry its title
COMMENT = "#"  # a column that begins with it is the owner's own


@dataclass(frozen=True)
class TypedRow:
    """What one row of the sheet says: only the fields whose columns are there."""

    number: int
    given: Mapping[str, Any]
    was: Mapping[str, str] | None = None  # of a part of a row: what a list's file had exported
    # (empty: nothing is known of that); None: the row says everything itself


@dataclass
class TypedSheet:
    """A sheet as read: rows that could be read, faults of those that could not."""

    name: str
    row_class: type[SheetRow]
    headers: Mapping[str, str] = field(default_factory=dict)  # field → header as written
    rows: list[TypedRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    faulty_words: set[str] = field(default_factory=set)  # texts in rows that could not be read
    unread: dict[int, Mapping[str, Any]] = field(default_factory=dict)  # what could be read of them
    notes: list[str] = field(default_factory=list)
    assumes: bool = False  # what its new rows leave open

    @property
    def key(self) -> tuple[str, ...]:
        return self.row_class.KEY

    def key_of(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.key)


@dataclass(frozen=True)
class _Place:
    """Where in the sheet one field stands."""

    index: int
    header: str
    column: Column | None  # None: a translation or custom field
    unit: str = ""
    into: tuple[str, str] = ("", "")  # (translations, de)


def read_rows(sheet: Sheet, row_class: type[SheetRow]) -> TypedSheet:
    """Rows of ``row_class`` out of the sheet; each bad cell becomes one fault."""
    name = row_class.SHEET
    typed = TypedSheet(name, row_class, assumes=True)
    if not sheet.rows:
        typed.faults.append(
            Fault(
                name,
                None,
                "",
                "",
                "the sheet is empty: not even a header",
                "Delete the sheet, or take its header from `obeya template`.",
            )
        )
        return typed
    header_row = header_row_of(sheet, row_class)
    places = _places(sheet, header_row, row_class, typed)
    typed.headers = {
        place.column.name: place.header for place in places if place.column is not None
    }
    if any(c.is_required and c.name not in typed.headers for c in columns_of(row_class).values()):
        return typed  # every row would be refused for the same reason
    for number in sorted(sheet.rows):
        if number > header_row:
            _read_row(number, sheet.rows[number], places, sheet.decimal_mark, typed)
    return typed


def header_row_of(sheet: Sheet, row_class: type[SheetRow]) -> int:
    """The row that names most of our columns, among the first ones, unless it is known."""
    if sheet.header_row:
        return sheet.header_row
    first = sorted(sheet.rows)[:HEADER_WITHIN]
    known = columns_of(row_class)

    def named(number: int) -> int:
        words = {folded(shown(cell)) for cell in sheet.rows[number].values()}
        return len(words & known.keys())

    return max(first, key=lambda number: (named(number), -number))


def _places(sheet: Sheet, row: int, row_class: type[SheetRow], typed: TypedSheet) -> list[_Place]:
    columns = columns_of(row_class)
    by_stem = {split_unit(c.name)[0]: c for c in columns.values() if c.unit}
    places: list[_Place] = []
    seen: dict[object, str] = {}

    def refuse(column: str, value: str, rule: str, remedy: str) -> None:
        typed.faults.append(Fault(typed.name, row, column, value, rule, remedy))

    for index, cell in sorted(sheet.rows[row].items()):
        written = shown(cell)
        word = folded(sheet.meant.get(written, written))
        stem, unit = split_unit(word)
        if written.startswith(COMMENT):
            typed.notes.append(f"Sheet {typed.name}: column {written} was not read.")
            continue
        if word in columns:
            place = _Place(index, written, columns[word], columns[word].unit)
        elif unit and stem in by_stem:
            place = _Place(index, written, by_stem[stem], unit)
        elif word.startswith("name_") and has_field(row_class, TRANSLATED):
            place = _Place(index, written, None, "", (TRANSLATED, word.removeprefix("name_")))
        elif written.lower().startswith("extra.") and has_field(row_class, CUSTOM):
            place = _Place(index, written, None, "", (CUSTOM, written[6:].strip()))
        else:
            near = difflib.get_close_matches(word, columns, 1, cutoff=0.6)
            hint = f"Did you mean {near[0]}?" if near else f"Columns are {', '.join(columns)}."
            refuse(
                column_letters(index),
                written,
                "the sheet has no such column",
                f"{hint} Begin its header with # to keep it for yourself.",
            )
            continue
        meaning = place.column.name if place.column else place.into
        if meaning in seen:
            refuse(
                column_letters(index),
                written,
                f"says the same as column {seen[meaning]}",
                "Delete one of the two.",
            )
            continue
        seen[meaning] = written
        places.append(place)
    for column in columns.values():
        if column.is_required and column.name not in seen:
            refuse(column.name, "", "the column is missing", "Add it; it must be filled.")
    return places


def _read_row(
    number: int,
    cells: Mapping[int, Cell],
    places: Sequence[_Place],
    mark: str,
    typed: TypedSheet,
) -> None:
    given: dict[str, Any] = {}
    grouped: dict[str, dict[str, object]] = {}
    faults: list[Fault] = []
    may_be_open = marks_of(typed.row_class)
    for place in places:
        cell = cells.get(place.index)
        try:
            if place.column is None:
                group, word = place.into
                if cell is not None and not says_empty(cell):
                    grouped.setdefault(group, {})[word] = _free_value(cell)
                else:
                    grouped.setdefault(group, {})
            elif cell is not None or place.column.name not in may_be_open:
                given[place.column.name] = _value(cell, place.column, place.unit, mark)
        except Unreadable as error:
            faults.append(
                Fault(typed.name, number, place.header, shown(cell), error.rule, error.remedy)
            )
    if faults:
        typed.faults.extend(faults)
        typed.unread[number] = given
        typed.faulty_words.update(shown(cell) for cell in cells.values())
    elif any(place.index in cells for place in places):
        typed.rows.append(TypedRow(number, given | grouped))


def _value(cell: Cell | None, column: Column, unit: str, mark: str) -> Any:
    if isinstance(cell, BrokenCell):
        raise Unreadable("is an error, not a value", cell.remedy)
    return column.nothing() if cell is None else column.read(cell, mark, unit)


def _free_value(cell: Cell) -> object:
    if isinstance(cell, BrokenCell):
        raise Unreadable("is an error, not a value", cell.remedy)
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return int(cell)
    return read_text(cell) if isinstance(cell, str | Decimal) else shown(cell)
