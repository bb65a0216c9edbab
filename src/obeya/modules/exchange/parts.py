"""Cutting a large file into parts, each of which is taken over in a transaction of its own."""

from collections.abc import Iterator, Sequence
from typing import Any

from obeya.modules.exchange.sheets import SheetKind

AT_ONCE = 2_000  # rows; a file of no more is taken over whole
IN_A_PART = 1_000  # plain rows: about 0.1 s, for which whoever else writes on SQLite waits

Numbered = list[tuple[int, Any]]  # rows with their numbers in the file


def is_large(rows: int) -> bool:
    return rows > AT_ONCE


def in_parts(kind: SheetKind, numbered: Numbered) -> Iterator[Numbered]:
    """Rows about one thing (a calendar's shifts, a material's operations) stay together, because
    the rooms read them together. A sheet of one part keeps the file's order.
    """
    most = IN_A_PART // kind.effort
    if len(numbered) <= most:
        yield numbered
        return
    part: Numbered = []
    for group in _together(kind, _from_the_top(kind, numbered)):
        if part and len(part) + len(group) > most:
            yield part
            part = []
        part = part + group if part else group
    yield part


def _together(kind: SheetKind, numbered: Numbered) -> Sequence[Numbered]:
    groups: dict[Any, Numbered] = {}
    thing = kind.row_class.KEY[0]
    for each in numbered:
        groups.setdefault(getattr(each[1], thing), []).append(each)
    return list(groups.values())


def _from_the_top(kind: SheetKind, numbered: Numbered) -> Numbered:
    """Machines after the work center that they stand in; a circle is refused by its room."""
    if not kind.above:
        return numbered
    key = kind.row_class.KEY[0]
    above = {getattr(row, key): getattr(row, kind.above) for _, row in numbered}

    def depth(code: Any) -> int:
        seen = set()
        while code in above and code not in seen:
            seen.add(code)
            code = above[code]
        return len(seen)

    return sorted(numbered, key=lambda each: depth(getattr(each[1], key)))
