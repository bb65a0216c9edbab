"""Cells that a person corrected in the preview, laid over the cells of the file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from obeya.modules.exchange.reading.book import Book, Cell, Sheet, column_index
from obeya.modules.exchange.reading.values import shown

LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class Fix:
    """What shall stand in one cell instead; without a column the row is left out."""

    sheet: str  # as refusals call it
    row: int
    column: str  # header as written; in the header itself the letters above it
    value: str = ""
    over: str | None = None  # of a conflict: what the plant said when this was chosen

    def told(self) -> list[str | int]:
        """As it is kept: `Fix(*fix.told()) == fix`."""
        parts = (self.sheet, self.row, self.column, self.value, self.over)
        return [part for part in parts if part is not None]


def fixed(book: Book, fixes: Iterable[Fix], ours: Mapping[str, tuple[str, int]]) -> Book:
    """The book with the fixes; ``ours`` are the refusals' name and the header row of each sheet."""
    by_sheet: dict[str, list[Fix]] = {}
    for fix in fixes:
        by_sheet.setdefault(fix.sheet, []).append(fix)
    sheets = []
    for sheet in book.sheets:
        name, header_row = ours.get(sheet.name, ("", 0))
        sheets.append(_fixed(sheet, by_sheet[name], header_row) if name in by_sheet else sheet)
    return replace(book, sheets=sheets)


def _fixed(sheet: Sheet, fixes: Iterable[Fix], header_row: int) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {number: dict(row) for number, row in sheet.rows.items()}
    header = rows.setdefault(header_row, {})
    at = {shown(cell): index for index, cell in header.items()}
    for fix in fixes:
        if not fix.column:
            rows.pop(fix.row, None)
            continue
        if fix.row == header_row and LETTERS.fullmatch(fix.column):
            index = column_index(fix.column)
        elif fix.column in at:
            index = at[fix.column]
        else:  # a column that the sheet does not have yet
            index = at[fix.column] = max(header, default=-1) + 1
            header[index] = fix.column
        if fix.row in rows:
            rows[fix.row].pop(index, None)
            if fix.value.strip():
                rows[fix.row][index] = fix.value.strip()
    return replace(sheet, rows=rows)
