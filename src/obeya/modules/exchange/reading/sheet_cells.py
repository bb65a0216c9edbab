"""One worksheet's XML events, collected into cells."""

import re
from datetime import datetime, time
from decimal import Context, Decimal, InvalidOperation

from obeya.modules.exchange.reading import xml
from obeya.modules.exchange.reading.archive import Limits
from obeya.modules.exchange.reading.book import BrokenCell, Cell, column_letters
from obeya.modules.exchange.reading.serial import EPOCH_1900, EPOCH_1904, moment
from obeya.modules.exchange.refusals import FileRefused

EXCEL_DIGITS = Context(prec=15)  # Excel keeps 15 significant digits; the rest is float noise
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
ZEROS = re.compile(r"00+")  # the format of a code whose leading zeros Excel only shows
QUOTED = re.compile(r'"[^"]*"|\\.')  # text in a number format, which formats nothing
LAST_ROW = 1_048_576
CALCULATE = "Open the workbook in Excel and save it, so that the formula has a value."
MEND = "Correct the formula, or type the value."


class TextRuns:
    """The text of rich or plain strings, without the reading aids (phonetic runs) of Japanese."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = 0

    def start(self, name: str) -> None:
        if name == "t":
            self._in_text = not self._phonetic
        elif name == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._phonetic -= 1

    def text(self, piece: str) -> None:
        if self._in_text:
            self._pieces.append(piece)

    def take(self) -> str:
        whole = "".join(self._pieces)
        self._pieces.clear()
        if "_x" not in whole:
            return whole
        from openpyxl.utils.escape import unescape  # noqa: PLC0415 - rare, and slow to load

        return unescape(whole)


class SheetCells:
    """Handlers for `xml.parse`; afterwards ``rows`` holds the filled cells."""

    def __init__(
        self,
        name: str,
        strings: list[str],
        formats: list[str | None],
        is_1904: bool,
        limits: Limits,
    ) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.count = 0
        self.formulas = 0
        self.hidden: set[int] = set()  # rows, by a filter or by hand
        self._name = name
        self._strings = strings
        self._formats = formats
        self._epoch = EPOCH_1904 if is_1904 else EPOCH_1900
        self._limits = limits
        self._row = 0
        self._column = -1
        self._columns_by_letters: dict[str, int] = {}
        self._cell: dict[str, str] = {}
        self._has_formula = False
        self._value: list[str] | None = None
        self._inline = TextRuns()
        self._in_inline = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = xml.local(tag)
        if name == "c":
            self._cell = attributes
            self._has_formula = False
            self._value = None
            self._place(attributes.get("r"))
        elif name == "v":
            self._value = []
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._begin_row(attributes.get("r"))
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self._row)
        elif name == "is":
            self._in_inline = True
        elif self._in_inline:
            self._inline.start(name)

    def text(self, piece: str) -> None:
        if self._in_inline:
            self._inline.text(piece)
        elif self._value is not None:
            self._value.append(piece)

    def end(self, tag: str) -> None:
        name = xml.local(tag)
        if name == "c":
            self._finish_cell()
        elif name == "is":
            self._in_inline = False
        elif self._in_inline:
            self._inline.end(name)
        elif name == "f":
            self._value = None  # the formula's own text is nobody's value

    def _begin_row(self, number: str | None) -> None:
        row = int(number) if number and number.isdecimal() else self._row + 1
        if not self._row < row <= LAST_ROW:
            raise FileRefused(
                f"The file is damaged: sheet {self._name} counts its rows {self._row}, {row}. "
                "Open it in Excel and save it again as .xlsx."
            )
        self._row = row
        self._column = -1

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = REFERENCE.match(reference)
        if match is None or int(match[2]) != self._row:
            raise FileRefused(
                f"The file is damaged: sheet {self._name} has a cell {reference!r} in row "
                f"{self._row}. Open it in Excel and save it again as .xlsx."
            )
        column = self._columns_by_letters.get(match[1])
        if column is None:
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            column -= 1
            self._columns_by_letters[match[1]] = column
        self._column = column

    def _finish_cell(self) -> None:
        kind = self._cell.get("t", "n")
        raw = self._inline.take() if kind == "inlineStr" else "".join(self._value or ())
        self._value = None
        if self._has_formula:
            self.formulas += 1
            if not raw and kind != "str":
                self._keep(BrokenCell("formula without a value", CALCULATE))
                return
        if raw.strip():
            self._keep(self._meaning(kind, raw))

    def _keep(self, cell: Cell) -> None:
        if self._column >= self._limits.columns:
            raise FileRefused(
                f"Sheet {self._name}, row {self._row}: there is a value in column "
                f"{column_letters(self._column)}, far to the right. "
                f"Delete what stands beyond column {column_letters(self._limits.columns - 1)}."
            )
        self.rows.setdefault(self._row, {})[self._column] = cell
        self.count += 1

    def _meaning(self, kind: str, raw: str) -> Cell:
        match kind:
            case "s":
                index = int(raw) if raw.strip().isdecimal() else len(self._strings)
                return self._strings[index] if index < len(self._strings) else _broken(raw)
            case "inlineStr" | "str":
                return raw
            case "d":
                return _iso(raw)
            case "b":
                return raw.strip() in ("1", "true")
            case "e":
                return _broken(raw)
        return self._number(raw)

    def _number(self, raw: str) -> Cell:
        """A number, or a date where the cell's style says so."""
        style = self._cell.get("s", "0")
        index = int(style) if style.isdecimal() else 0
        shown_as = self._formats[index] if index < len(self._formats) else None
        try:
            number = EXCEL_DIGITS.create_decimal(raw.strip())
            if not number.is_finite() or number.adjusted() > 18:
                return _broken(raw)
            if shown_as is not None and ZEROS.fullmatch(shown_as):
                return with_zeros(number, len(shown_as))
            if shown_as == "percent":
                return with_percent(number)
            return number if shown_as is None else moment(number, shown_as, self._epoch)
        except (InvalidOperation, OverflowError, ValueError):
            return _broken(raw)


def with_percent(number: Decimal) -> Cell:
    """As its owner sees it: 0.025 in the format 0.0% is 2.5 %, and no column takes it for 0.025."""
    text = format((number * 100).normalize(), "f")
    _, _, decimals = text.partition(".")
    return f"{text}0 %" if len(decimals) == 3 else f"{text} %"  # 2.125 might mean thousands


def with_zeros(number: Decimal, digits: int) -> Cell:
    """As its owner sees it: 4711 in the format 000000 is 004711."""
    if number < 0 or number != number.to_integral_value():
        return number
    return format(number, "f").partition(".")[0].zfill(digits)


def _iso(raw: str) -> Cell:
    """A date that is written as text (2026-12-01T00:00:00), as strict workbooks have them."""
    try:
        at = datetime.fromisoformat(raw.strip())
    except ValueError:
        return raw
    if at.tzinfo is not None:
        return raw
    return at.date() if at.time() == time.min else at


def _broken(raw: str) -> BrokenCell:
    return BrokenCell(raw.strip()[:80], MEND)
