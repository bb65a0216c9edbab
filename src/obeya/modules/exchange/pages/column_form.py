"""What the form of columns says, as mappings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from obeya.modules.exchange.foreign.finding import ForeignTable
from obeya.modules.exchange.foreign.guessing import guess_as
from obeya.modules.exchange.foreign.mapping import DAY_ORDERS, MARKS, TableMapping
from obeya.modules.exchange.foreign.vocabulary import VOCABULARY
from obeya.modules.exchange.pages.column_cards import unknown_words
from obeya.modules.exchange.reading.columns import Column, columns_of, split_unit
from obeya.modules.exchange.reading.times import SECONDS_PER
from obeya.modules.exchange.sheets import BY_NAME


def said_mappings(
    form: QueryDict, mappings: Sequence[TableMapping], tables: Sequence[ForeignTable]
) -> tuple[list[TableMapping], bool]:
    """The mappings as the form says, and whether a table was given another sheet of ours."""
    by_name = {table.name: table for table in tables}
    said: list[TableMapping] = []
    is_other = False
    for at, mapping in enumerate(mappings):
        table = by_name.get(mapping.source)
        if table is None:
            continue
        into = form.get(f"into-{at}", mapping.into)
        shown = form.get(f"shown-{at}", mapping.into)  # for which sheet the form was made
        into = into if into in VOCABULARY else ""
        if into == shown or not into:
            said.append(_said(form, at, replace(mapping, into=into), table))
        else:
            is_other = True
            guessed = guess_as(table, into).mapping
            said.append(replace(guessed, is_companion=mapping.is_companion))
    return said, is_other


def _said(form: QueryDict, at: int, mapping: TableMapping, table: ForeignTable) -> TableMapping:
    if not mapping.into:
        return replace(mapping, columns={}, fixed={}, values={}, level="")
    titles = {*table.titles.values(), *table.heads}
    columns: dict[str, tuple[str, ...]] = {}
    fixed: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for column in columns_of(BY_NAME[mapping.into].row_class).values():
        chosen = [form.get(f"{part}-{at}-{column.name}", "") for part in ("column", "second")]
        parts = tuple(title for title in chosen if title in titles)
        always = form.get(f"always-{at}-{column.name}", "").strip()
        name = _with_unit(column, form.get(f"unit-{at}-{column.name}", ""))
        if parts and chosen[0]:
            columns[name] = parts
            if words := _words(form, at, column, table, parts[0]):
                values[name] = words
        if always:
            fixed[column.name] = always
    level = form.get(f"level-{at}", "")
    used = {title for parts in columns.values() for title in parts} | {level}
    return replace(
        mapping,
        columns=columns,
        fixed=fixed,
        values=values,
        ignored=tuple(title for title in table.titles.values() if title not in used),
        mark=_one_of(form.get(f"mark-{at}", ""), MARKS),
        day_order=_one_of(form.get(f"order-{at}", ""), DAY_ORDERS),
        is_wide=bool(form.get(f"wide-{at}")),
        fills_down=bool(form.get(f"fills-{at}")),
        counts_lines=bool(form.get(f"counts-{at}")),
        merges=bool(form.get(f"merges-{at}")),
        level=level if level in titles else "",
    )


def _words(
    form: QueryDict, at: int, column: Column, table: ForeignTable, title: str
) -> Mapping[str, str]:
    """What was said of values that we do not know: theirs → ours."""
    return {
        word: said
        for number, word in enumerate(unknown_words(column, table, title))
        if (said := form.get(f"word-{at}-{column.name}-{number}", "").strip())
    }


def _with_unit(column: Column, unit: str) -> str:
    is_other = column.unit and unit in SECONDS_PER and unit != column.unit
    return f"{split_unit(column.name)[0]}_{unit}" if is_other else column.name


def _one_of(said: str, words: Sequence[str]) -> str:
    return said if said in words else ""
