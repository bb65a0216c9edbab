"""The example plant as a file: its workbook, and its tables of cells for a test to change."""

import io
from functools import cache
from typing import Any

from obeya.modules.exchange.sheets import ROW_CLASSES
from obeya.modules.exchange.writing.book import write_workbook
from obeya.modules.exchange.writing.cells import cell_of, headings
from obeya.modules.exchange.writing.example import EXAMPLE

Tables = dict[str, list[list[Any]]]


@cache
def example_workbook() -> bytes:
    target = io.BytesIO()
    write_workbook(target, EXAMPLE, [])
    return target.getvalue()


def example_tables() -> Tables:
    """Cells by sheet, header first."""
    rows = dict(EXAMPLE)
    return {
        row_class.SHEET: [
            [heading.title for heading in headings(row_class, rows[row_class])],
            *(
                [cell_of(row, heading) for heading in headings(row_class, rows[row_class])]
                for row in rows[row_class]
            ),
        ]
        for row_class in ROW_CLASSES
        if row_class in rows
    }


def put(tables: Tables, sheet: str, row: int, column: str, value: Any) -> None:
    """Row as Excel counts."""
    tables[sheet][row - 1][tables[sheet][0].index(column)] = value


def add(tables: Tables, sheet: str, **values: Any) -> None:
    """A row with these values by column."""
    header = tables[sheet][0]
    tables[sheet].append([values.get(name) for name in header])
