"""A plant's file as read: typed sheets, with what its reader has to say about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from obeya.modules.exchange.reading.typed import TypedRow, TypedSheet
from obeya.modules.exchange.rows import SheetRow


@dataclass
class PlantFile:
    """What an import takes over, whichever program the file came from."""

    sheets: list[TypedSheet]
    notes: list[str] = field(default_factory=list)
    site_code: str = ""  # the site that the file speaks of, where it does
    site_name: str = ""
    zone: str = ""
    currency: str = ""
    only_for: str = ""  # the site whose rows these are: it goes into no other
    today: date | None = None  # the day on which the file's plan stands, where it says so

    @property
    def count(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets)


def sheet_of(
    row_class: type[SheetRow],
    rows: Sequence[tuple[int, dict[str, Any]]],
    *,
    assumes: bool = False,
) -> TypedSheet:
    """A sheet made by a profile: ``(number of the record in its file, fields)`` each. With
    ``assumes``, what its program cannot say of a new row is assumed and marked.
    """
    fields = {name for _, given in rows for name in given}
    return TypedSheet(
        row_class.SHEET,
        row_class,
        headers={name: name for name in fields},
        rows=[TypedRow(number, given) for number, given in rows],
        assumes=assumes,
    )
