"""The cells of text files: encoding, delimiter and decimal mark are found out, never asked."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from obeya.modules.exchange.reading.archive import LIMITS, Limits
from obeya.modules.exchange.reading.book import Cell, Sheet
from obeya.modules.exchange.refusals import FileRefused

DELIMITERS = ";,\t|"
NO_WORDS = "\t|"  # marks that no text has in it
LOOKED_AT = 200  # filled lines, for the delimiter
LONGEST_CELL = 32_767  # as in Excel
SAID = re.compile(r"sep=(?P<mark>[;,\t|])[ \t]*\r?\n")  # Excel's own word for it, in line 1
AS_TEXT = re.compile(r'="(.*)"')
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(name: str, content: bytes, limits: Limits = LIMITS) -> tuple[Sheet, list[str]]:
    """One text file as the sheet of that name, and notes on what was guessed.

    A file separated by semicolons is taken to write its decimals with a comma, because Excel
    writes the two together; any other with a point.
    """
    text, notes = decoded(name, content)
    said = SAID.match(text)
    delimiter = said["mark"] if said else _delimiter(text)
    try:
        rows = _rows(name, text, delimiter, limits, quoted=not _is_printed(text))
    except csv.Error as error:
        if delimiter not in NO_WORDS:
            raise FileRefused(
                f"{name} is damaged {error}. "
                "Look for a quotation mark that is opened and not closed."
            ) from error
        try:
            rows = _rows(name, text, delimiter, limits, quoted=False)  # inches: SAP quotes nothing
        except csv.Error as again:
            raise FileRefused(
                f"{name} is damaged {again}. Open it in Excel and save it as .xlsx."
            ) from again
    if said:
        rows.pop(1, None)
    return Sheet(name, rows, "," if delimiter == ";" else "."), notes


def _rows(
    name: str, text: str, delimiter: str, limits: Limits, *, quoted: bool
) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    cells = 0
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting
    )
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if len(record) > limits.columns:
                raise FileRefused(
                    f"{name}, row {number}: {len(record)} columns, more than {limits.columns}. "
                    "Is the delimiter one of , ; tab | ?"
                )
            filled = {i: _value(cell) for i, cell in enumerate(record) if cell.strip()}
            if filled and not _is_rule(filled):
                rows[number] = filled
                cells += len(filled)
            if cells > limits.cells:
                raise FileRefused(f"{name} holds more than {limits.cells:,} filled cells.")
    except csv.Error as error:
        raise csv.Error(f"after row {number}: {error}") from error
    return rows


def _value(text: str) -> Cell:
    """What stands in the cell; ="0012" is how programs keep Excel from taking zeros away."""
    match = AS_TEXT.fullmatch(text.strip())
    return match[1].replace('""', '"') if match else text


def _is_rule(filled: Mapping[int, Cell]) -> bool:
    """A line drawn with dashes, as in printed lists."""
    drawn = "".join(str(cell) for cell in filled.values()).strip()
    return len(drawn) >= 3 and not drawn.strip("-=_+ ")


def _is_printed(text: str) -> bool:
    """Whether the lines stand in a frame, as in a list that SAP saved unconverted."""
    lines = _first_lines(text)
    return 2 * sum(line.lstrip().startswith("|") for line in lines) > len(lines)


def decoded(name: str, content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and a note where its encoding had to be guessed."""
    encoding = next((e for bom, e in BOMS if content.startswith(bom)), "") or _without_bom(content)
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


def _without_bom(content: bytes) -> str:
    """UTF-16 shows itself by its zeros: every second byte of common text is one."""
    head = content[:400]
    if head[1::2].count(0) > 0.8 * len(head) / 2 and not head[::2].count(0):
        return "utf-16-le"
    return "utf-8"


def _first_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()][:LOOKED_AT]


def _delimiter(text: str) -> str:
    """A tab or bar that stands in most lines; else the mark that most lines have equally often.

    Lists begin with titles (`Plant 1000, storage 1, as of today`), and their numbers have commas
    where they are separated by semicolons: a line alone tells little.
    """
    bare = ["".join(line.split('"')[::2]) for line in _first_lines(text)]
    steady = {mark: _steadiness(bare, mark) for mark in DELIMITERS}
    best_of_others = max(steady[mark][0] for mark in DELIMITERS if mark not in NO_WORDS)
    for mark in NO_WORDS:
        having = sum(mark in line for line in bare)
        if 2 * having >= max(len(bare), 1) and having >= best_of_others:
            return mark
    best = max(steady, key=lambda mark: steady[mark])
    return best if steady[best] > (0, 0) else ","


def _steadiness(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """How many lines have the mark equally often, and how often that is."""
    counts = Counter(line.count(mark) for line in lines if mark in line)
    return max(((agree, count) for count, agree in counts.items()), default=(0, 0))


csv.field_size_limit(LONGEST_CELL * 4)
