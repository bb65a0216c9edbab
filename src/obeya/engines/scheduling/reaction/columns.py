"""Columns of tables: copied, appended to, changed and frozen again."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np

from ..arrays import Ints, frozen_ints
from ..problem import Calendars, Pools

Columns = dict[str, Ints]


def part_of(run: int, share: float) -> int:
    """Seconds of a share of a run, rounded up."""
    return int(-(-run * round(share * 10_000) // 10_000))


def without_span(spans: list[tuple[int, int]], begin: int, finish: int) -> list[tuple[int, int]]:
    """What is left of spans outside one of them."""
    parts = [(start, min(end, begin)) for start, end in spans]
    parts += [(max(start, finish), end) for start, end in spans]
    return sorted((start, end) for start, end in parts if start < end)


def changed_steps(
    steps: Sequence[tuple[int, int, int]], start: int, end: int, heads: int
) -> list[tuple[int, int, int]]:
    """Steps of a pool with so many heads more (or fewer) between two moments."""
    edges = sorted({moment for step in steps for moment in step[:2]} | {start, end})
    found: list[tuple[int, int, int]] = []
    row = 0
    for low, high in pairwise(edges):
        while row < len(steps) and steps[row][1] <= low:
            row += 1
        there = steps[row][2] if row < len(steps) and steps[row][0] <= low else 0
        if start <= low < end:
            there = max(there + heads, 0)
        if there and found and found[-1][1:] == (low, there):
            found[-1] = (found[-1][0], high, there)
        elif there:
            found.append((low, high, there))
    return found


def columns_of(table: Any, *, without: str = "") -> Columns:
    return {f.name: getattr(table, f.name).copy() for f in fields(table) if f.name != without}


def frozen(columns: Columns) -> Columns:
    return {name: frozen_ints(column) for name, column in columns.items()}


def append(columns: Columns, **values: int) -> None:
    for name, value in values.items():
        columns[name] = np.append(columns[name], np.int64(value))


def extend(columns: Columns, rows: Sequence[Mapping[str, int]]) -> None:
    """Append many rows at once: each time costs as much as the whole table is long."""
    for name, column in columns.items():
        more = np.array([row[name] for row in rows], np.int64)
        columns[name] = np.concatenate([column, more])


def with_calendars(calendars: Calendars, new: Sequence[Sequence[tuple[int, int]]]) -> Calendars:
    if not new:
        return calendars
    more = Calendars.from_rows(new)
    return Calendars(
        frozen_ints(np.concatenate([calendars.first, calendars.first[-1] + more.first[1:]])),
        frozen_ints(np.concatenate([calendars.start, more.start])),
        frozen_ints(np.concatenate([calendars.end, more.end])),
        frozen_ints(np.concatenate([calendars.worked, more.worked])),
    )


def with_steps(pools: Pools, changed: dict[int, list[tuple[int, int, int]]]) -> Pools:
    if not changed:
        return pools
    parts, lengths = [], []
    for pool in range(len(pools)):
        rows = slice(pools.first[pool], pools.first[pool + 1])
        part = np.column_stack([pools.start[rows], pools.end[rows], pools.capacity[rows]])
        if pool in changed:
            part = np.array(changed[pool], np.int64).reshape(-1, 3)
        parts.append(part)
        lengths.append(len(part))
    flat = np.concatenate(parts)
    return Pools(
        pools.kind,
        frozen_ints(np.cumsum([0, *lengths])),
        frozen_ints(flat[:, 0]),
        frozen_ints(flat[:, 1]),
        frozen_ints(flat[:, 2]),
    )


def refuse_unknown(rows: Sequence[int], count: int, what: str) -> None:
    """A row that is not there; a negative one would be taken for one from the end."""
    for row in rows:
        if not 0 <= row < count:
            raise ValueError(f"There is no {what} {row}. Expected 0 to {count - 1}.")
