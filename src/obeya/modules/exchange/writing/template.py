"""The empty workbook: header and hints on every sheet, and a sheet that explains them all."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.rows import SheetRow
from obeya.modules.exchange.sheets import ROW_CLASSES
from obeya.modules.exchange.writing.cells import cell_of, headings, kind_of
from obeya.modules.exchange.writing.example import EXAMPLE

HOW_TO = (
    "Fill in the sheets that you have; leave out columns and delete sheets that you do not need.",
    "Shaded headers must be filled. A header that begins with # is yours and is not read.",
    "Codes connect the sheets: what one sheet names, another must define, or the plant has it.",
    "Dates are 2026-12-01 or 01.12.2026, times 06:00; durations 90, 1:30 or 90 min.",
    "Languages: a column name_de holds the German name. Custom fields: a column extra.colour.",
    "Import it with `obeya import FILE --dry-run`, or on the page Import: nothing is half-applied.",
)


def write_template(target: Path | IO[bytes]) -> None:
    from obeya.modules.exchange.writing.book import write_workbook  # noqa: PLC0415 - loads openpyxl

    write_workbook(target, [(row_class, []) for row_class in ROW_CLASSES], read_me())


def read_me() -> list[Sequence[Any]]:
    """How to fill the workbook, each column, and a small plant as an example."""
    lines: list[Sequence[Any]] = [["How to fill this workbook"]]
    lines += [["", sentence] for sentence in HOW_TO]
    lines += [[], ["Columns"], ["Sheet", "Column", "Kind", "Must be filled", "Meaning", "Default"]]
    for row_class in ROW_CLASSES:
        lines += _column_lines(row_class)
    lines += [[], ["An example: a plant that makes one table"]]
    for row_class, rows in EXAMPLE:
        lines += _example_lines(row_class, rows)
    return lines


def _column_lines(row_class: type[SheetRow]) -> Iterable[Sequence[Any]]:
    for column in columns_of(row_class).values():
        yield [
            row_class.SHEET,
            column.name,
            kind_of(column),
            "yes" if column.is_required else "",
            column.note,
            "" if column.default in (None, "", ()) else str(column.default),
        ]


def _example_lines(row_class: type[SheetRow], rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    filled = [
        heading
        for heading in headings(row_class, rows)
        if any(cell_of(row, heading) is not None for row in rows)
        and (
            heading.column is None
            or heading.column.is_required
            or any(getattr(row, heading.column.name) != heading.column.default for row in rows)
        )
    ]
    yield []
    yield [f"Sheet {row_class.SHEET}"]
    yield ["", *(heading.title for heading in filled)]
    for row in rows:
        yield ["", *(cell_of(row, heading) for heading in filled)]
