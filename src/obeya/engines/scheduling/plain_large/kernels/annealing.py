"""Annealing of the sequences in one window, all the rest of the plan standing still."""

import math

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, below, uniform
from .njit import njit, njit_that_allocates
from .sequence import (
    OPEN,
    W_AFTER,
    W_BEFORE,
    W_HEAD,
    W_HEAD_TIE,
    W_JOB_AFTER,
    W_JOB_BEFORE,
    W_JOB_REST,
    W_PLACE,
    W_REST_TIE,
    W_RUN,
    W_TAIL,
    head_in,
)
from .side import Floats, Ints32, Ints64

Words = NDArray[np.uint64]

MOVES_PER_LOOK = 0.5  # for each operation, between two looks at the tails, which only guide
STEEPEST = 600.0  # exponents beyond overflow


@njit_that_allocates
def anneal(
    window: Ints32,
    at: Ints32,
    chance: Chance,
    moves: int,
    makespan: int,
    softness: float,
    reach: float,
    temperature: float,
) -> None:
    """Swap neighbours on machines, with exact heads, under annealing.

    The cost is smooth, so that progress shows long before the makespan changes, and every job and
    machine counts as much as it is critical: ``softness * log(sum of exp((length - makespan) /
    softness))`` over the longest paths through each operation with followers outside the window.
    A swap of neighbours without idle time between them never closes a cycle (van Laarhoven, Aarts
    & Lenstra 1992, Operations Research 40(1):113-125), for the first one's job goes on only when
    the second could start; where a run of 0 s stands in the way, or both are of one job, the swap
    is left out.

    Parameters
    ----------
    window : shape (W, 16)
        See `sequence`; heads exact, numbered in an order that no arc goes against.
    at : shape (W,)
        Is filled with the operation at each place of the new order.
    makespan, softness, reach, temperature
        [s]; an operation whose slack is ``reach`` is moved e times less often than a critical one.
    """
    size, cost = window.shape[0], 0.0
    marks = np.zeros((size >> 6) + 1, dtype=np.uint64)
    log = np.empty((size + 2, 2), dtype=np.int64)
    weight, lost = np.empty(size), np.empty(size + 2)
    late = np.zeros(size, dtype=np.int32)
    for k in range(size):
        at[k] = k
        weight[k] = _weight(window, k, makespan, softness)
        cost += weight[k]
    look = max(1, int(MOVES_PER_LOOK * size))
    for move in range(moves):
        if move % look == 0:
            _find_tails(window, at)
        v = below(chance, size)
        u = window[v, W_BEFORE]
        if u < 0 or window[u, W_HEAD] + window[u, W_RUN] < window[v, W_HEAD]:
            continue
        before, after = window[v, W_JOB_BEFORE], window[u, W_JOB_AFTER]
        if before == u:
            continue
        if before >= 0 and after >= 0 and window[before, W_HEAD] >= window[after, W_HEAD]:
            continue
        slack = makespan - window[v, W_HEAD] - window[v, W_RUN] - window[v, W_TAIL]
        if slack > 0 and uniform(chance) > math.exp(-slack / reach):
            continue
        _swap(window, u, v)
        more, logged = _propagate(window, at, u, v, marks, log, weight, lost, makespan, softness)
        changed = max(cost + more, 1e-300)
        if changed <= cost or uniform(chance) < (cost / changed) ** (softness / temperature):
            cost = changed
            _reorder(window, at, u, v, late, log)
            continue
        for entry in range(logged):
            k = log[entry, 0]
            window[k, W_HEAD], weight[k] = log[entry, 1], lost[entry]
        _swap(window, v, u)


@njit
def _weight(window: Ints32, k: int, makespan: int, softness: float) -> float:
    """The part of an operation in the cost."""
    rest = max(window[k, W_JOB_REST], window[k, W_REST_TIE])
    if rest == OPEN:
        return 0.0
    return math.exp(
        min((window[k, W_HEAD] + window[k, W_RUN] + rest - makespan) / softness, STEEPEST)
    )


@njit
def _find_tails(window: Ints32, at: Ints32) -> None:
    """Find the longest chain after each operation."""
    for place in range(at.shape[0] - 1, -1, -1):
        k = at[place]
        tail = max(window[k, W_JOB_REST], window[k, W_REST_TIE])
        after = window[k, W_JOB_AFTER]
        if after >= 0:
            tail = max(tail, window[after, W_TAIL] + window[after, W_RUN])
        after = window[k, W_AFTER]
        if after >= 0:
            tail = max(tail, window[after, W_TAIL] + window[after, W_RUN])
        window[k, W_TAIL] = tail


@njit
def _swap(window: Ints32, u: int, v: int) -> None:
    """Put v ahead of u, its neighbour before it, with what ties them to the rest of the plan."""
    before, after = window[u, W_BEFORE], window[v, W_AFTER]
    window[v, W_BEFORE], window[v, W_AFTER] = before, u
    window[u, W_BEFORE], window[u, W_AFTER] = v, after
    if before >= 0:
        window[before, W_AFTER] = v
    if after >= 0:
        window[after, W_BEFORE] = u
    window[v, W_HEAD_TIE], window[u, W_HEAD_TIE] = window[u, W_HEAD_TIE], 0
    window[u, W_REST_TIE], window[v, W_REST_TIE] = window[v, W_REST_TIE], OPEN


@njit
def _propagate(
    window: Ints32,
    at: Ints32,
    u: int,
    v: int,
    marks: Words,
    log: Ints64,
    weight: Floats,
    lost: Floats,
    makespan: int,
    softness: float,
) -> tuple[float, int]:
    """Bring heads and weights up to date after v came ahead of u, in the order as it was.

    That order holds for all but the two. Marks of operations to look at are bits by place, so the
    next one is found fast.

    Returns
    -------
    The change of the cost; how many old heads and weights are in ``log`` and ``lost``.
    """
    more = _log(window, v, head_in(window, v), log, weight, lost, 0, makespan, softness)
    more += _log(window, u, head_in(window, u), log, weight, lost, 1, makespan, softness)
    logged = 2
    _mark(window, marks, window[v, W_JOB_AFTER])
    _mark(window, marks, window[u, W_JOB_AFTER])
    _mark(window, marks, window[u, W_AFTER])
    word = window[u, W_PLACE] >> 6
    while word < marks.shape[0]:
        if marks[word] == 0:
            word += 1
            continue
        k = at[(word << 6) + lowest(marks[word])]
        marks[word] &= marks[word] - np.uint64(1)
        head = head_in(window, k)
        if head == window[k, W_HEAD]:
            continue
        more += _log(window, k, head, log, weight, lost, logged, makespan, softness)
        logged += 1
        _mark(window, marks, window[k, W_JOB_AFTER])
        _mark(window, marks, window[k, W_AFTER])
    return more, logged


@njit
def _log(
    window: Ints32,
    k: int,
    head: int,
    log: Ints64,
    weight: Floats,
    lost: Floats,
    entry: int,
    makespan: int,
    softness: float,
) -> float:
    """Set a head and its weight, and log the old ones; answers the change of the cost."""
    log[entry, 0], log[entry, 1], lost[entry] = k, window[k, W_HEAD], weight[k]
    window[k, W_HEAD] = head
    weight[k] = _weight(window, k, makespan, softness)
    return float(weight[k] - lost[entry])


@njit
def _mark(window: Ints32, marks: Words, k: int) -> None:
    if k >= 0:
        place = window[k, W_PLACE]
        marks[place >> 6] |= np.uint64(1) << np.uint64(place & 63)


@njit
def lowest(word: np.uint64) -> int:
    """The number of the lowest bit that is set."""
    bit, lowest = word & (~word + np.uint64(1)), 0
    if bit & np.uint64(0xFFFFFFFF00000000):
        lowest += 32
    if bit & np.uint64(0xFFFF0000FFFF0000):
        lowest += 16
    if bit & np.uint64(0xFF00FF00FF00FF00):
        lowest += 8
    if bit & np.uint64(0xF0F0F0F0F0F0F0F0):
        lowest += 4
    if bit & np.uint64(0xCCCCCCCCCCCCCCCC):
        lowest += 2
    if bit & np.uint64(0xAAAAAAAAAAAAAAAA):
        lowest += 1
    return lowest


@njit
def _reorder(window: Ints32, at: Ints32, u: int, v: int, late: Ints32, shift: Ints64) -> None:
    """Mend the order: u, and what follows it between the two, comes right behind the others."""
    place, moved = window[u, W_PLACE], 0
    for old_place in range(place, window[v, W_PLACE] + 1):
        k = at[old_place]
        job, before = window[k, W_JOB_BEFORE], window[k, W_BEFORE]
        follows = (job >= 0 and late[job] == 1) or (before >= 0 and late[before] == 1)
        if k == u or (k != v and follows):
            late[k] = 1
            shift[moved, 0] = k
            moved += 1
        else:
            at[place], window[k, W_PLACE] = k, place
            place += 1
    for entry in range(moved):
        k = shift[entry, 0]
        late[k] = 0
        at[place], window[k, W_PLACE] = k, place
        place += 1
