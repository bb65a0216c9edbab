"""A flexible shop from one side, and the plan in it: an order of all operations, a way for each.

The order holds all sequences: on each machine operations follow each other as they do in it.
"""

from typing import Final, NamedTuple

from ...kernels.filling import fill
from .njit import njit
from .side import Ints32, Ints64

# Columns of View.op
RELEASE: Final = 0
REST: Final = 1  # what must pass after its end [s]
BEFORE_FROM: Final = 2
BEFORE_TO: Final = 3
AFTER_FROM: Final = 4
AFTER_TO: Final = 5
WAY_FROM: Final = 6
WAY_TO: Final = 7

# Columns of View.way
MACHINE: Final = 0
RUN: Final = 1

# Columns of Outline.time
HEAD: Final = 0  # the earliest start
TAIL: Final = 1  # the longest chain after the end

# Columns of an edge, shape (M, 2): when each machine is free ahead of a window, and the longest
# chain behind it from its next operation on, or `OPEN` if there is none [s].
FREE: Final = 0
BEHIND: Final = 1
OPEN: Final = -(1 << 30)


class View(NamedTuple):
    """The shop from its beginning, or from its end."""

    op: Ints32  # (N, 8)
    way: Ints32  # (A, 2)
    before: Ints32  # (E,) predecessors by operation
    after: Ints32  # (E,) successors by operation


class Outline(NamedTuple):
    """A plan."""

    order: Ints32  # (N,)
    way: Ints32  # (N,)
    time: Ints64  # (N, 2)


@njit
def find_heads(view: View, outline: Outline, edge: Ints64) -> int:
    """Start everything as early as the order allows; answers the makespan [s]."""
    order, way, time = outline.order, outline.way, outline.time
    for machine in range(len(edge)):
        edge[machine, FREE] = 0
    makespan = 0
    for place in range(len(order)):
        i = order[place]
        machine, run = view.way[way[i], MACHINE], view.way[way[i], RUN]
        head = max(view.op[i, RELEASE], edge[machine, FREE])
        for e in range(view.op[i, BEFORE_FROM], view.op[i, BEFORE_TO]):
            other = view.before[e]
            head = max(head, time[other, HEAD] + view.way[way[other], RUN])
        time[i, HEAD] = head
        edge[machine, FREE] = head + run
        makespan = max(makespan, head + run + view.op[i, REST])
    return makespan


@njit
def find_tails(view: View, outline: Outline, edge: Ints64) -> None:
    """Find what must follow each operation."""
    order, way, time = outline.order, outline.way, outline.time
    for machine in range(len(edge)):
        edge[machine, BEHIND] = OPEN
    for place in range(len(order) - 1, -1, -1):
        i = order[place]
        machine, run = view.way[way[i], MACHINE], view.way[way[i], RUN]
        tail = max(view.op[i, REST], edge[machine, BEHIND])
        for e in range(view.op[i, AFTER_FROM], view.op[i, AFTER_TO]):
            other = view.after[e]
            tail = max(tail, time[other, TAIL] + view.way[way[other], RUN])
        time[i, TAIL] = tail
        edge[machine, BEHIND] = tail + run


@njit
def pass_by(view: View, outline: Outline, edge: Ints64, first: int, last: int) -> None:
    """Move the free edge of all machines over places of the order."""
    for place in range(first, last):
        i = outline.order[place]
        way = outline.way[i]
        machine = view.way[way, MACHINE]
        edge[machine, FREE] = outline.time[i, HEAD] + view.way[way, RUN]


@njit
def look_behind(view: View, outline: Outline, ends: Ints64, behind: Ints64) -> None:
    """Find the edges behind windows, at the end of each.

    Parameters
    ----------
    ends : shape (K,)
        Ascending places.
    behind : shape (K + 1, M)
        Filled, but for the last row, which is scratch.
    """
    order, window = outline.order, len(ends) - 1
    now = behind[len(ends)]
    fill(now, OPEN)
    place = len(order)
    while window >= 0:
        while place > ends[window]:
            place -= 1
            i = order[place]
            way = outline.way[i]
            now[view.way[way, MACHINE]] = outline.time[i, TAIL] + view.way[way, RUN]
        for machine in range(len(now)):
            behind[window, machine] = now[machine]
        window -= 1
