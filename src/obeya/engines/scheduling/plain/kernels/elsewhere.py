"""Moves of a critical operation to another machine that can do it."""

from .line import change
from .njit import njit
from .tables import (
    DURATION,
    FAMILY,
    HEAD,
    JOB_HEAD,
    JOB_TAIL,
    KIND,
    MACHINE,
    RUN,
    SLOT,
    TAIL,
    Longs,
    Table,
)


@njit
def without(line: Longs, cells: Table, op: Table, slot: Table, machine: int, v: int) -> int:
    """Longest path over the two neighbours of v on its machine if v were gone."""
    a, b = slot[op[v, SLOT] - 1], slot[op[v, SLOT] + 1]
    if max(a, b) == len(op) - 1:
        return 0
    lost = change(line, cells, machine, op[a, FAMILY], op[b, FAMILY])
    at = max(op[b, JOB_HEAD], op[a, HEAD] + op[a, RUN] + lost)
    rest = max(op[a, JOB_TAIL], op[b, TAIL] + op[b, RUN] + lost)
    return max(at + op[b, RUN] + op[b, TAIL], op[a, HEAD] + op[a, RUN] + rest)


@njit
def span(op: Table, slot: Table, begin: int, end: int, v: int) -> tuple[int, int]:
    """Slots worth a try for v on another machine, whose line is in the slots begin to end.

    Operations that end before v can start stand ahead of it, those that have less to follow than
    v behind it; where one is both, the order of the two is open (Mastrolilli & Gambardella 2000,
    Journal of Scheduling 3:3: some such slot is the best one, and none makes a circle).

    Returns
    -------
    The first and the last slot that v can take; what is there moves on.
    """
    low, high = begin, end
    at = op[v, JOB_HEAD]
    while low < high:  # first that ends after v can start
        middle = (low + high) >> 1
        w = slot[middle]
        if op[w, HEAD] + op[w, RUN] > at:
            high = middle
        else:
            low = middle + 1
    early = low
    low, high = begin, end
    rest = op[v, JOB_TAIL]
    while low < high:  # first with no more to follow than v
        middle = (low + high) >> 1
        w = slot[middle]
        if op[w, TAIL] + op[w, RUN] <= rest:
            high = middle
        else:
            low = middle + 1
    return min(early, low), max(early, low)


@njit
def through(
    line: Longs,
    cells: Table,
    op: Table,
    slot: Table,
    way: Table,
    v: int,
    to: int,
    place: int,
) -> int:
    """Longest path through v if it went into a slot of the machine of the way ``to``."""
    a, b = slot[place - 1], slot[place]
    at = op[a, HEAD] + op[a, RUN]
    rest = op[b, TAIL] + op[b, RUN]
    kind = way[to, KIND]
    if kind >= 0:
        machine = way[to, MACHINE]
        at += change(line, cells, machine, op[a, FAMILY], kind)
        rest += change(line, cells, machine, kind, op[b, FAMILY])
    return max(op[v, JOB_HEAD], at) + way[to, DURATION] + max(op[v, JOB_TAIL], rest)
