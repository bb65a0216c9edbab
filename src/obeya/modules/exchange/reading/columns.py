"""Which columns a sheet has: read off the row class of the room that owns it."""

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from obeya.modules.exchange.reading import numbers, times, values
from obeya.modules.exchange.reading.book import Cell
from obeya.modules.exchange.rows import SheetRow

TRANSLATED = "translations"  # columns name_de, name_es … of the field of this name
CUSTOM = "extra"  # columns extra.colour … of the field of this name
END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class Column:
    """A field of a row class as a person fills it."""

    name: str
    kind: str  # text, number, whole number, yes/no, date, time, date and time, one of, codes …
    note: str
    is_required: bool
    default: Any
    choices: tuple[str, ...] = ()
    unit: str = ""  # s, min, h or days where it is a duration
    may_be_empty: bool = False
    bare_date_at: time = time.min

    def read(self, cell: Cell, mark: str, header_unit: str = "") -> Any:
        """The value that the cell means, or `values.Unreadable`."""
        return self.nothing() if values.says_empty(cell) else self._read(cell, mark, header_unit)

    def _read(self, cell: Cell, mark: str, header_unit: str) -> Any:
        if self.unit:
            return times.read_span(cell, self.unit, mark, header_unit)
        match self.kind:
            case "number":
                is_percent = self.name.endswith("_percent")
                return (numbers.read_percent if is_percent else numbers.read_decimal)(cell, mark)
            case "whole number":
                return numbers.read_integer(cell, mark)
            case "date and time":
                return times.read_datetime(cell, bare_date_at=self.bare_date_at)
            case "one of":
                return values.read_choice({word: word for word in self.choices})(cell)
        return READERS[self.kind](cell)

    def nothing(self) -> Any:
        """What a cell means in which nothing stands."""
        if self.is_required:
            rule = f"Fill it in: {self.note or 'it must be filled'}."
            raise values.Unreadable("is empty", rule)
        return self.default


READERS: Mapping[str, Callable[[Cell], Any]] = {
    "text": values.read_text,
    "yes or no": values.read_boolean,
    "date": times.read_date,
    "time": times.read_time,
    "codes": values.read_codes,
}
KINDS: Mapping[Any, str] = {
    str: "text",
    Decimal: "number",
    int: "whole number",
    bool: "yes or no",
    date: "date",
    time: "time",
    datetime: "date and time",
}


@functools.cache
def columns_of(row_class: type[SheetRow]) -> Mapping[str, Column]:
    """The sheet's columns in order, without those for translations and custom fields."""
    hints = typing.get_type_hints(row_class, include_extras=True)
    return {
        field.name: _column(field, hints[field.name])
        for field in dataclasses.fields(row_class)
        if field.name not in (TRANSLATED, CUSTOM)
    }


def has_field(row_class: type[SheetRow], name: str) -> bool:
    return any(field.name == name for field in dataclasses.fields(row_class))


def _column(field: dataclasses.Field[Any], hint: Any) -> Column:
    note = ""
    if typing.get_origin(hint) is typing.Annotated:
        hint, note, *_ = typing.get_args(hint)
    may_be_empty = False
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (hint,) = (part for part in typing.get_args(hint) if part is not type(None))
        may_be_empty = True
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    default = None if required else field.default
    choices: tuple[str, ...] = ()
    if typing.get_origin(hint) is Literal:
        choices, kind = typing.get_args(hint), "one of"
    elif typing.get_origin(hint) is tuple:
        kind = "codes"
    else:
        kind = KINDS[hint]
    stem_unit = split_unit(field.name)
    return Column(
        name=field.name,
        kind=kind,
        note=note,
        is_required=required,
        default=default,
        choices=choices,
        unit=stem_unit[1] if kind == "number" else "",
        may_be_empty=may_be_empty,
        bare_date_at=END_OF_DAY if "a bare date: the end" in note else time.min,
    )


def split_unit(name: str) -> tuple[str, str]:
    """`setup_min` → (`setup`, `min`); a name without a unit of time keeps whole."""
    stem, _, unit = name.rpartition("_")
    return (stem, unit) if stem and unit in times.SECONDS_PER else (name, "")


def folded(header: str) -> str:
    """One word for `Due at`, `due_at` and `DUE-AT`; a unit in brackets joins: `Setup [min]`."""
    bare = re.sub(r"[\[\](){}]", " ", header.strip().lower())
    return re.sub(r"[\s_-]+", "_", bare).strip("_*")
