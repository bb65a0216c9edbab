"""Nouns that take several rows of a sheet: a person with skills, a calendar with its shifts.

Their rooms read all rows of a noun together. So a part of a row that speaks of the noun alone is
about all of them; a further row says of the noun what the plant says; and the rows that a part
does not name come along, for they are not to go.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.exchange.rows import SheetRow, told_once


class Nouns:
    """Of one sheet, beside the plant; of most sheets a noun is one row, and this does nothing."""

    def __init__(self, row_class: type[SheetRow], sheet: TypedSheet, before: Sequence[Any]) -> None:
        self._sheet = sheet
        self._once = told_once(row_class)
        self._there: dict[Any, list[Any]] = defaultdict(list)
        self._said: dict[Any, dict[str, Any]] = defaultdict(dict)
        for each in before if self._once else ():
            self._there[getattr(each, sheet.key[0])].append(each)
        for row in sheet.rows if self._once else ():
            said = {n: row.given[n] for n in self._once if row.given.get(n, "") != ""}
            self._said[row.given.get(sheet.key[0])].update(said)

    def meant(self, given: Mapping[str, Any]) -> Sequence[Any]:
        """All rows of the noun, where the part says nothing of one of them."""
        if not self._once or set(given) - {self._sheet.key[0], *self._once}:
            return ()
        return self._there.get(given.get(self._sheet.key[0]), ())

    def is_unclear(self, given: Mapping[str, Any]) -> bool:
        """It speaks of one of the noun's rows, and does not say of which."""
        noun, further = given.get(self._sheet.key[0]), self._sheet.key[1:]
        return noun in self._there and not any(name in given for name in further)

    def joined(self, row: Any, given: Mapping[str, Any]) -> Any:
        """A further row, which says of the noun what the file says elsewhere, or the plant."""
        noun = getattr(row, self._sheet.key[0])
        if noun not in self._there:
            return row
        said, first = self._said.get(noun, {}), self._there[noun][0]
        absent = [
            name
            for name in self._once
            if name not in given and not isinstance(getattr(row, name), bool)  # any row says yes
        ]
        known = {name: said.get(name, getattr(first, name)) for name in absent}
        return dataclasses.replace(row, **known)

    def others(self, noun: Any, named: Collection[Any]) -> list[Any]:
        """Rows of the noun whose keys are not among those named."""
        return [
            dataclasses.replace(each, **self._said.get(noun, {}))
            for each in self._there.get(noun, ())
            if self._sheet.key_of(each) not in named
        ]
