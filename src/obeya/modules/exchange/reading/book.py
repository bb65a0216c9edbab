"""Cells as they stand in a file, before anyone asks what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class BrokenCell:
    """A cell that shows an error (#N/A), or a formula that was never calculated."""

    text: str
    remedy: str


Cell = str | Decimal | bool | date | datetime | time | timedelta | BrokenCell


@dataclass(frozen=True)
class Sheet:
    """The cells that hold something: ``rows[row number as Excel counts][column index from 0]``."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    decimal_mark: str = "."  # how numbers written as text are meant; empty: unknown
    meant: Mapping[str, str] = field(default_factory=dict)  # header → our column, where it differs
    header_row: int = 0  # where it is known; 0: the row that names most of our columns


@dataclass(frozen=True)
class Book:
    """All sheets of one file, and what the reader wants to tell its owner."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


class SheetNames:
    """Gives each sheet of a book a name of its own: of a second one that is called the same, the
    name with the next number that no sheet before it has.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counted: dict[str, int] = {}  # a million sheets of one name take no longer for each

    def unlike(self, name: str) -> str:
        given, number = name, self._counted.get(name, 1)
        while given in self._taken:
            number += 1
            given = f"{name} {number}"
        self._counted[name] = number
        self._taken.add(given)
        return given


def column_letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA, as above the columns in Excel."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The way back: A is 0, Z is 25, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
