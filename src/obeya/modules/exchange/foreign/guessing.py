"""What each sheet and column of a foreign table probably is."""

import re
from collections.abc import Mapping, Sequence

from obeya.modules.exchange.foreign import units
from obeya.modules.exchange.foreign.companions import named_in_passing, without_listed
from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.likeness import LEAST, SURE, Guess, how_like
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.foreign.order_lines import gaps, join_line
from obeya.modules.exchange.foreign.periods import period_of
from obeya.modules.exchange.foreign.table_guess import TableGuess
from obeya.modules.exchange.foreign.vocabulary import LEVEL, VOCABULARY, sheet_words, words_for
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.columns import Column, columns_of, split_unit
from obeya.modules.exchange.sheets import BY_NAME

WIDE_FROM = 2  # columns headed by periods
SIGNS = {"Production orders": ("delivered", "status")}  # columns that no other list has


def guess(tables: Sequence[ForeignTable]) -> list[TableGuess]:
    """How to read each table, and the nouns that it names in passing."""
    found: list[TableGuess] = []
    for table in tables:
        best = max((_as_sheet(table, sheet) for sheet in VOCABULARY), key=lambda pair: pair[0])
        score, chosen = best
        if score <= 0:
            found.append(TableGuess(TableMapping(table.name, "", {}), {}))
            continue
        found.append(chosen)
        found.extend(named_in_passing(table, chosen))
    return without_listed(found, tables)


def guess_as(table: ForeignTable, sheet: str) -> TableGuess:
    """How to read the table as this sheet of ours."""
    return _as_sheet(table, sheet)[1]


def required(sheet: str, *, is_wide: bool = False) -> list[str]:
    """Our columns that must be filled; a wide table says quantity, date and number itself."""
    given = {"code", "quantity", "due_at"} if is_wide else set()
    columns = columns_of(BY_NAME[sheet].row_class).values()
    return [each.name for each in columns if each.is_required and each.name not in given]


def periods_of(table: ForeignTable) -> dict[int, str]:
    """The columns headed by a day, week or month."""
    row = table.sheet.rows[table.header_row]
    found = {i: t for i, t in table.titles.items() if period_of(row.get(i)) or period_of(t)}
    return found if len(found) >= WIDE_FROM else {}


def _as_sheet(table: ForeignTable, sheet: str) -> tuple[float, TableGuess]:
    wide = periods_of(table) if sheet == "Demand" else {}
    titles = {i: title for i, title in table.titles.items() if i not in wide}
    columns = columns_of(BY_NAME[sheet].row_class)
    guesses = [
        each
        for index, title in titles.items()
        for name, words in words_for(sheet).items()
        if (each := how_like(table, index, title, columns[name], words)).confidence >= LEAST
    ]
    chosen: dict[str, Guess] = {}
    used: set[str] = set()
    for each in sorted(guesses, key=lambda g: (-g.confidence, table.index_of(g.title))):
        if each.column not in chosen and each.title not in used:
            chosen[each.column] = each
            used.add(each.title)
    sources = {name: (each.title,) for name, each in chosen.items()}
    join_line(table, sheet, titles, sources, used)
    confidence = {name: each.confidence for name, each in chosen.items()}
    _from_head(table, sheet, sources, used)
    confidence |= dict.fromkeys(sources.keys() - confidence.keys(), SURE)
    written = {name: _with_unit(columns[name], parts[0]) for name, parts in sources.items()}
    sources = {written[name]: parts for name, parts in sources.items()}
    confidence = {written[name]: value for name, value in confidence.items()}
    level = next((t for t in titles.values() if plain_words(t) in LEVEL), "")
    level = level if sheet == "BOM" else ""
    used.add(level)
    mapping = TableMapping(
        table.name,
        sheet,
        sources,
        is_wide=bool(wide),
        ignored=tuple(t for i, t in table.titles.items() if t not in used and i not in wide),
        fixed={"kind": "forecast"} if wide and "kind" not in sources else {},
        level=level,
        **gaps(table, sheet, sources, level),
    )
    return _score(table, mapping, confidence), TableGuess(mapping, confidence)


def _from_head(
    table: ForeignTable, sheet: str, sources: dict[str, tuple[str, ...]], used: set[str]
) -> None:
    """What is made, where the list is about one material that stands above it.

    A column that is like a material (`Item Number` is a line's in SAP) gives way to it.
    """
    words = words_for("Materials")["code"]
    label = next((each for each in table.heads if plain_words(each) in words), "")
    if sheet not in ("BOM", "Operations") or not label:
        return
    titles = sources.get("material", ())
    if any(plain_words(title) == plain_words(label) for title in titles):
        return
    used.difference_update(titles)
    sources["material"] = (label,)


def _with_unit(column: Column, title: str) -> str:
    """`run_h` where the title says that hours are meant."""
    if not column.unit:
        return column.name
    words = reversed(plain_words(title).split())
    unit = next((units.TIME[word] for word in words if word in units.TIME), "")
    return f"{split_unit(column.name)[0]}_{unit}" if unit else column.name


def _score(table: ForeignTable, mapping: TableMapping, confidence: Mapping[str, float]) -> float:
    must = required(mapping.into, is_wide=mapping.is_wide)
    found = sum(confidence.get(name, 0) for name in must)
    others = sum(value for name, value in confidence.items() if name not in must)
    missing = sum(name not in confidence for name in must)
    name = plain_words(table.name)
    is_named = any(re.search(rf"\b{each}\b", name) for each in sheet_words(mapping.into))
    if not found and not mapping.is_wide:
        return 0
    signs = SIGNS.get(mapping.into, ())
    if signs and not is_named and not set(signs) & set(confidence):
        missing += 1  # it may as well be the list of another kind of order
    return 2 * found + 0.6 * others - 2 * missing + 1.5 * is_named + 2 * mapping.is_wide
