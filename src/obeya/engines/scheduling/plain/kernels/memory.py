"""What a tabu search remembers, and what it forbids for a while."""

from typing import Final, NamedTuple

import numpy as np

from .njit import njit
from .tables import SLOT, Longs, Plan, Table

# Cells of Memory.state
ITERATION: Final = 0
IMPROVED_AT: Final = 1  # iteration
LENGTH: Final = 2  # makespan now
BEST: Final = 3
WORK: Final = 4  # operations visited and moves estimated
MOVES: Final = 5  # moves estimated
BOUND: Final = 6
# the move at hand
VALUE: Final = 7
MOVED: Final = 8
TO_WAY: Final = 9
TO_PLACE: Final = 10
TIES: Final = 11
STATE: Final = 12

FORGET: Final = 16383  # places of the memory of arrangements, less one
TABU: Final = 2**30  # worse than any allowed move
WORST: Final = 2**40


class Memory(NamedTuple):
    """What the search knows besides the plan."""

    state: Longs  # (STATE,)
    pair: Longs  # (FORGET + 1,) by pair of operations, tabu until this iteration
    way: Longs  # (A,) tabu until this iteration
    best_order: Table  # (N,)
    best_way: Table  # (N,)
    scratch: Table  # (N,)


@njit
def _pair(v: int, w: int) -> int:
    """Where the memory keeps until when v may not come to stand ahead of w."""
    z = (np.uint64(v) << np.uint64(32)) + np.uint64(w)
    z = (z ^ (z >> np.uint64(15))) * np.uint64(0xBF58476D1CE4E5B9)
    return int((z >> np.uint64(40)) & np.uint64(FORGET))


@njit
def tabu_inside(slot: Table, pair: Longs, moved: int, place: int) -> int:
    """Until when a move on its machine is tabu."""
    v, until = slot[moved], 0
    if place > moved:
        for i in range(moved + 1, place + 1):
            until = max(until, pair[_pair(slot[i], v)])
    else:
        for i in range(place, moved):
            until = max(until, pair[_pair(v, slot[i])])
    return until


@njit
def forbid(plan: Plan, memory: Memory, v: int, here: int, until: int) -> None:
    """Keep those that v passed on its way from a slot from changing places with it again."""
    place = plan.op[v, SLOT]
    if place > here:
        for i in range(here, place):
            memory.pair[_pair(v, plan.slot[i])] = until
    else:
        for i in range(place + 1, here + 1):
            memory.pair[_pair(plan.slot[i], v)] = until
