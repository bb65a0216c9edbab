"""What was agreed upon: which of their columns is which of ours, table by table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from obeya.modules.exchange.foreign.finding import HEAD, ForeignTable
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.columns import columns_of, split_unit
from obeya.modules.exchange.reading.times import SECONDS_PER
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.sheets import BY_NAME

MARKS = ("", ".", ",")
DAY_ORDERS = ("", "day first", "month first")


@dataclass(frozen=True)
class TableMapping:
    """One table of theirs into one sheet of ours; several of these may read the same table.

    A title may name alternatives, separated by bars, for programs that speak several languages.
    """

    source: str  # name of their sheet
    into: str  # name of our sheet; empty: it is not read
    columns: Mapping[str, tuple[str, ...]]  # our column → their titles, joined by a slash
    fixed: Mapping[str, str] = field(default_factory=dict)  # our column → the same in every row
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column → theirs → ours
    ignored: tuple[str, ...] = ()  # titles that somebody saw and left
    mark: str = ""  # decimal mark of numbers written as text; empty: as the values tell
    day_order: str = ""  # of 01/12/2026; empty: as the values tell
    is_wide: bool = False  # one column for each day, week or month
    is_companion: bool = False  # reads the nouns that another mapping of the table names
    fills_down: bool = False  # an empty cell repeats the one above
    level: str = ""  # title of how deep a component lies, in a list of all levels
    counts_lines: bool = False  # the lines of an order are numbered here
    merges: bool = False  # several rows are about one order, as in a list of its operations


Mappings = Sequence[TableMapping]


def column_named(sheet: str, name: str) -> tuple[str, str]:
    """(field of our row, unit of time in which it is given): `run_h` is run_s, given in hours."""
    known = columns_of(BY_NAME[sheet].row_class)
    if name in known:
        return name, known[name].unit
    stem, unit = split_unit(name)
    ours = next((c.name for c in known.values() if c.unit and split_unit(c.name)[0] == stem), "")
    if not ours or unit not in SECONDS_PER:
        raise FileRefused(f"Sheet {sheet} has no column {name}. Map the columns of the file again.")
    return ours, unit


def to_json(mappings: Mappings) -> list[dict[str, Any]]:
    return [asdict(each) for each in mappings]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[TableMapping, ...]:
    """What was stored, checked against the sheets as they are today."""
    names = {each.name for each in fields(TableMapping)}
    found = []
    for entry in stored:
        given = {name: value for name, value in entry.items() if name in names}
        given["columns"] = {name: tuple(titles) for name, titles in given["columns"].items()}
        given["ignored"] = tuple(given.get("ignored", ()))
        found.append(checked(TableMapping(**given)))
    return tuple(found)


def checked(mapping: TableMapping) -> TableMapping:
    """The mapping, or a refusal of the sheet or column that there is not."""
    if not mapping.into:
        return mapping
    if mapping.into not in BY_NAME:
        raise FileRefused(f"There is no sheet {mapping.into}. Choose one of {', '.join(BY_NAME)}.")
    for name in (*mapping.columns, *mapping.fixed, *mapping.values):
        column_named(mapping.into, name)
    return mapping


def resolved(mapping: TableMapping, table: ForeignTable) -> TableMapping:
    """The mapping with the titles that this table really has; the others fall away."""
    by_word: dict[str, str] = {}
    for title in table.titles.values():
        by_word.setdefault(plain_words(title), title)
    exact = {*table.titles.values(), *table.heads}

    def title_of(said: str) -> str:
        if said in exact:
            return said
        return next((by_word[w] for e in said.split("|") if (w := plain_words(e)) in by_word), "")

    columns = {}
    for name, titles in mapping.columns.items():
        there = tuple(title_of(each) for each in titles)
        if all(there):
            columns[name] = there
    level = title_of(mapping.level) if mapping.level else ""
    return replace(mapping, source=table.name, columns=columns, level=level)


def titles_of(mapping: TableMapping) -> set[str]:
    """Every title that it reads or leaves on purpose, as words."""
    return {
        plain_words(title)
        for titles in (*mapping.columns.values(), mapping.ignored, (mapping.level,))
        for title in titles
        if title and not title.startswith(HEAD)
    }
