"""Foreign tables as tests write them: rows of cells, a number as a number, "" as an empty cell."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from obeya.modules.exchange.foreign.converting import convert, tables_in
from obeya.modules.exchange.foreign.guessing import guess
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.reading.book import Book, Sheet


def sheet(name: str, *rows: Sequence[Any]) -> Sheet:
    cells = {
        number: {at: _cell(value) for at, value in enumerate(row) if value not in ("", None)}
        for number, row in enumerate(rows, start=1)
    }
    return Sheet(name, {number: row for number, row in cells.items() if row})


def _cell(value: Any) -> Any:
    return Decimal(str(value)) if type(value) in (int, float) else value


def guessed(*sheets: Sheet) -> PlantFile:
    """What our reader makes of the sheets if every guess is believed."""
    book = Book(list(sheets))
    mappings = [each.mapping for each in guess(tables_in(book))]
    return understand(convert(book, mappings))


def rows_of(file: PlantFile, name: str) -> list[dict[str, Any]]:
    return [dict(r.given) for s in file.sheets if s.name == name for r in s.rows]


def faults_of(file: PlantFile) -> list[str]:
    return [str(fault) for each in file.sheets for fault in each.faults]
