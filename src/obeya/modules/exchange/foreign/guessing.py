"""What each sheet and column of a foreign table probably is."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from obeya.modules.exchange.foreign import units
from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.foreign.periods import period_of
from obeya.modules.exchange.foreign.vocabulary import (
    COMPANIONS,
    LEVEL,
    LINE_NUMBER,
    VOCABULARY,
    Companion,
    sheet_words,
    words_for,
)
from obeya.modules.exchange.foreign.words import plain_words, synonyms
from obeya.modules.exchange.reading.columns import Column, columns_of, split_unit
from obeya.modules.exchange.reading.values import shown
from obeya.modules.exchange.sheets import BY_NAME

LEAST = 0.55  # what is less sure is left to the person
SURE = 0.9
LISTED = 0.8  # of the codes that lines name in passing; then the others are slips of the pen
WIDE_FROM = 2  # columns headed by periods
LINE_OF = {"Demand": ("code", "order_code"), "Purchases": ("number", "number")}
SIGNS = {"Production orders": ("delivered", "status")}  # columns that no other list has
ONE_ROW_EACH = ("Production orders",)  # of which lists may say more in further rows
_NUMBER = re.compile(r"[-+]?[\d.,'\s\u00a0]*\d[\d.,]*\s?[-%]?")


@dataclass(frozen=True)
class Guess:
    """One of our columns ← one of theirs, from 0 to 1."""

    column: str
    title: str
    confidence: float


@dataclass(frozen=True)
class TableGuess:
    """How a table is to be read, with how sure each of its columns is."""

    mapping: TableMapping
    confidence: Mapping[str, float]  # our column → from 0 to 1


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
        found.extend(_companions(table, chosen))
    return _without_listed(found, tables)


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
        if (each := _guess(table, index, title, columns[name], words)).confidence >= LEAST
    ]
    chosen: dict[str, Guess] = {}
    used: set[str] = set()
    for each in sorted(guesses, key=lambda g: (-g.confidence, _at(titles, g.title))):
        if each.column not in chosen and each.title not in used:
            chosen[each.column] = each
            used.add(each.title)
    sources = {name: (each.title,) for name, each in chosen.items()}
    _join_line(table, sheet, titles, sources, used)
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
        **_gaps(table, sheet, sources, level),
    )
    return _score(table, mapping, confidence), TableGuess(mapping, confidence)


def _guess(
    table: ForeignTable, index: int, title: str, column: Column, words: Sequence[str]
) -> Guess:
    likeness = _likeness(plain_words(title), words)
    is_ours = bool(table.origin)  # a part that we have made, with titles of our own
    if (
        likeness >= LEAST
        and not is_ours
        and (not _fits(column, table.samples(index, 8)) or _counts_otherwise(column, title))
    ):
        likeness *= 0.4
    return Guess(column.name, title, round(likeness, 2))


def _likeness(title: str, words: Sequence[str]) -> float:
    """1 for a word of the vocabulary, a little less the farther down; less for parts of it."""
    if title in words:
        return 1 - 0.1 * words.index(title) / len(words)
    told = title.split()
    best = 0.0
    for word in words:
        parts = word.split()
        if parts and len(word) > 2 and all(part in told for part in parts):
            best = max(best, 0.5 + 0.35 * len(parts) / len(told))
    near = difflib.get_close_matches(title, words, 1, cutoff=0.86) if len(title) > 4 else []
    return max(best, 0.75 if near else 0.0)


def _fits(column: Column, samples: Sequence[str]) -> bool:
    """Whether the values can be what the column holds."""
    if not samples:
        return True
    numbers = sum(bool(_NUMBER.fullmatch(each)) for each in samples)
    if column.kind in ("number", "whole number"):
        return 2 * numbers >= len(samples) or bool(column.unit)
    if column.kind == "one of":
        return all(units.known_word(column, each) is not None for each in samples)
    if column.kind in ("date", "date and time"):
        return any(any(sign.isdigit() for sign in each) for each in samples)
    return True


def _counts_otherwise(column: Column, title: str) -> bool:
    """Whether the title of a time says what cannot be converted: weeks, minutes per 100."""
    told = plain_words(title).split()
    return bool(column.unit) and any(word in units.OTHER_TIME or word.isdigit() for word in told)


def _at(titles: Mapping[int, str], title: str) -> int:
    return next(index for index, each in titles.items() if each == title)


def _join_line(
    table: ForeignTable,
    sheet: str,
    titles: Mapping[int, str],
    sources: dict[str, tuple[str, ...]],
    used: set[str],
) -> None:
    """The number of an order and that of its line together are the line's number."""
    if sheet not in LINE_OF:
        return
    number, order = LINE_OF[sheet]
    if order not in sources:
        return
    if number != order and number in sources:
        written = _column(table, _at(table.titles, sources[number][0]))
        if len(set(written)) < len(written):  # 1, 2, 1, 2: counted anew in each order
            sources[number] = (*sources[order], *sources[number])
        return
    free = [t for t in titles.values() if t not in used]
    line = next((t for t in free if plain_words(t) in LINE_NUMBER), None)
    sources[number] = (*sources[order], line) if line else sources[order]
    if line:
        used.add(line)


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


def _gaps(
    table: ForeignTable, sheet: str, sources: Mapping[str, tuple[str, ...]], level: str
) -> dict[str, bool]:
    """Whether an order's cells stand in its first line only, and whether its lines are counted."""
    if sheet in ONE_ROW_EACH:
        return _merging(table, sources.get(BY_NAME[sheet].row_class.KEY[0], ()))
    name = {"BOM": "material", "Operations": "material"}.get(sheet) or LINE_OF.get(sheet, ("",))[0]
    titles = sources.get(name, ())
    if not titles or titles[0] not in table.titles.values() or level:
        return {}
    index = _at(table.titles, titles[0])
    cells = [shown(table.sheet.rows[number].get(index)) for number in table.data()]
    others = [at for at, title in table.titles.items() if at != index]
    gaps = [
        number
        for number, cell in zip(table.data(), cells, strict=True)
        if not cell and sum(at in table.sheet.rows[number] for at in others) > 1
    ]
    named = [cell for cell in cells if cell]
    says_all = any(cell and cell == above for above, cell in pairwise(cells))
    fills = bool(gaps) and bool(cells[0]) and not says_all  # else a gap is a cell that is missing
    repeats = sheet in LINE_OF and len(titles) == 1 and (fills or len(set(named)) < len(named))
    return {"fills_down": fills, "counts_lines": repeats}


def _merging(table: ForeignTable, titles: Sequence[str]) -> dict[str, bool]:
    """Whether several rows name the same."""
    if len(titles) != 1 or titles[0] in table.heads:
        return {}
    named = _column(table, _at(table.titles, titles[0]))
    return {"merges": len(set(named)) < len(named)}


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


def _column(table: ForeignTable, index: int) -> list[str]:
    """What stands in the filled cells of a column."""
    cells = (table.sheet.rows[number].get(index) for number in table.data())
    return [text for cell in cells if (text := shown(cell))]


def _without_listed(
    found: Sequence[TableGuess], tables: Sequence[ForeignTable]
) -> list[TableGuess]:
    """No nouns in passing where the file itself lists them: a slip of the pen in a line would
    become a new material, instead of being refused.
    """
    by_name = {table.name: table for table in tables}
    listed: dict[str, set[str]] = {}
    for each in found:
        if not each.mapping.is_companion:
            listed.setdefault(each.mapping.into, set()).update(_codes(each.mapping, by_name))
    return [
        each
        for each in found
        if not each.mapping.is_companion
        or not _are_listed(_codes(each.mapping, by_name), listed.get(each.mapping.into, set()))
    ]


def _codes(mapping: TableMapping, tables: Mapping[str, ForeignTable]) -> list[str]:
    table, titles = tables[mapping.source], mapping.columns.get("code", ())
    if len(titles) != 1 or titles[0] in table.heads:
        return []
    return _column(table, _at(table.titles, titles[0]))


def _are_listed(codes: Sequence[str], listed: Collection[str]) -> bool:
    named = set(codes)
    return bool(named) and len(named & set(listed)) >= LISTED * len(named)


def _companions(table: ForeignTable, chosen: TableGuess) -> list[TableGuess]:
    """Materials, parties and storages that the table names beside its own rows."""
    return [
        each
        for companion in COMPANIONS.get(chosen.mapping.into, ())
        if (each := _companion(table, chosen.mapping, companion)) is not None
    ]


def _companion(
    table: ForeignTable, chosen: TableMapping, companion: Companion
) -> TableGuess | None:
    if companion.code not in chosen.columns:
        return None
    columns = {"code": chosen.columns[companion.code]}
    for name, text in (("name", companion.name), ("unit", companion.unit)):
        free = set(table.titles.values()) - {t for titles in columns.values() for t in titles}
        likeness, title = max(((_likeness(plain_words(t), _synonyms(text)), t) for t in free),
                              default=(0.0, ""))  # fmt: skip
        if likeness >= LEAST:
            columns[name] = (title,)
    mapping = TableMapping(
        table.name, companion.sheet, columns, fixed=dict(companion.fixed), is_companion=True
    )
    return TableGuess(mapping, dict.fromkeys(columns, SURE))


@cache
def _synonyms(text: str) -> tuple[str, ...]:
    return synonyms(text)
