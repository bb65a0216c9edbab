"""A foreign book and its mappings → a book of our own sheets, headed by their titles."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from obeya.modules.exchange.foreign.finding import ForeignTable, table_of
from obeya.modules.exchange.foreign.mapping import Mappings, TableMapping, resolved
from obeya.modules.exchange.foreign.reader import Cells, TableReader
from obeya.modules.exchange.foreign.requirements_list import parts_of
from obeya.modules.exchange.reading.book import Book, Cell, Sheet
from obeya.modules.exchange.reading.values import shown
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.sheets import BY_NAME


def tables_in(book: Book) -> list[ForeignTable]:
    """The tables of a book; a list that mixes several is taken apart."""
    found = (table for sheet in book.sheets if (table := table_of(sheet)) is not None)
    return [part for table in found for part in parts_of(table)]


def convert(book: Book, mappings: Mappings) -> Book:
    """Our sheets, as far as the mappings find their tables; the notes name the others."""
    tables = {table.name: table for table in tables_in(book)}
    made = Book([], list(book.notes))
    targets: dict[str, _Target] = {}
    for mapping in mappings:
        table = tables.get(mapping.source)
        if table is None or not mapping.into:
            continue
        target = targets.setdefault(mapping.into, _Target(mapping.into))
        target.take(resolved(mapping, table), table, made.notes)
    for table in tables.values():
        made.notes.extend(table.notes)
    read = {tables[each.source].origin or each.source
            for each in mappings if each.into and each.source in tables}  # fmt: skip
    made.notes.extend(f"Sheet {s.name} was not read." for s in book.sheets if s.name not in read)
    made.sheets.extend(target.sheet() for target in targets.values())
    if not made.sheets:
        raise FileRefused(
            "No sheet of the file is mapped to one of ours. Say what at least one sheet holds."
        )
    return made


@dataclass
class _Target:
    """One of our sheets while tables fill it."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    header: dict[int, Cell] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    header_row: int = 0
    told: dict[str, int] = field(default_factory=dict)  # noun → its row, where rows merge

    def take(self, mapping: TableMapping, table: ForeignTable, notes: list[str]) -> None:
        """The rows of the table below those that are there; every table keeps its numbers, the
        second into one sheet counts on.
        """
        shift = 0
        if not self.header_row:
            self.header_row = table.header_row
        elif self.rows:
            shift = max(self.rows) - table.header_row
        for column, title in _headed(mapping):
            self._place(column, title)
        kept, merged, last = 0, 0, 0
        for number, cells in _rows(mapping, table, notes):
            if mapping.is_companion and not self._is_first(cells):
                continue
            at = number + shift
            if mapping.is_wide:  # one row of theirs becomes several
                at = max(at, last + 1)
            last = at
            if mapping.merges and self._is_told(at, cells):
                merged += 1
                continue
            self.rows[at] = {self.columns[name]: cell for name, cell in cells.items()}
            kept += 1
        if merged:
            notes.append(
                f"Sheet {table.name}: {merged} row(s) say more of an order that stands above. The "
                "latest date counts; what they say of single operations was not read."
            )
        if shift and kept:
            notes.append(
                f"{self.name}: row {table.header_row + 1} of {table.name} counts as row "
                f"{table.header_row + 1 + shift}, below those read before."
            )

    def sheet(self) -> Sheet:
        return Sheet(
            self.name,
            {self.header_row: self.header, **self.rows},
            decimal_mark="",  # what the table's own values tell is read by now
            meant=self.meant,
            header_row=self.header_row,
        )

    def _place(self, column: str, title: str) -> None:
        if column in self.columns:
            return
        index = self.columns[column] = len(self.columns)
        written = title if title not in self.meant else f"{title} ({column})"
        self.header[index] = written
        self.meant[written] = column

    def _is_told(self, at: int, cells: Cells) -> bool:
        """Whether a row above is about the same; of the two dates the later one stays."""
        row = self.rows.get(self.told.setdefault(shown(cells.get(self._key)), at))
        if row is None:
            return False
        day, index = cells.get("due_at"), self.columns.get("due_at", -1)
        before = row.get(index)
        if isinstance(day, date) and isinstance(before, date) and _moment(day) > _moment(before):
            row[index] = day
        return True

    @property
    def _key(self) -> str:
        return BY_NAME[self.name].row_class.KEY[0]

    def _is_first(self, cells: Cells) -> bool:
        key = tuple(shown(cells.get(name)) for name in BY_NAME[self.name].row_class.KEY)
        if not key[0] or key in self.keys:
            return False
        self.keys.add(key)
        return True


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time.max)


def _headed(mapping: TableMapping) -> Iterator[tuple[str, str]]:
    """Our columns with the titles that refusals shall name."""
    for name, titles in mapping.columns.items():
        yield name, " / ".join(titles)[:80]
    given = ("code", "quantity", "due_at") if mapping.is_wide else ()
    given = ("material", *given) if mapping.level else given
    for name in (*mapping.fixed, *given):
        if name not in mapping.columns:
            yield name, name


def _rows(
    mapping: TableMapping, table: ForeignTable, notes: list[str]
) -> Iterator[tuple[int, Cells]]:
    reader = TableReader(mapping, table)
    skipped = 0
    for number in table.data():
        cells = reader.read(table.sheet.rows[number])
        if cells is None:
            skipped += 1
            continue
        yield from ((number, each) for each in reader.unfolded(table.sheet.rows[number], cells))
    if skipped and not mapping.is_companion:
        notes.append(
            f"Sheet {table.name}: {skipped} row(s) that name nothing, such as totals, blank or "
            "repeated headers, were not read."
        )
