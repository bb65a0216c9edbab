"""Where in a sheet a table begins, and what its columns are called there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from obeya.modules.exchange.foreign.periods import period_of
from obeya.modules.exchange.foreign.vocabulary import VOCABULARY, words_for
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.book import Cell, Sheet, column_letters
from obeya.modules.exchange.reading.values import shown

HEADER_WITHIN = 25  # filled rows; lists begin with a title, selections, a date of print
LONGEST_TITLE = 60
HEAD = "^"  # before what stands above the table, such as ^Material
_UNITS = {
    "h",
    "min",
    "s",
    "sec",
    "std",
    "stk",
    "st",
    "pcs",
    "kg",
    "m",
    "mm",
    "l",
    "eur",
    "usd",
    "%",
}


@dataclass(frozen=True)
class ForeignTable:
    """A sheet with its titles; the rows below ``header_row`` are data."""

    sheet: Sheet
    header_row: int
    titles: Mapping[int, str]  # column → title; no two are equal
    heads: Mapping[str, str] = field(default_factory=dict)  # ^label → value, above the table
    origin: str = ""  # the file's sheet, of which this is a part
    notes: Sequence[str] = ()  # what of that sheet is in no part of it

    @property
    def name(self) -> str:
        return self.sheet.name

    def data(self) -> list[int]:
        return [number for number in sorted(self.sheet.rows) if number > self.header_row]

    def index_of(self, title: str) -> int:
        """The column that has this title."""
        return next(index for index, each in self.titles.items() if each == title)

    def filled(self, index: int) -> list[str]:
        """What stands in the filled cells of a column."""
        cells = (self.sheet.rows[number].get(index) for number in self.data())
        return [text for cell in cells if (text := shown(cell))]

    def samples(self, index: int, most: int = 3) -> list[str]:
        """The first different values of a column."""
        found: dict[str, None] = {}
        for number in self.data()[:200]:
            if (text := shown(self.sheet.rows[number].get(index))) and len(found) < most:
                found.setdefault(text)
        return list(found)


def table_of(sheet: Sheet) -> ForeignTable | None:
    """The table of a sheet with what stands above it: `Material: 4711`; None where none is."""
    table = _table(sheet)
    if table is None:
        return None
    above = [n for n in sorted(sheet.rows)[:HEADER_WITHIN] if n < table.header_row]
    heads: dict[str, str] = {}
    for number in above:
        for label, said in heads_in(sheet.rows[number]).items():
            heads.setdefault(label, said)
    titles = set(table.titles.values())
    return replace(table, heads={k: v for k, v in heads.items() if v not in titles})


def heads_in(row: Mapping[int, Cell]) -> dict[str, str]:
    """What a row says of all below it: ^Material → 4711 of `Material: 4711`."""
    heads: dict[str, str] = {}
    cells = [shown(cell) for _, cell in sorted(row.items())]
    for label, value in zip(cells, [*cells[1:], ""], strict=True):
        named, _, rest = label.partition(":")
        if plain_words(named) in _known() and (said := rest.strip() or value):
            heads.setdefault(HEAD + named.strip(), said)
    return heads


def _table(sheet: Sheet) -> ForeignTable | None:
    """Below titles, over one header row or two; None where there is none.

    Of a merged cell a file keeps the value in its first cell only, so the upper of two header
    rows holds for the columns to its right until its next word.
    """
    numbers = sorted(sheet.rows)[: HEADER_WITHIN + 1]
    if not numbers:
        return None
    best = max(numbers, key=lambda number: (_weight(sheet.rows[number]), -number))
    if _weight(sheet.rows[best]) == 0:
        return None
    at = numbers.index(best)
    above = numbers[at - 1] if at else 0
    below = numbers[at + 1] if at + 1 < len(numbers) else 0
    if above == best - 1 and above and _spans(sheet.rows[above], sheet.rows[best]):
        return ForeignTable(sheet, best, _joined(sheet.rows[above], sheet.rows[best]))
    if below == best + 1 and (
        _spans(sheet.rows[best], sheet.rows[below]) or _are_units(sheet.rows[below])
    ):
        return ForeignTable(sheet, below, _joined(sheet.rows[best], sheet.rows[below]))
    return ForeignTable(sheet, best, _unlike({i: shown(c) for i, c in sheet.rows[best].items()}))


@cache
def _known() -> frozenset[str]:
    return frozenset(word for sheet in VOCABULARY for each in words_for(sheet).values()
                     for word in each)  # fmt: skip


def _weight(row: Mapping[int, Cell]) -> int:
    """How much a row looks like a header: words that columns are called count threefold."""
    titles = [shown(cell) for cell in row.values() if _is_title(cell)]
    if not titles or 2 * len(titles) < len(row):
        return 0
    known = sum(plain_words(each) in _known() for each in titles)
    return 3 * known + len(set(titles)) if len(titles) > 1 or known else 0


def _is_title(cell: Cell) -> bool:
    text = shown(cell)
    if period_of(cell) is not None:
        return True
    return isinstance(cell, str) and 0 < len(text) <= LONGEST_TITLE and not _is_number(text)


def _is_number(text: str) -> bool:
    return not any(sign.isalpha() for sign in text)


def _spans(upper: Mapping[int, Cell], lower: Mapping[int, Cell]) -> bool:
    """Whether the upper row's words stand over several of the lower row's."""
    if len(upper) < 2 or not all(_is_title(cell) for cell in [*upper.values(), *lower.values()]):
        return False
    first, last = min(upper), max(*upper, *lower)
    beside = [index for index in lower if first < index <= last and index not in upper]
    if not beside or not any(_is_heading(cell) for cell in lower.values()):
        return False
    return not any(_has_digit(cell) for cell in [*upper.values(), *lower.values()])


def _is_heading(cell: Cell) -> bool:
    return plain_words(shown(cell)) in _known() or period_of(cell) is not None


def _has_digit(cell: Cell) -> bool:
    return any(sign.isdigit() for sign in shown(cell)) and not _is_heading(cell)


def _are_units(row: Mapping[int, Cell]) -> bool:
    return bool(row) and all(
        isinstance(cell, str)
        and (cell.strip()[:1] in "[(" or cell.strip().casefold().strip(".") in _UNITS)
        for cell in row.values()
    )


def _joined(upper: Mapping[int, Cell], lower: Mapping[int, Cell]) -> Mapping[int, str]:
    titles: dict[int, str] = {}
    over = ""
    for index in range(min([*upper, *lower]), max([*upper, *lower]) + 1):
        if index in upper:
            over = shown(upper[index])
        under = shown(lower.get(index))
        if index in lower or index in upper:
            titles[index] = f"{over} {under}".strip() if index in lower and under != over else over
    return _unlike(titles)


def _unlike(titles: Mapping[int, str]) -> Mapping[int, str]:
    """Titles told apart: the second of two equal ones says its column: `Text (D)`."""
    found: dict[int, str] = {}
    seen: set[str] = set()
    for index, title in sorted(titles.items()):
        word = " ".join(title.split())[:LONGEST_TITLE].strip()  # of several lines, one
        if not word:
            continue
        unlike = word if word not in seen else f"{word} ({column_letters(index)})"
        seen.add(unlike)
        found[index] = unlike
    return found
