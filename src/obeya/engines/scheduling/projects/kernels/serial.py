"""A project in the order of a list, each activity as early as its resources allow."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...kernels.filling import copy, fill
from ...kernels.sort import sort_by
from .njit import njit

Ints32 = NDArray[np.int32]


class Tables(NamedTuple):
    """A project as kernels read it; see `Project`."""

    first_mode: Ints32
    duration: Ints32
    demand: Ints32
    use: Ints32
    capacity: Ints32
    stock: Ints32
    first_before: Ints32
    before: Ints32
    first_after: Ints32
    after: Ints32
    release: Ints32


class Room(NamedTuple):
    """What is held, from one change of it to the next. Room to work in; it may be dirty.

    A row for each moment would cost as much as the activities are long.

    Attributes
    ----------
    change : shape (2 N + 1,)
        When each row begins; the last one that is used lasts for ever, and nothing is held in it.
    held : shape (2 N + 1, R)
        Units of each resource.
    """

    change: Ints32
    held: Ints32


@njit
def serial(
    tables: Tables, order: Ints32, mode: Ints32, mirrored: bool, start: Ints32, room: Room
) -> int:
    """Schedule generation scheme (Kelley 1963); mirrored: from the end of time, successors first.

    Parameters
    ----------
    order : shape (N,)
        Activities; whoever must come first (mirrored: last) stands first.
    start : shape (N,)
        Filled with starts; mirrored, with the time from each end to the end of the project.

    Returns
    -------
    The makespan.
    """
    first, before = tables.first_before, tables.before
    if mirrored:
        first, before = tables.first_after, tables.after
    latest, rows = 0, 1
    room.change[0] = 0
    fill(room.held[0], 0)
    for i in order:
        row, at = mode[i], 0
        if not mirrored:
            at = tables.release[i]
        for arc in range(first[i], first[i + 1]):
            other = before[arc]
            at = max(at, start[other] + tables.duration[mode[other]])
        at, rows = _put(tables, row, at, rows, room)
        start[i] = at
        latest = max(latest, at + tables.duration[row])
    return latest


@njit
def _put(tables: Tables, row: int, at: int, rows: int, room: Room) -> tuple[int, int]:
    """Put a mode where it fits first from a moment on; gives that, and how many rows there are."""
    kinds, run = len(tables.capacity), tables.duration[row]
    if run == 0:
        return at, rows
    held, change = room.held, room.change
    begin, beyond = 0, rows  # the row in which the moment lies is looked for between these
    while beyond - begin > 1:
        middle = (begin + beyond) // 2
        if change[middle] <= at:
            begin = middle
        else:
            beyond = middle
    k = begin
    while k < rows and change[k] < at + run:
        for kind in range(kinds):
            need = tables.demand[row, kind]
            if need > 0 and held[k, kind] + need > tables.capacity[kind]:
                begin, at = k + 1, change[k + 1]
                break
        k += 1
    if change[begin] < at:
        begin, rows, k = begin + 1, rows + 1, k + 1
        _split(held, change, begin, rows, at)
    if k == rows or change[k] > at + run:
        rows += 1
        _split(held, change, k, rows, at + run)
    for between in range(begin, k):
        for kind in range(kinds):
            held[between, kind] += tables.demand[row, kind]
    return at, rows


@njit
def _split(held: Ints32, change: Ints32, k: int, rows: int, moment: int) -> None:
    """Make row k begin within the one before it, of which it is a copy; rows with it."""
    for behind in range(rows - 1, k, -1):
        change[behind] = change[behind - 1]
        copy(held[behind], held[behind - 1])
    change[k] = moment
    copy(held[k], held[k - 1])


@njit
def justify(
    tables: Tables, order: Ints32, mode: Ints32, start: Ints32, mirror: Ints32, room: Room
) -> int:
    """Push everything late, then early again; never longer (Valls, Ballestin & Quintanilla 2005).

    ``order`` and ``start`` hold a plan, and the better one after; ``mirror`` is for
    the one between, shape (N,).
    """
    count = len(order)
    key = np.empty(count, dtype=np.int64)
    for i in range(count):
        key[i] = -(start[i] + tables.duration[mode[i]])
    by_end = order[::-1].copy()  # so that of equal ones the last comes first
    sort_by(key, by_end)
    serial(tables, by_end, mode, True, mirror, room)
    for i in range(count):
        key[i] = -(mirror[i] + tables.duration[mode[i]])
    copy(order, by_end[::-1])
    sort_by(key, order)
    return serial(tables, order, mode, False, start, room)
