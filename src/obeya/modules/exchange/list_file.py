"""A list's own Excel file that comes back: what somebody changed in it, as parts of rows.

Only cells that differ from what was exported are taken. `completing` puts them beside the plant
as it is by then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from obeya.modules.exchange.list_rows import ListRows, Titles
from obeya.modules.exchange.own_format import read_sheets
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.reading import read_book
from obeya.modules.exchange.reading.book import Book, Sheet
from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.reading.fixing import Fix, fixed
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.exchange.reading.values import Unreadable, shown
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.sheets import ROW_CLASSES, row_class_of
from obeya.ui.lists import List, registered_lists
from obeya.ui.lists.returning import HIDDEN_SHEET, ExportedList

HEADER_ROW = 1
DAMAGED = (
    "The hidden part of the list's file is damaged. Export the list again, and make the changes "
    "there."
)


@dataclass(frozen=True)
class Found:
    """The list in a workbook: what it is, its rows, and what was exported."""

    into: str  # the sheet of the plant's workbook
    title: str  # of the list; empty where rows were pasted into a table that is none
    head: ExportedList
    sheet: Sheet
    exported: Sequence[str]
    others: Sequence[Sheet]
    elsewhere: Mapping[str, str]  # columns that are only read → where they are changed


def is_list(book: Book) -> bool:
    return any(sheet.name == HIDDEN_SHEET for sheet in book.sheets)


def read_list(path: Path, fixes: Sequence[Fix] = ()) -> PlantFile:
    return read_list_of(read_book(path), fixes)


def read_list_of(book: Book, fixes: Sequence[Fix] = ()) -> PlantFile:
    """The changes in the list; sheets of the plant's workbook beside it are read as always."""
    found = _found(book)
    row_class = row_class_of(found.into)
    if row_class is None:
        raise FileRefused(f"No sheet of the plant is called {found.into}.")
    fields = {each.field for each in found.head.columns if each.field}
    if not fields <= columns_of(row_class).keys() or set(found.head.given) - {row_class.KEY[0]}:
        raise FileRefused(DAMAGED)
    name = row_class.SHEET
    if fixes:
        [sheet] = fixed(Book([found.sheet]), fixes, {found.sheet.name: (name, HEADER_ROW)}).sheets
        found = replace(found, sheet=sheet)
    if found.head.is_pasted:
        found = replace(found, sheet=replace(found.sheet, decimal_mark=found.head.decimal_mark))
    decided = {
        (fix.row, fix.column): fix.over
        for fix in fixes
        if fix.sheet == name and fix.over is not None
    }
    typed = TypedSheet(name, row_class, assumes=True)
    header = found.sheet.rows.get(HEADER_ROW, {})
    titles = Titles.of(found.head, header, typed)
    if titles is not None:
        try:
            rows = ListRows(found.head, titles, typed, found.elsewhere)
        except Unreadable as error:  # what every row says
            raise FileRefused(f"What all rows are of {error}") from error
        rows.read(found.sheet, found.exported, decided)
    file = _beside(book, found.others, fixes)
    if any(each.name == name for each in file.sheets):
        raise FileRefused(
            f"The file holds the list {found.title} and a sheet {name}: two places for "
            "the same rows. Delete one of the two."
        )
    file.notes[:0] = _about(found)
    file.notes += typed.notes
    file.sheets.append(typed)
    file.sheets.sort(key=lambda sheet: ROW_CLASSES.index(sheet.row_class))
    file.only_for = found.head.site
    return file


def _found(book: Book) -> Found:
    hidden = next(sheet for sheet in book.sheets if sheet.name == HIDDEN_SHEET)
    texts = [_text_in(hidden, number) for number in sorted(hidden.rows)]
    try:
        head = ExportedList.read(texts[0])
    except (IndexError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(DAMAGED) from error
    declared = None if head.is_pasted else _open_list(head.name)
    title = str(declared.title) if declared else head.name
    sheet = next((each for each in book.sheets if each.name == head.sheet), None)
    if sheet is None:
        raise FileRefused(
            f"The file is the list {title}, but its sheet {head.sheet} is missing. "
            "Name it so again, or export the list again."
        )
    ours = (sheet, hidden)
    others = [
        each for each in book.sheets if each not in ours and row_class_of(each.name) is not None
    ]
    elsewhere = {each.name: str(each.elsewhere) for each in declared.columns} if declared else {}
    into = declared.sheet if declared else head.name
    return Found(into, title, head, sheet, texts[1:], others, elsewhere)


def _open_list(name: str) -> List:
    """The list of this name, if its rows may be changed in Excel."""
    declared = next((each for each in registered_lists() if each.name == name), None)
    if declared is None:
        raise FileRefused(f"There is no list {name} any more. Export another one.")
    if not declared.sheet:
        why = str(declared.closed) or "It shows what follows from other data."
        raise FileRefused(f"The list {declared.title} is not changed in Excel. {why}")
    return declared


def _text_in(sheet: Sheet, number: int) -> str:
    cell = sheet.rows[number].get(0)
    return cell if isinstance(cell, str) else shown(cell)


def _beside(book: Book, others: Sequence[Sheet], fixes: Sequence[Fix]) -> PlantFile:
    notes = [note for note in book.notes if HIDDEN_SHEET not in note]
    if not others:
        return PlantFile([], notes)
    return read_sheets(Book(list(others), notes), fixes)


def _about(found: Found) -> Iterator[str]:
    head = found.head
    if head.is_pasted:
        yield f"Rows pasted into {found.title}: its first row counts as row 2."
        if only_read := [each.title for each in head.columns if not each.field]:
            yield f"Columns that are only read were not taken: {', '.join(only_read)}."
    else:
        where = f" of {head.site}" if head.site else ""
        yield f"The list {found.title}{where}, exported {head.at}."
