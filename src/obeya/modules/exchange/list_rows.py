"""Rows of a list's file → what differs from what was exported, cell by cell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from obeya.modules.exchange.reading.book import BrokenCell, Cell, Sheet, column_letters
from obeya.modules.exchange.reading.columns import Column, columns_of
from obeya.modules.exchange.reading.typed import COMMENT, TypedRow, TypedSheet
from obeya.modules.exchange.reading.values import EMPTY, Unreadable, says_empty, shown
from obeya.modules.exchange.refusals import Fault, FileRefused
from obeya.ui.lists.returning import ExportedColumn, ExportedList, normal

NAMED = 5  # rows that a note names
Decided = Mapping[tuple[int, str], str]  # row, column → what the plant said at the decision


@dataclass(frozen=True)
class Titles:
    """Where each column of the list stands in the file."""

    places: Mapping[int, int]  # place in the hidden part → index in the sheet
    key: int | None  # the place of the column that tells which row is meant; None: all say so

    @classmethod
    def of(cls, head: ExportedList, header: Mapping[int, Cell], typed: TypedSheet) -> Self | None:
        """None, with the fault, where the rows cannot be told apart."""
        at: dict[str, int] = {}
        for index, cell in sorted(header.items()):
            if at.setdefault(shown(cell), index) != index:
                rule = f"says the same as column {column_letters(at[shown(cell)])}"
                letters = column_letters(index)
                typed.faults.append(
                    Fault(typed.name, 1, letters, shown(cell), rule, "Delete one of the two.")
                )
        known = {column.title for column in head.columns}
        for title, index in at.items():
            if title not in known and not title.startswith(COMMENT):
                remedy = f"Columns are {', '.join(sorted(known))}. Begin its header with # to keep"
                rule = (
                    "the table has no such column"
                    if head.is_pasted
                    else "the list had no such column when it was exported"
                )
                letters = column_letters(index)
                typed.faults.append(
                    Fault(typed.name, 1, letters, title, rule, f"{remedy} it for yourself.")
                )
        typed.headers = {each.field: each.title for each in head.columns if each.field}
        key = next((p for p, c in enumerate(head.columns) if c.field == typed.key[0]), None)
        title = typed.key[0] if key is None else head.columns[key].title
        if title not in at and typed.key[0] not in head.given:
            rule = "the column is missing"
            remedy = "Add it: it tells which row is meant."
            typed.faults.append(Fault(typed.name, 1, title, "", rule, remedy))
            return None
        places = {p: at[c.title] for p, c in enumerate(head.columns) if c.title in at}
        return cls(places, key if key in places else None)


@dataclass(frozen=True)
class _Row:
    """One row of the file, and what was exported of it; None: it was not exported."""

    number: int
    cells: Mapping[int, Cell]
    key: str
    was: Sequence[str] | None

    def old(self, place: int) -> str:
        return self.was[place] if self.was is not None and place < len(self.was) else ""


class ListRows:
    """Reads the rows of one list's file into its typed sheet."""

    def __init__(
        self, head: ExportedList, titles: Titles, typed: TypedSheet, elsewhere: Mapping[str, str]
    ) -> None:
        self._head = head
        self._titles = titles
        self._typed = typed
        self._fields = columns_of(typed.row_class)
        self._elsewhere = elsewhere  # name of a column that is only read → where it is changed
        self._bare: dict[str, str] = {}  # codes without their leading zeros → as exported
        self._same = 0
        self._emptied = 0  # cells that say so
        self._bare_cells = 0  # of those that were pasted: they say nothing
        self._given = {
            name: self._fields[name].read(value, head.decimal_mark)
            for name, value in head.given.items()
        }

    def read(self, sheet: Sheet, exported: Sequence[str], decided: Decided) -> None:
        """Cells that were ``decided`` in the preview are a conflict only if the plant has gone on
        since.
        """
        was = self._exported(exported)
        self._bare = {key.lstrip("0"): key for key in was if key.startswith("0")}
        seen: dict[str, int] = {}
        for number in sorted(sheet.rows):
            cells = sheet.rows[number]
            key = self._key_in(cells)
            if number == 1 or key.startswith(COMMENT) or not self._is_filled(cells):
                continue
            row = _Row(number, cells, key, was.get(key))
            if row.was is None and key in self._bare:
                like = self._bare[key]
                rule = f"looks like {like}, whose leading zeros were lost"
                self._refuse_key(row, rule, f"Write {like}, as text.")
            elif key in seen and not self._head.is_pasted:
                rule = f"is a duplicate of row {seen[key]}"
                self._refuse_key(row, rule, "Keep one of the two rows.")
            else:
                self._read_row(row, sheet.decimal_mark, decided)
            seen.setdefault(key if row.was is not None else self._bare.get(key, key), number)
        self._note(was, seen)

    def _exported(self, texts: Sequence[str]) -> dict[str, list[str]]:
        try:
            rows = [json.loads(text) for text in texts]
            key = self._titles.key or 0
            return {str(row[key]): [str(each) for each in row] for row in rows}
        except (ValueError, TypeError, IndexError, KeyError) as error:
            raise FileRefused(
                "The hidden part of the list's file is damaged. Export the list again, and make "
                "the changes there."
            ) from error

    def _key_in(self, cells: Mapping[int, Cell]) -> str:
        if self._titles.key is None:
            return ""
        return normal(_told(cells.get(self._titles.places[self._titles.key])))

    def _is_filled(self, cells: Mapping[int, Cell]) -> bool:
        return any(index in cells for index in self._titles.places.values())

    def _note(self, was: Mapping[str, object], seen: Mapping[str, int]) -> None:
        gone = [key for key in was if key not in seen]
        if gone:
            names = ", ".join(gone[:NAMED]) + (", …" if len(gone) > NAMED else "")
            self._typed.notes.append(
                f"Rows of the export that are not in the file: {len(gone)} ({names}). They stay "
                "as they are; a row that is missing here deletes nothing."
            )
        if self._emptied:
            self._typed.notes.append(f"Cells emptied, as they say {EMPTY}: {self._emptied}.")
        if self._bare_cells:
            self._typed.notes.append(
                f"Cells that were pasted empty say nothing: {self._bare_cells}. "
                f"Write {EMPTY} where a cell shall be emptied."
            )
        if self._same:
            self._typed.notes.append(f"Rows that are as they were exported: {self._same}.")

    def _read_row(self, row: _Row, mark: str, decided: Decided) -> None:
        given: dict[str, Any] = {}
        exported: dict[str, str] = {}
        faults = len(self._typed.faults)
        for place, index in self._titles.places.items():
            column, cell, old = self._head.columns[place], row.cells.get(index), row.old(place)
            is_same = normal(_told(cell)) == old and not isinstance(cell, BrokenCell)
            self._emptied += says_empty(cell)
            self._bare_cells += cell is None and self._head.is_pasted and bool(column.field)
            if is_same and (place != self._titles.key or column.field in self._given):
                continue
            if is_same and row.was is not None and self._fields[column.field].kind == "text":
                given[column.field] = row.key  # as exported: no letter in it is doubted
                continue
            if not column.field:
                self._read_only(row, place, cell)
                continue
            try:
                field = self._fields[column.field]
                given[column.field] = _value(cell, column, field, mark)
                if row.was is not None:
                    known = decided.get((row.number, column.title))
                    exported[column.field] = _code(old, column, field) if known is None else known
            except Unreadable as error:
                self._refuse(row, place, cell, (error.rule, error.remedy))
        if len(self._typed.faults) > faults:
            return
        if row.was is not None and len(given) == 1:  # nothing but its key
            self._same += 1
            return
        if row.was is not None:
            exported[self._typed.key[0]] = row.key  # so that it is known to be exported
        whole = {**self._given, **given}
        self._typed.rows.append(TypedRow(row.number, whole, exported))

    def _read_only(self, row: _Row, place: int, cell: Cell | None) -> None:
        if self._head.is_pasted:
            return
        column, old = self._head.columns[place], row.old(place)
        elsewhere = self._elsewhere.get(column.name, "")
        back = f"Put back “{old}”." if old else "Leave it empty."
        rule = f"the column {column.title} is only read in this list"
        self._refuse(row, place, cell, (rule, f"{back} {elsewhere}".strip()))

    def _refuse_key(self, row: _Row, rule: str, remedy: str) -> None:
        place = self._titles.key or 0
        self._refuse(row, place, row.cells.get(self._titles.places[place]), (rule, remedy))

    def _refuse(self, row: _Row, place: int, cell: Cell | None, why: tuple[str, str]) -> None:
        """``why``: the rule, and the remedy."""
        title = self._head.columns[place].title
        self._typed.faults.append(Fault(self._typed.name, row.number, title, shown(cell), *why))
        self._typed.unread[row.number] = {self._typed.key[0]: row.key}


def _told(cell: Cell | None) -> Any:
    return cell.text if isinstance(cell, BrokenCell) else cell


def _value(cell: Cell | None, column: ExportedColumn, field: Column, mark: str) -> Any:
    if isinstance(cell, BrokenCell):
        raise Unreadable("is an error, not a value", cell.remedy)
    if cell is None or says_empty(cell):
        return field.nothing()
    code = _codes(column).get(shown(cell).casefold())
    if column.words and code is None:
        words = ", ".join(word for _, word in column.words)
        raise Unreadable("is none of the words allowed here", f"Write one of {words}.")
    return field.read(cell if code is None else code, mark)


def _code(text: str, column: ExportedColumn, field: Column) -> str:
    """What was exported, as the plant's row says it."""
    if not text:
        return normal(None if field.is_required else field.default)
    return _codes(column).get(text.casefold(), text)


def _codes(column: ExportedColumn) -> dict[str, str]:
    """Word or code → code."""
    return {str(each).casefold(): code for code, word in column.words for each in (code, word)}
