"""A mapping known again by the shape of the headers, whatever the file is called."""

from collections.abc import Iterable, Mapping, Sequence

from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.guessing import required
from obeya.modules.exchange.foreign.mapping import (
    Mappings,
    TableMapping,
    column_named,
    resolved,
    titles_of,
)
from obeya.modules.exchange.foreign.words import plain_words

KNOWN_AGAIN = 0.8  # of the titles that a mapping has seen; a column more or less is the same list


def placed(mappings: Mappings, tables: Sequence[ForeignTable]) -> list[TableMapping]:
    """Each mapping at the table that it reads here; those without a table fall away.

    A table is the one of the same name, else the one with most of the titles.
    """
    found: list[TableMapping] = []
    chosen: dict[str, ForeignTable] = {}  # their sheet as it was called → the one here
    for mapping in mappings:
        table = chosen.get(mapping.source) or _table_for(mapping, tables, chosen.values())
        if table is None:
            continue
        here = resolved(mapping, table)
        if mapping.into and missing(here):
            continue
        chosen[mapping.source] = table
        found.append(here)
    return found if _says_more_than_names(found, mappings) else []


def missing(mapping: TableMapping) -> list[str]:
    """Our columns that must be filled and that nothing fills."""
    known = {column_named(mapping.into, name)[0] for name in (*mapping.columns, *mapping.fixed)}
    if mapping.level:
        known.add("material")
    return [n for n in required(mapping.into, is_wide=mapping.is_wide) if n not in known]


def lost(here: Mappings, mappings: Mappings) -> list[str]:
    """Titles that the mappings read and that their tables do not have here: without the column
    of lots, two lots of a material would become one.
    """
    reads = {(each.into, each.is_companion): set(each.columns) for each in here}
    return list(
        dict.fromkeys(
            " / ".join(titles)
            for each in mappings
            if (there := reads.get((each.into, each.is_companion))) is not None
            for name, titles in each.columns.items()
            if name not in there
        )
    )


def likeness(mappings: Mappings, tables: Sequence[ForeignTable]) -> float:
    """How much of the file a mapping has seen before, from 0 to 1; 0 where it reads nothing."""
    here = placed(mappings, tables)
    if not here:
        return 0.0
    by_name = {table.name: table for table in tables}
    seen = same = 0
    for name in {each.source for each in here}:
        titles = {plain_words(title) for title in by_name[name].titles.values()}
        known = {word for each in here if each.source == name for word in titles_of(each)}
        wide = any(each.is_wide for each in here if each.source == name)
        seen += len(known if wide else titles | known)
        same += len(known & titles)
    others = sum(len(t.titles) for t in tables if t.name not in {e.source for e in here})
    return same / (seen + others) if seen else 0.0


def known_again(
    profiles: Mapping[str, Mappings], tables: Sequence[ForeignTable]
) -> tuple[str, list[TableMapping]] | None:
    """The profile that fits best, with its mappings at the tables of this file; one of which a
    column is not here is for a person to look at.
    """
    scored = [
        (likeness(mappings, tables), name)
        for name, mappings in profiles.items()
        if not lost(placed(mappings, tables), mappings)
    ]
    best, name = max(scored, default=(0.0, ""))
    return (name, placed(profiles[name], tables)) if best >= KNOWN_AGAIN else None


def _says_more_than_names(found: Mappings, mappings: Mappings) -> bool:
    """Whether rows are read, not only the nouns that they name in passing, if it ever read rows."""
    reads_rows = any(each.into and not each.is_companion for each in mappings)
    return any(each.into and not (reads_rows and each.is_companion) for each in found)


def _table_for(
    mapping: TableMapping, tables: Sequence[ForeignTable], taken: Iterable[ForeignTable]
) -> ForeignTable | None:
    free = [table for table in tables if all(table is not each for each in taken)]
    scored = [
        (table.name == mapping.source, len(resolved(mapping, table).columns), -at)
        for at, table in enumerate(free)
    ]
    fits = [each for each in scored if each[1] or not mapping.columns]
    return free[-max(fits)[2]] if fits else None
