"""What every row class has, and the row of the sheet Site. `organisation.rows` tells how rows
are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass
from typing import Annotated, Any, ClassVar, Protocol


class SheetRow(Protocol):
    """A dataclass of some room: its fields are the columns of the sheet."""

    SHEET: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]  # the fields that tell its rows apart
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init__(self, **given: Any) -> None: ...


def marks_of(row_class: type[SheetRow]) -> Mapping[str, str]:
    """Fields that a file may leave open → the field that says so."""
    marks: Mapping[str, str] = getattr(row_class, "ASSUMED", {})
    return marks


def told_once(row_class: type[SheetRow]) -> tuple[str, ...]:
    """Of a noun that takes several rows, the fields that are alike in all of them."""
    fields: tuple[str, ...] = getattr(row_class, "TOLD_ONCE", ())
    return fields


Sheets = Sequence[tuple[type[SheetRow], Sequence[Any]]]  # with the rows of each


@dataclass(frozen=True)
class SiteRow:
    """The plant itself: one row; the site is opened if there is none of this code."""

    SHEET: ClassVar[str] = "Site"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "short code of the plant, as in its addresses: KES"]
    name: Annotated[str, "empty: its code"] = ""
    time_zone: Annotated[str, "IANA name: Europe/Berlin; empty: UTC"] = ""
    currency: Annotated[str, "ISO 4217: EUR; empty: EUR"] = ""
