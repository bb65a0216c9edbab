"""A sheet of the file beside the plant: what each of its rows makes new, or changes, and how.

Both sides are rows as the rooms read them, so that nothing differs only in its spelling: the
plant before the sheet is saved, and the plant after it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.exchange.writing.cells import Heading, as_text, headings
from obeya.plant.log.saving import Saved

Key = tuple[Any, ...]
LONGEST_NAMED = 300


@dataclass(frozen=True)
class Difference:
    """One row of the file, or one that follows from it; ``fields`` are (field, old, new)."""

    sheet: str
    number: int | None
    named: str
    state: str
    fields: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Compared:
    """A saved sheet, and what the plant said of its kind before and after."""

    sheet: TypedSheet
    rows: Sequence[tuple[int, Any]]  # with their numbers in the file
    before: Sequence[Any]
    after: Sequence[Any]
    saved: Saved


def differences(compared: Compared) -> list[Difference]:
    """Rows of the sheet in their order; then what is gone, or came along, without a row."""
    sheet, rows, saved = compared.sheet, compared.rows, compared.saved
    before, after = compared.before, compared.after
    if not saved.new and not saved.changed:  # the room has compared them itself
        return [Difference(sheet.name, n, named(sheet, row), "unchanged") for n, row in rows]
    shown = headings(sheet.row_class, [*before, *after])
    was, now = RowIndex(sheet, before), RowIndex(sheet, after)
    found: list[Difference] = []
    for number, row in rows:
        key = now.key_of(row)
        new = now.take(key) or row
        found.append(_difference(sheet, (number, row), was.take(key), new, shown))
    for key in dict.fromkeys([*was.left, *now.left]):
        old, new = was.left.get(key), now.left.get(key)
        if old != new:
            found.append(_difference(sheet, (None, new or old), old, new, shown))
    return found


def named(sheet: TypedSheet, row: Any) -> str:
    """What the row is about, as its owner would say it: TABLE · LEG."""
    return named_by(getattr(row, name) for name in sheet.key)


def named_by(values: Iterable[Any]) -> str:
    parts = [text_of(each) for each in values if each is not False]
    return " · ".join(part for part in parts if part)[:LONGEST_NAMED]


def text_of(value: Any) -> str:
    """A value as it stands in the preview; none is empty."""
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return as_text(value)


SIGNS = {"new": "+", "changed": "~", "removed": "-"}


def told_differences(found: Iterable[Difference], *, most: int) -> Iterator[str]:
    """What differs, as lines for a terminal: at most so many of each sheet."""
    by_sheet: dict[str, list[Difference]] = {}
    for each in found:
        if each.state in SIGNS:
            by_sheet.setdefault(each.sheet, []).append(each)
    for sheet, rows in by_sheet.items():
        for each in rows[:most]:
            where = f"{sheet}, row {each.number}" if each.number else sheet
            told = [
                f"{name} {f'{old} → {new or chr(8211)}' if old else new}"
                for name, old, new in each.fields
            ]
            yield f"{SIGNS[each.state]} {where}, {each.named}: {'; '.join(told)}".removesuffix(": ")
        if len(rows) > most:
            yield f"  … and {len(rows) - most:,} more of {sheet}"


class RowIndex:
    """Rows by key; each is taken once. A row without a revision means the one in effect."""

    def __init__(self, sheet: TypedSheet, rows: Sequence[Any]) -> None:
        self._sheet = sheet
        self.left: dict[Key, Any] = {sheet.key_of(row): row for row in rows}
        self._by_rest: Mapping[Key, Key] = {}
        if "revision" in sheet.key:
            self._by_rest = {self._rest(key): key for key in self.left}

    def key_of(self, row: Any) -> Key:
        key = self._sheet.key_of(row)
        if key in self.left or not self._by_rest or getattr(row, "revision", "-"):
            return key
        return self._by_rest.get(self._rest(key), key)

    def of(self, key: Key, *, has_revision: bool) -> Any:
        """The row of this key; where it names no revision, that of the one in effect."""
        if key not in self.left and not has_revision:
            key = self._by_rest.get(self._rest(key), key)
        return self.left.get(key)

    def take(self, key: Key) -> Any:
        return self.left.pop(key, None)

    def _rest(self, key: Key) -> Key:
        at = self._sheet.key.index("revision")
        return key[:at] + key[at + 1 :]


def _difference(
    sheet: TypedSheet,
    said: tuple[int | None, Any],
    old: Any,
    new: Any,
    shown: Sequence[Heading],
) -> Difference:
    place = sheet.name, said[0], named(sheet, said[1])
    if old == new:
        return Difference(*place, "unchanged")
    if new is None:
        return Difference(*place, "removed")
    if old is None:
        fields = [(each.title, "", _text(new, each)) for each in shown if _says(new, each, sheet)]
        return Difference(*place, "new", fields)
    pairs = [(each.title, _text(old, each), _text(new, each)) for each in shown]
    changed = [each for each in pairs if each[1] != each[2]]
    return Difference(*place, "changed" if changed else "unchanged", changed)


def _field(heading: Heading) -> str:
    return heading.column.name if heading.column else heading.group


def _says(row: Any, heading: Heading, sheet: TypedSheet) -> bool:
    """More than the row's name, and than the default, which goes without saying."""
    column = heading.column
    if column is not None and column.name in sheet.key:
        return False
    is_default = column is not None and getattr(row, column.name) == column.default
    return not is_default and bool(_text(row, heading))


def _text(row: Any, heading: Heading) -> str:
    value = getattr(row, _field(heading))
    return text_of(value.get(heading.word) if heading.column is None else value)
