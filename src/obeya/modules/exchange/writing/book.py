"""Writing sheets of rows: a workbook with hints and drop-downs, or a folder of CSV files."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from obeya.modules.exchange.reading.columns import Column
from obeya.modules.exchange.rows import SheetRow, Sheets
from obeya.modules.exchange.writing.cells import (
    Heading,
    as_text,
    cell_of,
    escaped,
    headings,
    kind_of,
)

HEADER = Font(bold=True)
MUST = PatternFill("solid", fgColor="D9E2EC")
MAY = PatternFill("solid", fgColor="F1F4F7")
LAST_ROW = 1_048_576
TEXT_FORMAT = "@"
FORMATS = {"text": TEXT_FORMAT, "codes": TEXT_FORMAT, "date": "yyyy-mm-dd", "time": "hh:mm"}
AUTHOR = "Obeya"


def write_workbook(
    target: Path | IO[bytes], sheets: Sheets, read_me: Sequence[Sequence[Any]]
) -> None:
    """One sheet per row class with header, hints and drop-downs, after a sheet Read me."""
    book = Workbook(write_only=True)
    _write_read_me(book, read_me)
    for row_class, rows in sheets:
        _write_sheet(book, row_class, rows)
    book.save(target)


def write_folder(folder: Path, sheets: Sheets) -> None:
    """One CSV file per sheet that has rows: UTF-8, commas, decimal points, ISO dates."""
    folder.mkdir(parents=True, exist_ok=True)
    for row_class, rows in sheets:
        if not rows:
            continue
        columns = headings(row_class, rows)
        with (folder / f"{row_class.SHEET}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.title for column in columns])
            for row in rows:
                writer.writerow([as_text(cell_of(row, column)) for column in columns])


def write_table(
    target: IO[bytes], title: str, header: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """A plain table, as for a list of refusals."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_header_cell(sheet, text, is_required=True) for text in header])
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    for index in range(len(header)):
        sheet.column_dimensions[get_column_letter(index + 1)].width = 24
    book.save(target)


def _harmless(cell: Any) -> Any:
    """It may quote a file that somebody sent: nothing in it is run, or breaks the workbook."""
    return escaped(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell


def _write_sheet(book: Workbook, row_class: type[SheetRow], rows: Sequence[Any]) -> None:
    sheet = book.create_sheet(row_class.SHEET)
    columns = headings(row_class, rows)
    sheet.freeze_panes = "B2"
    for index, heading in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = max(12, len(heading.title) + 3)
        if heading.column and heading.column.kind in FORMATS:
            dimension.number_format = FORMATS[heading.column.kind]
        if heading.column and (choices := _choices(heading.column)):
            letter = get_column_letter(index)
            choice = DataValidation(
                type="list", formula1=f'"{",".join(choices)}"', allow_blank=True
            )
            choice.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.data_validations.append(choice)
    sheet.append([_heading_cell(sheet, heading) for heading in columns])
    for row in rows:
        sheet.append([cell_of(row, heading) for heading in columns])


def _write_read_me(book: Workbook, lines: Sequence[Sequence[Any]]) -> None:
    sheet = book.create_sheet("Read me")
    for letter, width in zip("ABCDEF", (18, 22, 18, 14, 60, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in lines:
        if len(line) == 1:
            cell = WriteOnlyCell(sheet, line[0])
            cell.font = HEADER
            sheet.append([cell])
        else:
            sheet.append(list(line))


def _heading_cell(sheet: Any, heading: Heading) -> Any:
    column = heading.column
    cell = _header_cell(sheet, heading.title, is_required=column is not None and column.is_required)
    if column is not None and column.note:
        must = "Must be filled. " if column.is_required else ""
        cell.comment = Comment(f"{column.note}\n{must}({kind_of(column)})", AUTHOR)
    return cell


def _header_cell(sheet: Any, text: str, *, is_required: bool) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = HEADER
    cell.fill = MUST if is_required else MAY
    cell.alignment = Alignment(vertical="top")
    return cell


def _choices(column: Column) -> tuple[str, ...]:
    return ("yes", "no") if column.kind == "yes or no" else column.choices
