"""The rows of one foreign table, one after the other, by our columns."""

import re
from collections.abc import Iterator, Mapping, Sequence

from obeya.modules.exchange.foreign.cells import Habits, mark_of, meant
from obeya.modules.exchange.foreign.finding import ForeignTable, heads_in
from obeya.modules.exchange.foreign.guessing import periods_of, required
from obeya.modules.exchange.foreign.mapping import TableMapping, column_named
from obeya.modules.exchange.foreign.order_lines import LINE_OF
from obeya.modules.exchange.foreign.periods import is_day_first, period_of
from obeya.modules.exchange.foreign.totals import is_total
from obeya.modules.exchange.foreign.vocabulary import LEVEL, LINE_NUMBER
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.book import BrokenCell, Cell
from obeya.modules.exchange.reading.columns import Column, columns_of
from obeya.modules.exchange.reading.values import shown
from obeya.modules.exchange.sheets import BY_NAME

Cells = dict[str, Cell]  # by our column
Source = tuple[str, Column, Sequence[int]]  # our column, and theirs
NUMBERS = ("number", "whole number")
AMOUNT = re.compile(r"\d[.,]\d\d-?(?:\s*\D*)?$")
DATES = ("date", "date and time")
#: cells that a list of orders writes in the first line only
FILLED_DOWN = {
    "BOM": ("material", "per_quantity"),
    "Operations": ("material",),
    "Demand": ("code", "order_code", "customer", "due_at"),
    "Purchases": ("number", "supplier", "due_at"),
}


class TableReader:
    """Remembers what later rows need: cells that fill down, lines counted, parts by level."""

    def __init__(self, mapping: TableMapping, table: ForeignTable) -> None:
        self._mapping = mapping
        self._titles = dict(table.titles)
        above = (row for at, row in table.sheet.rows.items() if at < table.header_row)
        self._page_heads = {
            _pattern(row) for row in above if _says_something(row) and not heads_in(row)
        }
        index = {title: at for at, title in table.titles.items()}
        index |= {label: -1 - at for at, label in enumerate(table.heads)}
        self._heads: dict[int, Cell] = {index[label]: said for label, said in table.heads.items()}
        self._columns = columns_of(BY_NAME[mapping.into].row_class)
        self._sources: list[Source] = [
            (name, self._columns[column_named(mapping.into, name)[0]], [index[t] for t in titles])
            for name, titles in mapping.columns.items()
        ]
        used = {at for _, _, s in self._sources for at in s}
        self._labels = {label: index[label] for label in table.heads if index[label] in used}
        self._words = {
            name: {theirs.casefold(): ours for theirs, ours in words.items()}
            for name, words in mapping.values.items()
        }
        row = table.sheet.rows[table.header_row]
        self._days = {
            at: period_of(row.get(at)) or period_of(title)
            for at, title in (periods_of(table) if mapping.is_wide else {}).items()
        }
        self._habits = _habits(mapping, table, self._sources, self._days)
        must = required(mapping.into, is_wide=mapping.is_wide)
        self._naming = [
            at for n, c, s in self._sources if n in must and c.kind == "text" for at in s if at >= 0
        ]
        self._level = index.get(mapping.level) if mapping.level else None
        self._is_of_parties = mapping.into == "Parties"
        first = next(iter(FILLED_DOWN.get(mapping.into, ())), "")
        order = next((s[0] for n, _, s in self._sources if n == first), -1)
        self._order_at = order if order >= 0 else None
        self._order: Cell | None = None
        self._parts: dict[int, Cell] = {}
        self._above: Cells = {}
        self._lines: dict[str, int] = {}

    def read(self, row: Mapping[int, Cell]) -> Cells | None:
        """The cells by our columns; None for a row that names nothing."""
        if self._is_heading(row) or self._begins_anew(row):
            return None
        if not any(at in row for at in self._naming) or is_total(row):
            return None
        if self._mapping.fills_down:
            row = self._with_order(row)
        cells: Cells = {}
        for name, column, sources in self._sources:
            cell = self._cell(row, name, column, sources)
            if cell is not None:
                cells[name] = cell
        if self._mapping.fills_down:
            self._fill_down(cells)
        for name, value in self._mapping.fixed.items():
            cells.setdefault(name, value)
        if self._mapping.counts_lines and self._mapping.into in LINE_OF:
            self._count_line(cells, LINE_OF[self._mapping.into][0])
        if self._level is not None:
            self._take_level(row.get(self._level), cells)
        return cells

    def _is_heading(self, row: Mapping[int, Cell]) -> bool:
        """The header once more, or what stands above it: a printed list has both on every page."""
        if all(" ".join(shown(cell).split()) == self._titles.get(at) for at, cell in row.items()):
            return True
        return _pattern(row) in self._page_heads

    def _begins_anew(self, row: Mapping[int, Cell]) -> bool:
        """Whether the row says what the next rows are about, as the one above the table did."""
        said = {self._labels[each]: text for each, text in heads_in(row).items()
                if each in self._labels} if self._labels else {}  # fmt: skip
        self._heads.update(said)
        if said:
            self._parts.clear()
        return bool(said)

    def unfolded(self, row: Mapping[int, Cell], cells: Cells) -> Iterator[Cells]:
        """The row itself, or of a wide table one for each period with a quantity."""
        if not self._mapping.is_wide:
            yield cells
            return
        for at, day in self._days.items():
            quantity = meant(row.get(at), self._columns["quantity"], self._habits, {})
            if quantity is None or day is None or shown(quantity) in ("0", "-"):
                continue
            parts = [shown(cells.get(n)) for n in ("code", "material", "customer") if n in cells]
            code = "/".join([*parts, day.isoformat()])
            yield cells | {"code": code, "quantity": quantity, "due_at": day}

    def _cell(
        self, row: Mapping[int, Cell], name: str, column: Column, sources: Sequence[int]
    ) -> Cell | None:
        found = [row.get(at) if at >= 0 else self._heads[at] for at in sources]
        if len(found) == 1:
            words = self._words.get(name, {})
            return meant(found[0], column, self._habits, words, of_party=self._is_of_parties)
        if found[0] is None:  # a position alone names no line
            return None
        parts = [part for part in found if part is not None]
        broken = next((part for part in parts if isinstance(part, BrokenCell)), None)
        return broken or "/".join(shown(part) for part in parts) or None

    def _with_order(self, row: Mapping[int, Cell]) -> Mapping[int, Cell]:
        """The row with the order that began above it; a new one forgets what the last one said."""
        if self._order_at is None:
            return row
        order = row.get(self._order_at)
        if order is None:
            return row if self._order is None else {**row, self._order_at: self._order}
        if shown(order) != shown(self._order):
            self._above.clear()
        self._order = order
        return row

    def _fill_down(self, cells: Cells) -> None:
        """What the first line says holds for the lines below it."""
        for name in FILLED_DOWN.get(self._mapping.into, ()):
            if name in cells:
                self._above[name] = cells[name]
            elif name in self._above:
                cells[name] = self._above[name]

    def _count_line(self, cells: Cells, name: str) -> None:
        order = shown(cells.get(name))
        if order and not isinstance(cells[name], BrokenCell):
            self._lines[order] = self._lines.get(order, 0) + 1
            cells[name] = f"{order}/{self._lines[order]}"

    def _take_level(self, written: Cell | None, cells: Cells) -> None:
        """A component of level 3 goes into the last component of level 2: `3`, `...3`."""
        digits = re.sub(r"\D", "", shown(written))
        level = int(digits[:3]) if digits else 0
        if level > 1:
            cells.pop("material", None)
            if (above := self._parts.get(level - 1)) is not None:
                cells["material"] = above
        self._parts = {at: part for at, part in self._parts.items() if at < level}
        if "component" in cells:
            self._parts[level] = cells["component"]


def _pattern(row: Mapping[int, Cell]) -> tuple[tuple[int, str], ...]:
    """The row without its digits, which change from page to page: date, time, number of page."""
    return tuple((at, re.sub(r"\d+", "#", shown(cell))) for at, cell in sorted(row.items()))


def _says_something(row: Mapping[int, Cell]) -> bool:
    """Whether its words are a heading's, not a code that a row below may have too."""
    return any(len(re.findall(r"[^\W\d_]{4,}", shown(cell))) > 0 for cell in row.values())


def _habits(
    mapping: TableMapping,
    table: ForeignTable,
    sources: Sequence[Source],
    periods: Mapping[int, object],
) -> Habits:
    numbers = [at for _, column, s in sources if column.kind in NUMBERS for at in s]
    days = [at for _, column, s in sources if column.kind in DATES for at in s]
    said = {"day first": True, "month first": False}.get(mapping.day_order)
    day_first = is_day_first(list(_texts(table, days))) if said is None else said
    mark = (
        mapping.mark
        or mark_of(_texts(table, [*numbers, *periods]))
        or mark_of(_amounts(table, {at for _, _, s in sources for at in s}))
    )
    if not mark and day_first is False:  # who writes 12/31/2026 writes 1,234.5
        mark = "."
    return Habits(mark, day_first)


def _texts(table: ForeignTable, columns: Sequence[int]) -> Iterator[str]:
    for number in table.data():
        row = table.sheet.rows[number]
        for at in columns:
            if isinstance(cell := row.get(at), str):
                yield cell.strip()


def _amounts(table: ForeignTable, mapped: set[int]) -> Iterator[str]:
    """The values of columns that hold amounts: always two decimals, such as prices. Positions
    (1.1), versions and months (12.2026) look like numbers and tell nothing of the mark.
    """
    for at, title in table.titles.items():
        if at in mapped or plain_words(title) in LINE_NUMBER or plain_words(title) in LEVEL:
            continue
        texts = [text for text in _texts(table, [at]) if text]
        if all(AMOUNT.search(text) for text in texts):
            yield from texts
