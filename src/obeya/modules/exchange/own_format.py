"""A file in our own format: sheets named as in the template, columns named as the fields."""

import difflib
from pathlib import Path

from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.reading import read_book, read_rows
from obeya.modules.exchange.reading.book import Book
from obeya.modules.exchange.refusals import Fault, FileRefused
from obeya.modules.exchange.rows import SiteRow
from obeya.modules.exchange.sheets import ROW_CLASSES, row_class_of

READ_ME = "Read me"


def read_own(path: Path) -> PlantFile:
    """The plant in a workbook or CSV files of our own format."""
    return understand(read_book(path))


def understand(book: Book) -> PlantFile:
    """Cells → typed sheets, in the order of saving; foreign sheets are noted, not guessed."""
    file = PlantFile([], list(book.notes))
    names = [row_class.SHEET for row_class in ROW_CLASSES]  # type: ignore[attr-defined]
    for sheet in book.sheets:
        if sheet.name.strip().lower() == READ_ME.lower():
            continue
        row_class = row_class_of(sheet.name)
        if row_class is not None:
            typed = read_rows(sheet, row_class)
            file.sheets.append(typed)
            file.notes.extend(typed.notes)
        elif near := difflib.get_close_matches(sheet.name, names, 1, cutoff=0.75):
            typed = read_rows(sheet, row_class_of(near[0]) or SiteRow)
            typed.faults = [
                Fault(
                    sheet.name,
                    None,
                    "",
                    "",
                    "there is no sheet of this name",
                    f"Did you mean {near[0]}? Rename it, or begin its name with #.",
                )
            ]
            typed.rows = []
            file.sheets.append(typed)
        else:
            file.notes.append(f"Sheet {sheet.name} is none of ours and was not read.")
    if not file.sheets:
        raise FileRefused(
            f"The file holds none of our sheets ({', '.join(names)}). "
            "Begin with `obeya template`, or choose the profile of the program it comes from."
        )
    if not any(sheet.rows or sheet.faults for sheet in file.sheets):
        raise FileRefused("Every sheet of the file is empty below its header. Fill in a row.")
    order = {name: place for place, name in enumerate(names)}
    file.sheets.sort(key=lambda sheet: order[sheet.name])
    _take_site(file)
    return file


def _take_site(file: PlantFile) -> None:
    """The sheet Site says which plant the file is about."""
    sheet = next((s for s in file.sheets if s.row_class is SiteRow), None)
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
