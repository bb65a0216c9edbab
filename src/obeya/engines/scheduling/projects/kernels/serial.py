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


@njit
def serial(
    tables: Tables, order: Ints32, mode: Ints32, mirrored: bool, start: Ints32, held: Ints32
) -> int:
    """Schedule generation scheme (Kelley 1963); mirrored: from the end of time, successors first.

    Parameters
    ----------
    order : shape (N,)
        Activities; whoever must come first (mirrored: last) stands first.
    start : shape (N,)
        Filled with starts; mirrored, with the time from each end to the end of the project.
    held : shape (horizon, R)
        Room to work in; it may be dirty.

    Returns
    -------
    The makespan.
    """
    first, before = tables.first_before, tables.before
    if mirrored:
        first, before = tables.first_after, tables.after
    kinds, latest, clean = len(tables.capacity), 0, 0
    for i in order:
        row = mode[i]
        run, at = tables.duration[row], 0
        if not mirrored:
            at = tables.release[i]
        for arc in range(first[i], first[i + 1]):
            other = before[arc]
            at = max(at, start[other] + tables.duration[mode[other]])
        while clean < at + run:
            fill(held[clean], 0)
            clean += 1
        t = at
        while t < at + run:
            for kind in range(kinds):
                need = tables.demand[row, kind]
                if need > 0 and held[t, kind] + need > tables.capacity[kind]:
                    at = t + 1
                    break
            t += 1
            while clean < at + run:
                fill(held[clean], 0)
                clean += 1
        for t in range(at, at + run):
            for kind in range(kinds):
                held[t, kind] += tables.demand[row, kind]
        start[i] = at
        latest = max(latest, at + run)
    return latest


@njit
def justify(
    tables: Tables, order: Ints32, mode: Ints32, start: Ints32, mirror: Ints32, held: Ints32
) -> int:
    """Push everything late, then early again; never longer (Valls, Ballestin & Quintanilla 2005).

    ``order`` and ``start`` hold a plan, and the better one after; ``mirror`` is room, shape (N,).
    """
    count = len(order)
    key = np.empty(count, dtype=np.int64)
    for i in range(count):
        key[i] = -(start[i] + tables.duration[mode[i]])
    by_end = order[::-1].copy()  # so that of equal ones the last comes first
    sort_by(key, by_end)
    serial(tables, by_end, mode, True, mirror, held)
    for i in range(count):
        key[i] = -(mirror[i] + tables.duration[mode[i]])
    copy(order, by_end[::-1])
    sort_by(key, order)
    return serial(tables, order, mode, False, start, held)
