"""What is left of crews, setters and tools, by cells of time.

Use is rounded out to whole cells, so whatever fits here fits to the second. A plan that was made
to the second may overdraw a cell; its operations keep what they have and nobody joins them there.
"""

import numpy as np

from .hours import calendar_of, last_span, span_at
from .njit import njit
from .tables import (
    BEGIN,
    CELL,
    CREW,
    END,
    FIXED,
    FLAG,
    HEADS,
    MACHINE,
    MATE,
    NOW,
    NOWHERE,
    PLACED,
    SETTER,
    SHIFTED,
    START,
    TOOL,
    WAY,
    Plan,
    Plant,
    get,
    wide,
)

TAKE, GIVE = wide(1), wide(-1)  # not literals, each of which would be compiled for
_BLOCK = 32  # cells looked at in one stride


@njit
def _take(plan: Plan, pool: int, first: int, last: int, amount: int) -> None:
    """Cells before the first one are over: what began before now takes the rest."""
    row = plan.left[pool, max(first, 0) : max(last, 0)]
    less = np.int16(amount)
    for cell in range(row.size):
        row[cell] -= less


@njit
def last_short(plan: Plan, pool: int, first: int, last: int, amount: int) -> int:
    """The last of some cells in which less than an amount is left, or NOWHERE."""
    first = max(first, 0)
    row = plan.left[pool, first : max(last, first)]
    asked, least = np.int16(amount), np.int16(32767)
    for cell in range(row.size):
        least = min(least, row[cell])
    if least >= asked:
        return NOWHERE
    cell = last - 1
    while cell - _BLOCK >= first and _least(plan, pool, cell - _BLOCK + 1, cell + 1) >= asked:
        cell -= _BLOCK
    while plan.left[pool, cell] >= asked:
        cell -= 1
    return cell


@njit
def _least(plan: Plan, pool: int, first: int, last: int) -> int:
    row, least = plan.left[pool, first:last], np.int16(32767)
    for cell in range(row.size):
        least = min(least, row[cell])
    return wide(least)


@njit
def _most(plan: Plan, pool: int, first: int, last: int) -> int:
    row, most = plan.left[pool, first:last], np.int16(-32768)
    for cell in range(row.size):
        most = max(most, row[cell])
    return wide(most)


@njit
def enough_from(plan: Plan, pool: int, cell: int, amount: int) -> int:
    """The first cell from one on in which an amount is left; the number of cells if none."""
    cells = plan.left.shape[1]
    while cell + _BLOCK < cells and _most(plan, pool, cell, cell + _BLOCK) < amount:
        cell += _BLOCK
    while cell < cells and plan.left[pool, cell] < amount:
        cell += 1
    return cell


@njit
def take_working(
    plant: Plant, plan: Plan, pool: int, way: int, begin: int, end: int, amount: int
) -> None:
    """Take an amount of a pool through the working time of an alternative."""
    width, calendar = wide(plant.fact[CELL]), calendar_of(plant, way)
    i, last = span_at(plant, calendar, begin), last_span(plant, calendar)
    while i < last and plant.span[i, 0] < end:
        start, until = max(begin, get(plant.span, i, 0)), min(end, get(plant.span, i, 1))
        if start < until:
            _take(plan, pool, start // width, (until - 1) // width + 1, amount)
        i += 1


@njit
def take_always(plant: Plant, plan: Plan, pool: int, begin: int, end: int, amount: int) -> None:
    """Take an amount of a pool through clock time."""
    if begin < end:
        width = wide(plant.fact[CELL])
        _take(plan, pool, begin // width, (end - 1) // width + 1, amount)


@njit
def reserve(plant: Plant, plan: Plan, node: int, sign: int) -> None:
    """Take what a node uses (1), or give it back (-1)."""
    bar = plan.bar
    way = get(bar, node, WAY)
    begin, start, end = get(bar, node, BEGIN), get(bar, node, START), get(bar, node, END)
    if plant.op[node, FIXED] == 2:
        begin = start = max(start, wide(plant.fact[NOW]))
    crew = get(plant.way, way, CREW)
    if crew >= 0:
        take_working(plant, plan, crew, way, begin, end, sign * get(plant.way, way, HEADS))
    setter = get(plant.machine, get(plant.way, way, MACHINE), SETTER)
    if setter >= 0 and start > begin:
        take_working(plant, plan, setter, way, begin, start, sign)
    member = node
    while True:
        tool = get(plant.way, get(bar, member, WAY), TOOL)
        if tool >= 0:
            take_always(plant, plan, tool, begin, get(bar, member, END), sign)
        member = get(bar, member, MATE)
        if member == node:
            break
    flag = get(bar, node, FLAG)
    bar[node, FLAG] = flag | PLACED | SHIFTED if sign > 0 else (flag & ~PLACED) | SHIFTED
