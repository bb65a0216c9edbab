"""The tables of an HTML page: what SAP and many web programs give out under the name .xls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from obeya.modules.exchange.reading.archive import Limits
from obeya.modules.exchange.reading.book import Book, Cell, Sheet
from obeya.modules.exchange.reading.delimited import decoded
from obeya.modules.exchange.refusals import FileRefused

CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
#: encodings of pages; of others that Python knows some are no text, and some take for ever
KNOWN = re.compile(rb"utf-?(8|16)|(windows-|cp)125\d|iso-8859-\d+|us-ascii", re.IGNORECASE)
SILENT = ("script", "style", "title")
WIDEST = 512
MOST_TABLES = 10_000
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
IN_PARTS = re.compile(r"\d-\d|\d{1,4}\.\d{1,2}\.\d{1,4}")  # a date or a code, no number


@dataclass
class _Table:
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)  # column → last row of the cell above
    text: list[str] | None = None  # of the cell that is open
    number: str = ""  # what Excel notes of it as x:num
    span: tuple[int, int] = (1, 1)


def read_page(name: str, content: bytes, limits: Limits) -> Book:
    """Each table of the page that has rows and columns, the value of a merged cell in its first."""
    text, notes = _text_of(name, content)
    reader = _Tables(name, limits)
    try:
        reader.feed(COMMENT.sub(" ", text))  # of one without an end the parser never tires
        reader.close()
    except AssertionError as error:  # what the parser says to a declaration that it cannot read
        raise FileRefused(
            f"{name} is a damaged web page. Open it in Excel and save it as .xlsx."
        ) from error
    reader.finish()
    found = [rows for rows in reader.found if rows]
    tables = [rows for rows in found if len(rows) > 1 and any(len(r) > 1 for r in rows.values())]
    if not tables:
        raise FileRefused(
            f"{name} is a web page without a table (a page to log in?). "
            "Export the list once more, and save it as .xlsx or CSV."
        )
    return Book([Sheet(each, rows) for each, rows in _named(name, tables)], notes)


def _named(
    name: str, tables: Sequence[dict[int, dict[int, Cell]]]
) -> list[tuple[str, dict[int, dict[int, Cell]]]]:
    return [(name if not at else f"{name} {at + 1}", rows) for at, rows in enumerate(tables)]


def _text_of(name: str, content: bytes) -> tuple[str, list[str]]:
    said = CHARSET.search(content[:4096])
    if (
        said
        and KNOWN.fullmatch(said[1])
        and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    ):
        try:
            return content.decode(said[1].decode("ascii")), []
        except (LookupError, ValueError):
            pass  # programs write one and mean another
    return decoded(name, content)


class _Tables(HTMLParser):
    """Tables may lie within tables; a cell that holds one has no value of its own."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[int, dict[int, Cell]]] = []
        self._name = name
        self._limits = limits
        self._open: list[_Table] = []
        self._silent = ""
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent = tag
        elif tag == "table":
            if self._open and self._open[-1].text is not None:
                self._open[-1].text = []
                self._end_cell()
            if len(self.found) >= MOST_TABLES:
                raise FileRefused(f"{self._name} has more than {MOST_TABLES} tables.")
            self._open.append(_Table())
            self.found.append(self._open[-1].rows)
        elif self._open and tag == "tr":
            self._end_cell()
            self._open[-1].row += 1
            self._open[-1].column = 0
        elif self._open and tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table" and self._open:
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].text is not None and not self._silent:
            self._open[-1].text.append(data)

    def finish(self) -> None:
        while self._open:
            self._end_cell()
            self._open.pop()

    def _begin_cell(self, said: dict[str, str | None]) -> None:
        table = self._open[-1]
        table.row = max(table.row, 1)
        while table.covered.get(table.column, 0) >= table.row:
            table.column += 1
        table.text = []
        table.number = said.get("x:num") or ""
        table.span = (_count(said.get("colspan")), _count(said.get("rowspan")))

    def _end_cell(self) -> None:
        table = self._open[-1] if self._open else None
        if table is None or table.text is None:
            return
        text = " ".join("".join(table.text).split())
        if text:
            if table.column >= self._limits.columns:
                raise FileRefused(
                    f"{self._name}, row {table.row}: more than {self._limits.columns} columns. "
                    "Save it as .xlsx, without the columns that nobody needs."
                )
            table.rows.setdefault(table.row, {})[table.column] = _value(text, table.number)
            self._cells += 1
        if self._cells > self._limits.cells:
            raise FileRefused(f"{self._name} holds more than {self._limits.cells:,} filled cells.")
        across, down = table.span
        if down > 1:
            across = min(across, max(self._limits.columns - table.column, 0))
            last = table.row + down - 1
            table.covered.update(dict.fromkeys(range(table.column, table.column + across), last))
        table.column += across
        table.text = None


def _count(said: str | None) -> int:
    """How many columns or rows a cell takes; nonsense is one."""
    return min(max(int(said), 1), WIDEST) if said and said.isdecimal() and len(said) < 7 else 1


def _value(text: str, number: str) -> Cell:
    """The text as it is shown, or the number that Excel notes beside it; not of 0012 or 5 %."""
    shows_more = text.strip("+-.,0123456789 \u00a0") or (text[:1] == "0" and text[1:2].isdigit())
    if not number or shows_more or IN_PARTS.search(text):
        return text
    try:
        read = Decimal(number)
    except InvalidOperation:
        return text
    return read if read.is_finite() and abs(read.adjusted()) < 18 else text
