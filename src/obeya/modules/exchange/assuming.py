"""What a file leaves open and the plan needs: a value is assumed, and marked until somebody says.

A setup that no row says is the median of the known setups of its setup family, else of the same
machine, work center or class; where nothing is known it is nothing. A crew that no row says is
the median of the same machine, work center or class, else one person. What is outside needs
neither; an operation without a skill needs no crew; and a setup family whose members say nothing
of their own is left to its setup matrix.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median_low
from typing import Any

from obeya.modules.exchange.reading.typed import TypedRow
from obeya.modules.exchange.reading.values import plain
from obeya.modules.exchange.rows import SheetRow, marks_of

NOTHING_KNOWN = {"setup_min": Decimal(0), "crew_size": 1}
SAID = {"setup_min": "setup time", "crew_size": "crew"}
Groups = Mapping[tuple[str, str, str], Sequence[Any]]


def unmarked(row_class: type[SheetRow], before: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """The marks that fall because the file says another value than the one that was assumed."""
    return {
        mark: False
        for name, mark in marks_of(row_class).items()
        if mark not in given and name in given and given[name] != getattr(before, name)
    }


class Assumed:
    """Assumes what new rows of one sheet leave open, and keeps count for a note."""

    def __init__(
        self, row_class: type[SheetRow], rows: Iterable[TypedRow], before: Iterable[Any]
    ) -> None:
        self._marks = marks_of(row_class)
        self._known = _known(self._marks, row_class, rows, before) if self._marks else {}
        self._counts: dict[tuple[str, str], int] = defaultdict(int)

    def completed(self, row: Any, given: Mapping[str, Any]) -> Any:
        """The new row, with a marked value for what the file does not say of it."""
        changes: dict[str, Any] = {}
        for name, mark in self._marks.items():
            if name in given or not _is_needed(name, row):
                continue
            found = self._value(name, row)
            if found is None:
                continue
            changes[name], why = found
            changes[mark] = True
            self._counts[name, f"{_told(name, changes[name])} {why}"] += 1
        return dataclasses.replace(row, **changes) if changes else row

    def notes(self) -> list[str]:
        """Assumed: a setup time of 12 min for 2 operations (the median of family OAK)."""
        return [
            f"Nobody says the {SAID[name]} of {count} operation{'s' if count > 1 else ''}. "
            f"Assumed and marked: {told}. Confirm or change it on the material's page."
            for (name, told), count in sorted(self._counts.items())
        ]

    def _value(self, name: str, row: Any) -> tuple[Any, str] | None:
        if name == "setup_min" and row.setup_family:
            family = self._known.get((name, "family", row.setup_family))
            if not family:
                return None  # its setup matrix says it
            return median_low(family), f"(the median of the setup family {row.setup_family})"
        place = row.equipment or row.equipment_class
        if known := self._known.get((name, "place", place)):
            return median_low(known), f"(the median of {place})"
        return NOTHING_KNOWN[name], "(nothing is known of its like)"


def _told(name: str, value: Any) -> str:
    if name == "setup_min":
        return f"{plain(Decimal(value))} min"
    return f"{value} {'person' if value == 1 else 'people'}"


def _is_needed(name: str, row: Any) -> bool:
    if row.subcontractor:
        return False
    return name != "crew_size" or bool(row.skill)


def _known(
    marks: Mapping[str, str],
    row_class: type[SheetRow],
    rows: Iterable[TypedRow],
    before: Iterable[Any],
) -> Groups:
    """Values that somebody has said, in the file or in the plant, by family and by place."""
    known: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    said = [
        (row.given, row.given.keys()) for row in rows if {"material", "number"} <= row.given.keys()
    ]
    there = [
        (each, [name for name, mark in marks.items() if not getattr(each, mark)]) for each in before
    ]
    for row, names in [*((row_class(**given), names) for given, names in said), *there]:
        for name in marks:
            if name not in names or not _is_needed(name, row):
                continue
            if row.setup_family:
                known[name, "family", row.setup_family].append(getattr(row, name))
            known[name, "place", row.equipment or row.equipment_class].append(getattr(row, name))
    return known
