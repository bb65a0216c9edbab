"""Nouns that the lines of a table name in passing: materials, parties, storages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.likeness import LEAST, SURE, likeness_of
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.foreign.table_guess import TableGuess
from obeya.modules.exchange.foreign.vocabulary import MATERIAL_NAME, UNIT
from obeya.modules.exchange.foreign.words import plain_words, synonyms

LISTED = 0.8  # of the codes that lines name in passing; then the others are slips of the pen


@dataclass(frozen=True)
class Companion:
    """A noun that lines name in passing, and that a plant may not know yet."""

    sheet: str
    code: str  # our column of the line's sheet that names it
    name: str = ""  # what its name is called in the line's table
    unit: str = ""
    fixed: tuple[tuple[str, str], ...] = ()


COMPANIONS: Mapping[str, tuple[Companion, ...]] = {
    "Stock": (
        Companion("Equipment", "location", fixed=(("level", "storage"),)),
        Companion("Materials", "material", MATERIAL_NAME, UNIT),
    ),
    "BOM": (Companion("Materials", "component", MATERIAL_NAME, UNIT),),
    "Demand": (
        Companion(
            "Parties", "customer", "customer name|name 1|name", "", (("is_customer", "yes"),)
        ),
        Companion("Materials", "material", MATERIAL_NAME, UNIT),
    ),
    "Production orders": (
        Companion(
            "Materials",
            "material",
            MATERIAL_NAME,
            UNIT + "|mengeneinheit gmein|unit of measure gmein",
        ),
    ),
    "Purchases": (
        Companion(
            "Parties", "supplier", "supplier name|name 1|name", "", (("is_supplier", "yes"),)
        ),
        Companion("Materials", "material", MATERIAL_NAME, UNIT),
    ),
}


def without_listed(found: Sequence[TableGuess], tables: Sequence[ForeignTable]) -> list[TableGuess]:
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
    return table.filled(table.index_of(titles[0]))


def _are_listed(codes: Sequence[str], listed: Collection[str]) -> bool:
    named = set(codes)
    return bool(named) and len(named & set(listed)) >= LISTED * len(named)


def named_in_passing(table: ForeignTable, chosen: TableGuess) -> list[TableGuess]:
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
        likeness, title = max(((likeness_of(plain_words(t), synonyms(text)), t) for t in free),
                              default=(0.0, ""))  # fmt: skip
        if likeness >= LEAST:
            columns[name] = (title,)
    mapping = TableMapping(
        table.name, companion.sheet, columns, fixed=dict(companion.fixed), is_companion=True
    )
    return TableGuess(mapping, dict.fromkeys(columns, SURE))
