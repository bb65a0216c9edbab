"""The cells of CSV files: encoding, delimiter and decimal mark are found out, never asked."""

import codecs
import csv
import io

from obeya.modules.exchange.reading.archive import LIMITS, Limits
from obeya.modules.exchange.reading.book import Cell, Sheet
from obeya.modules.exchange.refusals import FileRefused

DELIMITERS = ",;\t|"
TITLE_WITHIN = 25  # filled lines; below it no table begins
LONGEST_CELL = 32_767  # as in Excel
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(name: str, content: bytes, limits: Limits = LIMITS) -> tuple[Sheet, list[str]]:
    """One CSV file as the sheet of that name, and notes on what was guessed.

    A file separated by semicolons is taken to write its decimals with a comma, because Excel
    writes the two together; any other with a point.
    """
    text, notes = _decoded(name, content)
    delimiter = _delimiter(text)
    rows: dict[int, dict[int, Cell]] = {}
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if len(record) > limits.columns:
                raise FileRefused(
                    f"{name}, row {number}: {len(record)} columns, more than {limits.columns}. "
                    "Is the delimiter one of , ; tab | ?"
                )
            filled: dict[int, Cell] = {i: cell for i, cell in enumerate(record) if cell.strip()}
            if filled:
                rows[number] = filled
                cells += len(filled)
            if cells > limits.cells:
                raise FileRefused(f"{name} holds more than {limits.cells:,} filled cells.")
    except csv.Error as error:
        raise FileRefused(
            f"{name} is damaged after row {number}: {error}. "
            "Look for a quotation mark that is opened and not closed."
        ) from error
    return Sheet(name, rows, "," if delimiter == ";" else "."), notes


def _decoded(name: str, content: bytes) -> tuple[str, list[str]]:
    encoding = next((e for bom, e in BOMS if content.startswith(bom)), "utf-8")
    notes = []
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise FileRefused(
                f"{name} is damaged: it claims to be {encoding}. Save it as CSV UTF-8."
            ) from None
        text = content.decode("cp1252", errors="replace")
        notes.append(f"{name} is not UTF-8; it was read as Windows-1252. Look at its umlauts.")
    if "\0" in text:
        raise FileRefused(f"{name} is no text file. Save it in Excel as CSV UTF-8.")
    return text, notes


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that is a table's, outside quotes.

    Lists begin with titles: `Stock list`, `Material: 4711`, `As of 26 November, 14:00`. The first
    line with two delimiters of a kind is no title; of two columns, the first line with one.
    """
    lines = [line for line in text.splitlines() if line.strip()][:TITLE_WITHIN]
    bare = ["".join(line.split('"')[::2]) for line in lines]
    for least in (2, 1):
        for line in bare:
            mark = max(DELIMITERS, key=line.count)
            if line.count(mark) >= least:
                return mark
    return DELIMITERS[0]


csv.field_size_limit(LONGEST_CELL * 4)
