"""Cells that a person corrected in the preview, laid over the cells of the file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from obeya.modules.exchange.reading.book import Book, Cell, Sheet
from obeya.modules.exchange.reading.values import shown

LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class Fix:
    """What shall stand in one cell instead; without a column the row is left out."""

    sheet: str  # as refusals call it
    row: int
    column: str  # header as written; in the header itself the letters above it
    value: str = ""


def fixed(
    book: Book, fixes: Sequence[Fix], *, name_of: Mapping[str, str], header_rows: Mapping[str, int]
) -> Book:
    """The book with the fixes; ``name_of`` is the refusals' name of each sheet."""
    by_sheet: dict[str, list[Fix]] = {}
    for fix in fixes:
        by_sheet.setdefault(fix.sheet, []).append(fix)
    sheets = [
        _fixed(sheet, by_sheet[name], header_rows[sheet.name])
        if (name := name_of.get(sheet.name, "")) in by_sheet
        else sheet
        for sheet in book.sheets
    ]
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
            index = _index(fix.column)
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


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
