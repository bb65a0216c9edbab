"""Rows of a sheet with every field: from the file, else from the plant as it is, else the default.

A part of a row (of a list's file, or pasted) says only some fields. Where it also knows what was
exported, and somebody has changed that in the plant since, it is a conflict: nobody's word is
overwritten unseen.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from obeya.modules.exchange.assuming import Assumed, unmarked
from obeya.modules.exchange.differing import RowIndex, named, named_by
from obeya.modules.exchange.nouns import Nouns
from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.reading.typed import TypedRow, TypedSheet
from obeya.modules.exchange.refusals import Fault
from obeya.modules.exchange.rows import SheetRow, SiteRow
from obeya.ui.lists.returning import normal

Key = tuple[Any, ...]


@dataclass
class Whole:
    """Rows that can be saved, with their numbers in the file, and why others cannot."""

    rows: list[Any] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)  # number → what about
    notes: list[str] = field(default_factory=list)


def whole_rows(row_class: type[SheetRow], sheet: TypedSheet, before: Sequence[Any]) -> Whole:
    """Each row of the sheet, completed; ``before`` is what the plant says today."""
    there = {sheet.key_of(row): row for row in before}
    said = sheet.rows if sheet.assumes else ()
    assumed = Assumed(row_class if sheet.assumes else SiteRow, said, before)
    nouns = Nouns(row_class, sheet, before)
    parts = _Parts(row_class, sheet, before, assumed, nouns)
    found = Whole()
    first: dict[Key, int] = {}
    told: dict[Any, int] = {}  # nouns of which a part speaks → its row
    for row in sheet.rows:
        if row.was is None:
            whole = row_class(**row.given)
            known = there.get(sheet.key_of(whole))
            wholes = [
                nouns.joined(assumed.completed(whole, row.given), row.given)
                if known is None
                else _changed(row_class, known, row.given)
            ]
            faults: list[Fault] = []
        else:
            wholes, faults = parts.completed(row)
        doubled = next((w for w in wholes if sheet.key_of(w) in first), None)
        if doubled is not None and not faults:
            key = sheet.key_of(doubled)
            faults = [_doubled(sheet, row, key, first[key])]
        if faults:
            found.faults += faults
            found.left_out[row.number] = (
                named(sheet, wholes[0])
                if wholes
                else named_by(row.given.get(name) for name in sheet.key)
            )
            continue
        for whole in wholes:
            first[sheet.key_of(whole)] = row.number
            found.rows.append(whole)
            found.numbers.append(row.number)
            if row.was is not None:
                told.setdefault(getattr(whole, sheet.key[0]), row.number)
    for noun, number in told.items():
        for whole in nouns.others(noun, first):
            found.rows.append(whole)
            found.numbers.append(number)
    found.notes = assumed.notes()
    return found


class _Parts:
    """Completes rows that say only some of their fields."""

    def __init__(
        self,
        row_class: type[SheetRow],
        sheet: TypedSheet,
        before: Sequence[Any],
        assumed: Assumed,
        nouns: Nouns,
    ) -> None:
        self._assumed = assumed
        self._nouns = nouns
        self._row_class = row_class
        self._sheet = sheet
        self._before = before
        self._columns = columns_of(row_class)
        self._index = RowIndex(sheet, before)
        self._by_fields: dict[Key, Mapping[Key, list[Any]]] = {}

    def completed(self, row: TypedRow) -> tuple[list[Any], list[Fault]]:
        """The whole rows, more than one where the part speaks of several; or what is wrong."""
        there = self._meant(row)
        if there:
            conflicts = [fault for each in there for fault in self._conflicts(row, each)]
            if conflicts:
                return there, list(dict.fromkeys(conflicts))
            return [_changed(self._row_class, each, row.given) for each in there], []
        if row.was:
            return [], [self._gone(row)]
        absent = [
            each.name
            for each in self._columns.values()
            if each.is_required and each.name not in row.given
        ]
        if absent:
            return [], [self._not_enough(row, name) for name in absent]
        if self._nouns.is_unclear(row.given):
            return [], [self._unclear(row)]
        whole = self._assumed.completed(self._row_class(**row.given), row.given)
        return [self._nouns.joined(whole, row.given)], []

    def _meant(self, row: TypedRow) -> list[Any]:
        """Of an exported row all that have its key; of another the one with the whole key, else
        all of its noun.
        """
        if row.was:
            names = tuple(name for name in self._sheet.key if name in row.given)
            if names not in self._by_fields:
                grouped: dict[Key, list[Any]] = defaultdict(list)
                for each in self._before:
                    grouped[tuple(getattr(each, name) for name in names)].append(each)
                self._by_fields[names] = grouped
            return self._by_fields[names].get(tuple(row.given[name] for name in names), [])
        if any(
            self._columns[name].is_required and name not in row.given for name in self._sheet.key
        ):
            return []
        said = {name: row.given.get(name, self._columns[name].default) for name in self._sheet.key}
        found = self._index.of(tuple(said.values()), has_revision=bool(said.get("revision", "-")))
        return list(self._nouns.meant(row.given)) if found is None else [found]

    def _conflicts(self, row: TypedRow, there: Any) -> list[Fault]:
        found = []
        for name, was in (row.was or {}).items():
            now, mine = normal(getattr(there, name)), normal(row.given[name])
            if name in self._sheet.key or now in (was, mine):
                continue
            rule = (
                f"was {was or 'empty'} when the list was exported, and somebody has made it "
                f"{now or 'empty'} since"
            )
            remedy = f"Choose: keep {now or 'it empty'}, or take {mine or 'nothing'} all the same."
            fault = self._fault(row, name, rule, remedy)
            found.append(dataclasses.replace(fault, value=mine, choices=(now, mine)))
        return found

    def _gone(self, row: TypedRow) -> Fault:
        rule = "is not here any more: closed, in the archive, renamed, or another site's"
        remedy = "Leave the row out, or export the list again."
        fault = self._fault(row, self._sheet.key[0], rule, remedy)
        return dataclasses.replace(fault, value=str(row.given.get(self._sheet.key[0], "")))

    def _not_enough(self, row: TypedRow, name: str) -> Fault:
        rule = f"is new, and a new row of {self._sheet.name} needs it"
        header = self._sheet.headers.get(name, name)
        return self._fault(
            row, name, rule, f"Add the column {header} and fill it, or leave the row out."
        )

    def _unclear(self, row: TypedRow) -> Fault:
        name = self._sheet.key[1]
        header = self._sheet.headers.get(name, name)
        rule = "is empty, so that nobody knows which of its rows is meant"
        return self._fault(row, name, rule, f"Add the column {header} and fill it.")

    def _fault(self, row: TypedRow, name: str, rule: str, remedy: str) -> Fault:
        header = self._sheet.headers.get(name, name)
        return Fault(self._sheet.name, row.number, header, "", rule, remedy)


def _changed(row_class: type[SheetRow], before: Any, given: Mapping[str, Any]) -> Any:
    """The plant's row with what the file says; what it says itself is assumed no more."""
    return dataclasses.replace(before, **given, **unmarked(row_class, before, given))


def _doubled(sheet: TypedSheet, row: TypedRow, key: Sequence[Any], first: int) -> Fault:
    return Fault(
        sheet.name,
        row.number,
        sheet.headers.get(sheet.key[0], sheet.key[0]),
        " · ".join(str(part) for part in key if part not in ("", None)),
        f"is a duplicate of row {first}: the same {', '.join(sheet.key)}",
        "Keep one of the two rows.",
    )
