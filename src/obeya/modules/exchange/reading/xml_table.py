"""Excel's XML of 2003 (SpreadsheetML), which SAP, BI tools and many scripts write as .xls."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from obeya.modules.exchange.reading import xml
from obeya.modules.exchange.reading.archive import LIMITS, Limits
from obeya.modules.exchange.reading.book import (
    Book,
    BrokenCell,
    Cell,
    Sheet,
    SheetNames,
    column_letters,
)
from obeya.modules.exchange.reading.sheet_cells import (
    EXCEL_DIGITS,
    LAST_ROW,
    MEND,
    ZEROS,
    with_percent,
    with_zeros,
)
from obeya.modules.exchange.refusals import FileRefused

SPOKEN = b"urn:schemas-microsoft-com:office:spreadsheet"
TIMES_FROM = 1900  # Excel writes a time of day as one of the last day of 1899


def is_xml_table(content: bytes) -> bool:
    """Whether this is a workbook in XML, and no page that only mentions Excel."""
    head = content[:4096].replace(b"\0", b"")
    return SPOKEN in head and re.search(rb"<(\w+:)?Workbook\b", head) is not None


def read_xml_table(name: str, content: bytes, limits: Limits = LIMITS) -> Book:
    """Every worksheet; numbers, dates and texts as they are typed there."""
    reader = _Reader(name, limits)
    xml.parse(content, name, start=reader.start, end=reader.end, text=reader.text)
    notes = [
        f"Sheet {each}: {count} formula cell(s); the values that Excel last calculated were taken."
        for each, count in reader.formulas.items()
    ]
    return Book([Sheet(each, rows) for each, rows in reader.sheets.items()], notes)


@dataclass
class _Reader:
    name: str
    limits: Limits
    sheets: dict[str, dict[int, dict[int, Cell]]] = field(default_factory=dict)
    names: SheetNames = field(default_factory=SheetNames)
    formulas: dict[str, int] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    style: str = ""
    sheet: str = ""
    row: int = 0
    row_span: int = 0
    column: int = -1
    across: int = 0
    cell_style: str = ""
    kind: str = ""
    pieces: list[str] | None = None
    cells: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        said = {xml.local(name): value for name, value in attributes.items()}
        match xml.local(tag):
            case "Style":
                self.style = said.get("ID", "")
            case "NumberFormat":
                self.formats[self.style] = said.get("Format", "")
            case "Worksheet":
                self.sheet = self.names.unlike(said.get("Name") or self.name)
                self.sheets[self.sheet] = {}
                self.row = self.row_span = 0
            case "Row":
                after, self.row = self.row, _count(said.get("Index"), self.row + self.row_span + 1)
                self._go_on(after, self.row)
                self.row_span = _count(said.get("Span"), 0)
                self.column = -1
                self.across = 0
            case "Cell":
                index = _count(said.get("Index"), self.column + self.across + 2)
                self._go_on(self.column + 1, index)
                self.column, self.across = index - 1, _count(said.get("MergeAcross"), 0)
                self.cell_style = said.get("StyleID", "")
                if "Formula" in said:
                    self.formulas[self.sheet] = self.formulas.get(self.sheet, 0) + 1
            case "Data":
                self.kind, self.pieces = said.get("Type", "String"), []

    def _go_on(self, after: int, at: int) -> None:
        """Rows and cells only go on: what stood there before would be lost without a word."""
        if not after < at <= LAST_ROW:
            raise FileRefused(
                f"{self.name} is damaged: in sheet {self.sheet}, row {self.row}, {at} follows "
                f"{after}. Open it in Excel and save it again as .xlsx."
            )

    def text(self, piece: str) -> None:
        if self.pieces is not None:
            self.pieces.append(piece)

    def end(self, tag: str) -> None:
        if xml.local(tag) != "Data" or self.pieces is None:
            return
        raw, self.pieces = "".join(self.pieces), None
        if raw.strip() and self.row and self.sheet:
            self._keep(self._meaning(raw))

    def _keep(self, cell: Cell) -> None:
        if self.column >= self.limits.columns:
            raise FileRefused(
                f"Sheet {self.sheet}, row {self.row}: there is a value in column "
                f"{column_letters(min(self.column, 18_277))}, far to the right. "
                f"Delete what stands beyond column {column_letters(self.limits.columns - 1)}."
            )
        self.sheets[self.sheet].setdefault(self.row, {})[self.column] = cell
        self.cells += 1
        if self.cells > self.limits.cells:
            raise FileRefused(f"{self.name} holds more than {self.limits.cells:,} filled cells.")

    def _meaning(self, raw: str) -> Cell:
        text = raw.strip()
        try:
            match self.kind:
                case "Number":
                    return self._number(text)
                case "DateTime":
                    return _moment(text)
                case "Boolean":
                    return text in ("1", "true")
                case "Error":
                    return BrokenCell(text[:80], MEND)
        except (InvalidOperation, ValueError, OverflowError):
            return BrokenCell(text[:80], MEND)
        return raw

    def _number(self, text: str) -> Cell:
        number = EXCEL_DIGITS.create_decimal(text)
        if not number.is_finite() or number.adjusted() > 18:
            raise InvalidOperation
        code = self.formats.get(self.cell_style, "")
        if code == "Percent" or "%" in code:
            return with_percent(number)
        return with_zeros(number, len(code)) if ZEROS.fullmatch(code) else Decimal(number)


def _moment(text: str) -> Cell:
    at = datetime.fromisoformat(text)
    if at.tzinfo is not None:
        raise ValueError(text)
    if at.year < TIMES_FROM:
        return at.time()
    return at.date() if at.time() == time.min else at


def _count(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 8 else otherwise
