"""Reading what a plant brings along: a workbook or CSV files, as cells, then as typed rows.

`archive` makes sure that a file is safe to open, `spreadsheet` and `delimited` read cells,
`values` turns one cell into one value, `typed` a whole sheet into the rows of its room.
"""

from obeya.modules.exchange.reading.source import read_book
from obeya.modules.exchange.reading.typed import TypedSheet, read_rows

__all__ = ["TypedSheet", "read_book", "read_rows"]
