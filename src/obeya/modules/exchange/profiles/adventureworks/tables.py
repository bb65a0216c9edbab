"""The tables themselves: the first line names the columns, data rows begin with V."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Self

from obeya.modules.exchange.reading import numbers, times
from obeya.modules.exchange.reading.book import Book, Cell, Sheet
from obeya.modules.exchange.reading.values import Unreadable, shown
from obeya.modules.exchange.refusals import Fault

DATA = "V"
#: tables of which nothing here makes rows, and why
LEFT_BEHIND = {
    "EmployeePayHistory": "pay belongs into no plan",
    "ProductCostHistory": "the cost that holds now is taken from Product",
    "ProductCategory": "nothing is planned by categories",
    "ProductSubcategory": "nothing is planned by categories",
}


@dataclass(frozen=True)
class Row:
    """One row of a table; a value that cannot be read is noted as a fault and taken as absent."""

    table: str
    number: int
    cells: dict[str, Cell]
    faults: list[Fault]

    def text(self, name: str) -> str:
        return shown(self.cells.get(name))

    def number_of(self, name: str) -> Decimal:
        cell = self.cells.get(name)
        if cell is None:
            return Decimal(0)
        try:
            return numbers.read_decimal(cell)
        except Unreadable as error:
            self._fault(name, error)
            return Decimal(0)

    def day(self, name: str) -> date | None:
        if not (text := self.text(name)):
            return None
        try:
            return times.read_date(text.partition(" ")[0])
        except Unreadable as error:
            return self._fault(name, error)

    def clock(self, name: str) -> time | None:
        try:
            return times.read_time(self.text(name).partition(".")[0])
        except Unreadable as error:
            return self._fault(name, error)

    def flag(self, name: str) -> bool:
        return self.text(name) == "1"

    def _fault(self, name: str, error: Unreadable) -> None:
        place = self.table, self.number, name, self.text(name)
        self.faults.append(Fault(*place, error.rule, error.remedy))


@dataclass
class Tables:
    """All tables by name, and the notes for whoever imports them."""

    by_name: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, book: Book) -> Self:
        tables = cls(notes=list(book.notes))
        for sheet in book.sheets:
            tables.by_name[sheet.name] = list(_rows(sheet, tables.faults))
        return tables

    def of_kind(self, name: str) -> list[Row]:
        return self.by_name.get(name, [])

    def texts(self, table: str, key: str, value: str) -> dict[str, str]:
        """One column of a table by another."""
        return {row.text(key): row.text(value) for row in self.of_kind(table)}

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)

    def note_the_rest(self) -> None:
        for name, reason in LEFT_BEHIND.items():
            if rows := self.of_kind(name):
                self.note(f"{len(rows):,} row(s) of {name} were not carried over: {reason}.")
        self.note("There are no routings and no sales orders in these tables: enter operations "
                  "and demand before you plan.")  # fmt: skip
        self.note("The tables name no time zone: a new site is opened in UTC unless one is named.")


def _rows(sheet: Sheet, faults: list[Fault]) -> Iterator[Row]:
    if not sheet.rows:
        return
    first, *rest = sorted(sheet.rows)
    titles = {at: shown(cell).strip("\\").strip() for at, cell in sheet.rows[first].items()}
    for number in rest:
        cells = sheet.rows[number]
        if shown(cells.get(0)) == DATA:
            named = {titles[at]: cell for at, cell in cells.items() if at in titles}
            yield Row(sheet.name, number, named, faults)
