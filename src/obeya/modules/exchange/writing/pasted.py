"""Rows copied in a spreadsheet and pasted here: a small workbook that is read like a list's own.

What was pasted has no export behind it, so a cell is compared with the plant as it is.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from obeya.modules.exchange.pasting import PasteColumn, Target
from obeya.modules.exchange.reading.columns import folded
from obeya.modules.exchange.refusals import FileRefused
from obeya.ui.lists.returning import HIDDEN_SHEET, ExportedColumn, ExportedList

MOST_ROWS = 5_000
MOST_CELLS = 200
SHEET = "Pasted"
COMMA = re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})")
POINT = re.compile(r"[+-]?\d+\.(\d{1,2}|\d{4,})")
CELL = re.compile(r'"(?P<quoted>(?:[^"]|"")*+)"(?=[\t\n]|\Z)|(?P<bare>[^\t\n]*)')


def pasted_book(target: Target, text: str, site: str) -> bytes:
    """The workbook in which the pasted cells are kept, as text, under their header."""
    rows = _rows(text)
    by_word: dict[str, PasteColumn] = {}
    for each in target.columns:
        for word in (each.title, each.name, each.field):
            by_word.setdefault(folded(word), each)
    header, body = _header(rows, by_word, target)
    if len(body) > MOST_ROWS:
        raise FileRefused(
            f"{len(body):,} rows were pasted, more than {MOST_ROWS:,}. Nothing was changed: save "
            "them as a workbook, and send that on the page Import."
        )
    head = ExportedList(
        name=target.sheet,
        sheet=SHEET,
        columns=[
            ExportedColumn(each.name, title, each.field, each.words)
            for title in dict.fromkeys(header)
            if (each := by_word.get(folded(title))) is not None
        ],
        site=site,
        decimal_mark=_mark(body, [by_word.get(folded(title)) for title in header]),
        is_pasted=True,
        given=target.given,
    )
    book = Workbook(write_only=True)
    sheet, hidden = book.create_sheet(SHEET), book.create_sheet(HIDDEN_SHEET)
    hidden.sheet_state = "veryHidden"
    hidden.append([head.written()])
    for row in [header, *body]:
        sheet.append([_text(sheet, cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(text: str) -> list[list[str]]:
    """Filled rows, of cells apart by tabs; or by semicolons, where there is no tab."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    by_tabs = "\t" in clean or ";" not in clean
    found = _cells(clean) if by_tabs else _separated(clean)
    rows = [[cell.strip() for cell in row] for row in found]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise FileRefused("Nothing was pasted. Copy cells in your spreadsheet, and paste them.")
    if max(map(len, rows)) > MOST_CELLS:
        raise FileRefused(f"A row holds more than {MOST_CELLS} cells. Copy only those you need.")
    return rows


def _cells(text: str) -> list[list[str]]:
    """As spreadsheets copy: a cell with a tab or line break stands in quotes; other quotes, as of
    inches, are its own.
    """
    rows: list[list[str]] = [[]]
    at = 0
    while match := CELL.match(text, at):
        quoted = match["quoted"]
        rows[-1].append(match["bare"] if quoted is None else quoted.replace('""', '"'))
        at = match.end() + 1
        if at > len(text):
            break
        if text[at - 1] == "\n":
            rows.append([])
    return rows


def _separated(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except csv.Error as error:
        raise FileRefused(
            f"What was pasted cannot be read: {error}. Copy the cells in the spreadsheet again."
        ) from error


def _header(
    rows: list[list[str]], by_word: Mapping[str, PasteColumn], target: Target
) -> tuple[list[str], list[list[str]]]:
    """The first row where it names columns; else the columns in their usual order."""
    first = [cell for cell in rows[0] if cell]
    if 2 * sum(folded(cell) in by_word for cell in first) > len(first):
        return rows[0], rows[1:]
    usual = [each.title for each in target.columns if each.is_usual]
    width = max(map(len, rows))
    if width > len(usual):
        raise FileRefused(
            f"{width} columns were pasted, and {target.title} has {len(usual)} "
            f"({', '.join(usual)}). Copy the header row, too, so that each is known by its name."
        )
    return usual[:width], rows


def _mark(rows: Sequence[Sequence[str]], columns: Sequence[PasteColumn | None]) -> str:
    """How decimals are written, where a number shows it; empty: 1.500 is refused as unclear."""
    numbers = [place for place, column in enumerate(columns) if column and column.is_number]
    cells = [row[place] for row in rows for place in numbers if place < len(row)]
    commas = any(COMMA.fullmatch(cell) for cell in cells)
    points = any(POINT.fullmatch(cell) for cell in cells)
    if commas is points:
        return ""
    return "," if commas else "."


def _text(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text or None)
    if text:
        cell.data_type = "s"
    return cell
