"""What the page of columns shows of each table: our columns, theirs, samples, how sure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from obeya.modules.exchange.foreign.finding import HEAD, ForeignTable
from obeya.modules.exchange.foreign.guessing import guess_as, periods_of, required
from obeya.modules.exchange.foreign.likeness import SURE
from obeya.modules.exchange.foreign.mapping import DAY_ORDERS, MARKS, TableMapping, column_named
from obeya.modules.exchange.foreign.order_lines import LINE_OF
from obeya.modules.exchange.foreign.recognising import missing
from obeya.modules.exchange.foreign.units import VALUES, known_word
from obeya.modules.exchange.foreign.vocabulary import VOCABULARY
from obeya.modules.exchange.reading.columns import Column, columns_of
from obeya.modules.exchange.reading.times import SECONDS_PER
from obeya.modules.exchange.reading.values import shown
from obeya.modules.exchange.sheets import BY_NAME

MOST_WORDS = 12  # different words of a column that can be said here
LIKELY = 0.75
_AS_TOLD = _("as the values tell")
MARK_WORDS = dict(zip(MARKS, (_AS_TOLD, _("a point: 1.5"), _("a comma: 1,5")), strict=True))
DAY_WORDS = dict(zip(DAY_ORDERS, (_AS_TOLD, _("day first"), _("month first")), strict=True))


@dataclass(frozen=True)
class Line:
    """One of our columns."""

    name: str
    note: str
    is_required: bool
    title: str  # theirs; empty: none
    second: str | None  # joined to it by a slash; None: this column is never joined
    unit: str  # in which theirs counts; empty: not a time
    always: str
    samples: str
    sureness: tuple[Promise, str] | None  # word and tone
    choices: Sequence[str] = ()
    words: Sequence[tuple[str, str]] = ()  # theirs that nobody knows, and what was said of it


@dataclass(frozen=True)
class Card:
    """One table into one sheet."""

    at: int
    mapping: TableMapping
    titles: Sequence[tuple[str, str]]  # value, as shown
    lines: Sequence[Line] = ()
    more: Sequence[Line] = ()  # of columns that nobody named
    gaps: Sequence[str] = ()
    unread: Sequence[str] = ()
    can_be_wide: bool = False
    sheets: Sequence[str] = field(default_factory=lambda: list(VOCABULARY))
    units: Sequence[str] = field(default_factory=lambda: list(SECONDS_PER))
    marks: Sequence[tuple[str, Promise]] = field(default_factory=lambda: list(MARK_WORDS.items()))
    orders: Sequence[tuple[str, Promise]] = field(default_factory=lambda: list(DAY_WORDS.items()))
    rows: int = 0


def cards_of(mappings: Sequence[TableMapping], tables: Sequence[ForeignTable]) -> list[Card]:
    by_name = {table.name: table for table in tables}
    return [
        card_of(at, mapping, by_name[mapping.source])
        for at, mapping in enumerate(mappings)
        if mapping.source in by_name
    ]


def card_of(at: int, mapping: TableMapping, table: ForeignTable) -> Card:
    titles = [(t, t) for t in table.titles.values()]
    titles += [(h, f"{h.removeprefix(HEAD)}: {said}") for h, said in table.heads.items()]
    if not mapping.into:
        return Card(at, mapping, titles, unread=list(table.titles.values()), rows=len(table.data()))
    guessed = guess_as(table, mapping.into)
    sure = {  # of what was guessed, not of what somebody chose instead
        name: value
        for name, value in guessed.confidence.items()
        if not mapping.is_companion
        and guessed.mapping.columns.get(name) == mapping.columns.get(name)
    }
    lines = [
        _line(column, mapping, table, sure)
        for column in columns_of(BY_NAME[mapping.into].row_class).values()
    ]
    named = [each for each in lines if each.title or each.always or each.is_required]
    used = {t for parts in mapping.columns.values() for t in parts} | {mapping.level}
    wide = set(periods_of(table).values()) if mapping.is_wide else set()
    return Card(
        at,
        mapping,
        titles,
        sorted(named, key=lambda each: not each.is_required),
        [each for each in lines if each not in named],
        missing(mapping),
        [t for t in table.titles.values() if t not in used and t not in wide],
        can_be_wide=mapping.into == "Demand" and bool(periods_of(table)),
        rows=len(table.data()),
    )


def unknown_words(column: Column, table: ForeignTable, title: str) -> list[str]:
    """Different values of theirs that are none of our words, nor of those we know for them."""
    index = next((at for at, each in table.titles.items() if each == title), None)
    if index is None or not (column.choices or column.name in VALUES):
        return []
    found = {shown(table.sheet.rows[number].get(index)) for number in table.data()}
    return sorted(e for e in found if e and known_word(column, e) is None)[:MOST_WORDS]


def _line(
    column: Column, mapping: TableMapping, table: ForeignTable, sure: dict[str, float]
) -> Line:
    given = next((n for n in mapping.columns if _field(mapping, n) == column.name), "")
    titles = mapping.columns.get(given, ())
    unit = column_named(mapping.into, given)[1] if given and column.unit else column.unit
    title = titles[0] if titles else ""
    said = mapping.values.get(given, {})
    return Line(
        column.name,
        column.note,
        column.name in required(mapping.into, is_wide=mapping.is_wide),
        title,
        (titles[1] if len(titles) > 1 else "") if _can_join(mapping, column) else None,
        unit,
        mapping.fixed.get(column.name, ""),
        _samples(table, titles),
        _sureness(sure.get(given, 0)) if title and given in sure else None,
        column.choices,
        [(word, said.get(word, "")) for word in unknown_words(column, table, title)],
    )


def _field(mapping: TableMapping, name: str) -> str:
    return column_named(mapping.into, name)[0]


def _can_join(mapping: TableMapping, column: Column) -> bool:
    return mapping.into in LINE_OF and column.name == LINE_OF[mapping.into][0]


def _samples(table: ForeignTable, titles: Sequence[str]) -> str:
    parts = []
    for title in titles:
        if title in table.heads:
            return table.heads[title]
        index = next((at for at, each in table.titles.items() if each == title), None)
        parts.append(table.samples(index) if index is not None else [])
    joined = [" / ".join(row) for row in zip(*parts, strict=False)] if parts else []
    return " · ".join(joined)


def _sureness(confidence: float) -> tuple[Promise, str]:
    if confidence >= SURE:
        return _("sure"), "good"
    return (_("likely"), "neutral") if confidence >= LIKELY else (_("look at it"), "warning")


__all__ = ["Card", "Line", "card_of", "cards_of", "unknown_words"]
