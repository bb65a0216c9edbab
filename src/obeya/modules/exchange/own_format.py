"""A file in our own format: sheets named as in the template, columns named as the fields."""

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from obeya.modules.exchange.plant_file import PlantFile, sheet_of
from obeya.modules.exchange.reading import read_book, read_rows
from obeya.modules.exchange.reading.book import Book, Sheet
from obeya.modules.exchange.reading.columns import columns_of, folded
from obeya.modules.exchange.reading.fixing import Fix, fixed
from obeya.modules.exchange.reading.typed import COMMENT, TypedSheet, header_row_of
from obeya.modules.exchange.reading.values import shown
from obeya.modules.exchange.refusals import Fault, FileRefused
from obeya.modules.exchange.rows import SiteRow
from obeya.modules.exchange.sheets import ROW_CLASSES, row_class_of

READ_ME = "Read me"


def read_own(path: Path, fixes: Sequence[Fix] = ()) -> PlantFile:
    """The plant in a workbook or CSV files of our own format, with cells that were corrected."""
    return read_sheets(read_book(path), fixes)


def read_sheets(book: Book, fixes: Sequence[Fix] = ()) -> PlantFile:
    """The same of a book that was read already, or made of a foreign one."""
    return understand(_fixed(book, fixes) if fixes else book)


def is_own(book: Book) -> bool:
    """Whether a sheet has our name and our columns, at least those that must be filled."""
    return any(_is_own(sheet) for sheet in book.sheets)


def _is_own(sheet: Sheet) -> bool:
    row_class = row_class_of(sheet.name)
    if row_class is None or not sheet.rows:
        return False
    words = {folded(shown(c)) for c in sheet.rows[header_row_of(sheet, row_class)].values()}
    needed = {name for name, each in columns_of(row_class).items() if each.is_required}
    return needed <= words


def _fixed(book: Book, fixes: Sequence[Fix]) -> Book:
    ours = {
        sheet.name: (row_class.SHEET, header_row_of(sheet, row_class))
        for sheet in book.sheets
        if sheet.rows and (row_class := row_class_of(sheet.name))
    }
    return fixed(book, fixes, ours)


def understand(book: Book) -> PlantFile:
    """Cells → typed sheets, in the order of saving; foreign sheets are noted, not guessed."""
    file = PlantFile([], list(book.notes))
    names = [row_class.SHEET for row_class in ROW_CLASSES]
    for sheet in book.sheets:
        name = sheet.name.strip()
        if name.lower() == READ_ME.lower() or name.startswith(COMMENT):
            continue
        row_class = row_class_of(name)
        if row_class is None:
            near = difflib.get_close_matches(name, names, 1, cutoff=0.75)
            if near:
                remedy = f"Did you mean {near[0]}? Rename it, or begin its name with {COMMENT}."
                file.sheets.append(_misnamed(near[0], sheet.name, "no sheet has this name", remedy))
            else:
                file.notes.append(f"Sheet {sheet.name} is none of ours and was not read.")
        elif any(each.row_class is row_class for each in file.sheets):
            remedy = "Put their rows into one sheet."
            file.sheets.append(_misnamed(name, sheet.name, "two sheets have this name", remedy))
        else:
            typed = read_rows(sheet, row_class)
            file.sheets.append(typed)
            file.notes.extend(typed.notes)
    if not file.sheets:
        raise FileRefused(
            f"The file holds none of our sheets ({', '.join(names)}). "
            "Begin with `obeya template`, or choose the profile of the program it comes from."
        )
    if not any(sheet.rows or sheet.faults for sheet in file.sheets):
        raise FileRefused("Every sheet of the file is empty below its header. Fill in a row.")
    file.sheets.sort(key=lambda sheet: ROW_CLASSES.index(sheet.row_class))
    _take_site(file)
    return file


def plant_of_rows(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> PlantFile:
    """The plant in rows that a program made: name of the sheet → columns with typed values."""
    file = PlantFile([])
    for name, rows in sheets.items():
        row_class = row_class_of(name)
        if row_class is None:
            raise FileRefused(f"No sheet is called {name}. Name it as in `obeya template`.")
        file.sheets.append(sheet_of(row_class, [(n, dict(row)) for n, row in enumerate(rows, 2)]))
    file.sheets.sort(key=lambda sheet: ROW_CLASSES.index(sheet.row_class))
    _take_site(file)
    return file


def _misnamed(ours: str, written: str, rule: str, remedy: str) -> TypedSheet:
    """Nothing but the fault that a sheet cannot be taken for what it may be."""
    fault = Fault(written, None, "", "", rule, remedy)
    return TypedSheet(f"{ours} ({written})", row_class_of(ours) or SiteRow, faults=[fault])


def _take_site(file: PlantFile) -> None:
    """The sheet Site says which plant the file is about."""
    sheet = next(
        (s for s in file.sheets if s.row_class is SiteRow and s.name == SiteRow.SHEET), None
    )
    if sheet is None:
        return
    if len(sheet.rows) > 1:
        second = sheet.rows[1]
        sheet.faults.append(
            Fault(
                sheet.name,
                second.number,
                "code",
                str(second.given.get("code", "")),
                "a file is about one site",
                "Delete the row, and import the other site from a file of its own.",
            )
        )
    if sheet.rows:
        said = SiteRow(**sheet.rows[0].given)
        file.site_code, file.site_name = said.code, said.name or said.code
        file.zone, file.currency = said.time_zone or "UTC", said.currency
    if not sheet.faults:
        file.sheets.remove(sheet)
