"""Work placed as late as its due times and what follows it allow; and how early it could be."""

import numpy as np

from ..arrays import Ints
from .heap import pop, push
from .latest import TOO_LATE, latest_slot
from .njit import njit, njit_that_allocates
from .place import place
from .plant import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    END,
    END_LAG,
    FOLLOWING_FROM,
    FOLLOWING_TO,
    KIND,
    LAG,
    NEVER,
    RELEASE,
    START,
    WAY,
    WAY_FROM,
    WAY_TO,
    Plant,
    State,
)
from .slot import Slot


@njit_that_allocates
def place_backward(plant: Plant, state: State, own: Ints, due: Ints, wanted: Ints) -> Ints:
    """Place the wanted operations, what must end last first, each in the last gap that holds it.

    What finds none stays unplaced: it had to start in the past. Its predecessors still go by when
    it ought to start, so that the order in which such work is urgent can be read from the answer.

    Parameters
    ----------
    own, due : shape (N,)
        Clock seconds that an operation takes at best, and when it must have ended; NEVER is no
        due time.
    wanted : shape (N,)
        1 for operations to place.

    Returns
    -------
    shape (N,), when each starts, or ought to have started; NEVER where nothing says when.
    """
    n = len(plant.op)
    goal = np.empty((n, 2), np.int64)  # start, end
    by = np.empty((n, 2), np.int64)
    waits_for = np.zeros(n, np.int64)  # wanted successors
    keys, items, size = np.empty(n + 1), np.empty(n + 1, np.int64), 0
    for i in range(n):
        goal[i, 0] = goal[i, 1] = NEVER
        if state.bar[i, WAY] >= 0:
            goal[i, 0], goal[i, 1] = state.bar[i, START], state.bar[i, END]
    for row in range(len(plant.arc)):
        after = plant.arc[row, AFTER]
        if wanted[after] and state.bar[after, WAY] < 0:
            waits_for[plant.arc[row, BEFORE]] += 1
    for i in range(n):
        if wanted[i] and state.bar[i, WAY] < 0 and waits_for[i] == 0:
            by[i, 0], by[i, 1] = _deadlines(plant, goal, i, due[i])
            size = push(keys, items, 0, size, -float(min(by[i, 0], by[i, 1])), i)
    while size > 0:
        i = items[0]
        size = pop(keys, items, 0, size)
        start_by, end_by = by[i, 0], by[i, 1]
        if min(start_by, end_by) < NEVER:
            soonest = max(plant.clock[0], plant.op[i, RELEASE], state.not_before[i])
            way, slot = _latest_of_all(plant, state, i, soonest, start_by, end_by)
            if way >= 0:
                place(plant, state, i, way, slot[0], slot[1], slot[2], slot[3])
                goal[i, 0], goal[i, 1] = slot[2], slot[3]
            else:
                goal[i, 0] = min(start_by, min(end_by, soonest) - own[i])
                goal[i, 1] = goal[i, 0] + own[i]
        for row in range(plant.op[i, ARC_FROM], plant.op[i, ARC_TO]):
            before = plant.arc[row, BEFORE]
            waits_for[before] -= 1
            if waits_for[before] == 0 and wanted[before] and state.bar[before, WAY] < 0:
                by[before, 0], by[before, 1] = _deadlines(plant, goal, before, due[before])
                key = -float(min(by[before, 0], by[before, 1]))
                size = push(keys, items, 0, size, key, before)
    return goal[:, 0].copy()


@njit
def _deadlines(plant: Plant, goal: Ints, operation: int, due: int) -> tuple[int, int]:
    """When an operation must have started, and ended, for its due time and its successors."""
    start_by, end_by = NEVER, due
    for j in range(plant.op[operation, FOLLOWING_FROM], plant.op[operation, FOLLOWING_TO]):
        row = plant.following[j]
        after = plant.arc[row, AFTER]
        if goal[after, 0] == NEVER:
            continue
        if plant.arc[row, KIND] == 0:
            end_by = min(end_by, goal[after, 0] - plant.arc[row, LAG])
        else:
            start_by = min(start_by, goal[after, 0] - plant.arc[row, LAG])
            end_by = min(end_by, goal[after, 1] - plant.arc[row, END_LAG])
    return start_by, end_by


@njit
def _latest_of_all(
    plant: Plant, state: State, operation: int, soonest: int, start_by: int, end_by: int
) -> tuple[int, Slot]:
    """The alternative that can start last, and its slot; -1 if none has one in time."""
    best_way, best = -1, TOO_LATE
    for way in range(plant.op[operation, WAY_FROM], plant.op[operation, WAY_TO]):
        slot = latest_slot(plant, state, way, soonest, start_by, end_by)
        if slot[0] >= 0 and (best_way < 0 or slot[2] > best[2]):
            best_way, best = way, slot
    return best_way, best


@njit_that_allocates
def earliest_and_latest(plant: Plant, state: State, order: Ints, own: Ints, due: Ints) -> Ints:
    """Between which starts an operation can move if no machine but those placed were taken.

    Parameters
    ----------
    order : shape (N,)
        Topological.
    own, due : shape (N,)
        Clock seconds that an operation takes at best, and when it must have ended.

    Returns
    -------
    shape (N, 2), earliest and latest start [s]; both the start of what is placed.
    """
    out = np.empty((len(plant.op), 2), np.int64)
    for i in order:
        out[i, 0] = max(plant.clock[0], plant.op[i, RELEASE])
        for row in range(plant.op[i, ARC_FROM], plant.op[i, ARC_TO]):
            before, lag = plant.arc[row, BEFORE], plant.arc[row, LAG]
            start, end = out[before, 0], out[before, 0] + own[before]
            if state.bar[before, WAY] >= 0:
                end = state.bar[before, END]
            if plant.arc[row, KIND] == 0:
                out[i, 0] = max(out[i, 0], end + lag)
            else:
                out[i, 0] = max(out[i, 0], start + lag, end + plant.arc[row, END_LAG] - own[i])
        if state.bar[i, WAY] >= 0:
            out[i, 0] = state.bar[i, START]
    for i in order[::-1]:
        end_by, start_by = due[i], NEVER
        for j in range(plant.op[i, FOLLOWING_FROM], plant.op[i, FOLLOWING_TO]):
            row = plant.following[j]
            after, lag = plant.arc[row, AFTER], plant.arc[row, LAG]
            start, end = out[after, 1], out[after, 1] + own[after]
            if state.bar[after, WAY] >= 0:
                end = state.bar[after, END]
            if plant.arc[row, KIND] == 0:
                end_by = min(end_by, start - lag)
            else:
                start_by = min(start_by, start - lag)
                end_by = min(end_by, end - plant.arc[row, END_LAG])
        out[i, 1] = min(start_by, end_by - own[i])
        if state.bar[i, WAY] >= 0:
            out[i, 1] = state.bar[i, START]
    return out
