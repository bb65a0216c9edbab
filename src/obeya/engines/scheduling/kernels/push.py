"""Mend a plan after a change: only what no longer holds is placed again."""

import numpy as np

from ..arrays import Ints
from .calendar import span_at, work_end, working_from
from .group import ready_and_need
from .heap import Keys, pop, push
from .holds import holds
from .line import at, first_after, splits_batch
from .njit import njit
from .place import place, refit, set_down, take_back
from .plant import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    CALENDAR,
    END,
    FIXED_START,
    FIXED_WAY,
    FOLLOWING_FROM,
    FOLLOWING_TO,
    MACHINE,
    NONE,
    PLACES,
    REACH,
    RECIPE,
    REMAINING,
    RESUMABLE,
    RUN,
    SETUP_START,
    SPAN_END,
    START,
    WAIT,
    WAY,
    Plant,
    State,
)
from .retime import fixed_slot
from .slot import batch_to_join, short_of_pools, slot_in_gap


@njit
def load(plant: Plant, state: State, bars: Ints, order: Ints) -> None:
    """Place the bars of an earlier plan that still fit, in order; leave out the others.

    Parameters
    ----------
    bars : shape (N, 4)
        Columns WAY, SETUP_START, START, END of `State.bar`.
    order : shape (N,)
        Of two that no longer fit together the first stays.
    """
    for operation in np.argsort(plant.op[:, FIXED_START], kind="mergesort"):
        way = plant.op[operation, FIXED_WAY]
        if way < 0:
            continue
        position, begin, start, end = fixed_slot(plant, state, operation)
        if plant.op[operation, REMAINING] < 0 and bars[operation, START] == start:
            begin = bars[operation, SETUP_START]
        set_down(plant, state, operation, way, position, begin, start, end)
    for operation in order:
        if plant.op[operation, FIXED_WAY] >= 0:
            continue
        way, begin = bars[operation, WAY], bars[operation, SETUP_START]
        start, end = bars[operation, START], bars[operation, END]
        position = _position_of_bar(plant, state, operation, way, begin, start, end)
        if position >= 0:
            set_down(plant, state, operation, way, position, begin, start, end)
    for machine in range(len(plant.machine)):
        for position in range(state.length[machine]):
            refit(plant, state, machine, position)


@njit
def _position_of_bar(
    plant: Plant, state: State, operation: int, way: int, begin: int, start: int, end: int
) -> int:
    """Where an old bar goes on its line, or -1 if calendar, line or pools hold it no more."""
    calendar, machine = plant.way[way, CALENDAR], plant.way[way, MACHINE]
    if begin < plant.clock[0] or working_from(plant, calendar, begin) != begin:
        return -1
    if working_from(plant, calendar, start) != start:
        return -1
    if work_end(plant, calendar, start, plant.way[way, RUN]) != end:
        return -1
    if (
        plant.way[way, RESUMABLE] == 0
        and end > plant.span[span_at(plant, calendar, begin), SPAN_END]
    ):
        return -1
    position = first_after(plant, state, machine, start)
    left, right = at(plant, state, machine, position - 1), at(plant, state, machine, position)
    if plant.machine[machine, PLACES] > 0 and left >= 0 and state.bar[left, START] == start:
        joined = batch_to_join(plant, state, way, start, end)
        return position if joined[2] == start else -1
    if left >= 0 and state.bar[left, REACH] > begin:
        return -1
    if right >= 0 and state.bar[right, SETUP_START] < end:
        return -1
    return position if short_of_pools(plant, state, way, begin, start, end) == NONE else -1


@njit
def settle(plant: Plant, state: State, key: Keys, first: Ints, most_steps: int) -> bool:
    """Place again what does not hold, and what that pushes, in the order of a key.

    An operation pushes those behind it on its machine; for crews and tools it waits, so that
    fewer others move. Each keeps its way of `State.only_way` and its `State.not_before`.

    Parameters
    ----------
    first
        Operations to look at to begin with; unplaced ones must be among them.

    Returns
    -------
    False if some operation found no room, or after ``most_steps``.
    """
    keys, items = np.empty(len(plant.op) + 1), np.empty(len(plant.op) + 1, np.int64)
    listed = np.zeros(len(plant.op), np.int64)
    size = 0
    for operation in first:
        listed[operation] = 1
        size = push(keys, items, 0, size, key[operation], operation)
    moved = np.empty(2 * len(plant.op) + 2, np.int64)
    for _ in range(most_steps):
        if size == 0:
            return True
        operation = items[0]
        size = pop(keys, items, 0, size)
        listed[operation] = 0
        if plant.op[operation, FIXED_WAY] >= 0:
            continue
        if state.bar[operation, WAY] >= 0 and holds(plant, state, operation):
            continue
        touched = _place_pushing(plant, state, key, operation, moved)
        if touched < 0:
            return False
        touched = _neighbours(plant, state, operation, moved, touched)
        for other in moved[:touched]:
            if not listed[other]:
                listed[other] = 1
                size = push(keys, items, 0, size, key[other], other)
    return False


@njit
def _lift(plant: Plant, state: State, operation: int, moved: Ints, touched: int) -> int:
    """Take an operation out; what follows on its line has another setup now."""
    machine = plant.way[state.bar[operation, WAY], MACHINE]
    start = state.bar[operation, START]
    take_back(plant, state, operation)
    following = at(plant, state, machine, first_after(plant, state, machine, start - 1))
    if following >= 0 and touched < len(moved) - 1:
        moved[touched] = following
        touched += 1
    return touched


@njit
def _place_pushing(plant: Plant, state: State, key: Keys, operation: int, moved: Ints) -> int:
    """Place an operation as early as those with a lesser key allow; -1 if it has no room.

    Writes those that it pushed, or whose setup changed, to ``moved`` and answers their number.
    """
    touched = 0
    if state.bar[operation, WAY] >= 0:
        touched = _lift(plant, state, operation, moved, touched)
    way = state.only_way[operation]
    machine = plant.way[way, MACHINE]
    ready, need = ready_and_need(plant, state, operation)
    joined = batch_to_join(plant, state, way, ready, need)
    if plant.op[operation, RECIPE] >= 0 and joined[2] == ready:
        place(plant, state, operation, way, joined[0], joined[1], joined[2], joined[3])
        return touched
    position = first_after(plant, state, machine, ready - 1)
    while position <= state.length[machine]:
        if splits_batch(plant, state, machine, position):
            position += 1
            continue
        left = at(plant, state, machine, position - 1)
        free_from = plant.clock[0] if left < 0 else max(plant.clock[0], state.bar[left, REACH])
        slot = slot_in_gap(plant, state, way, position, free_from, ready, need)
        if slot[0] >= 0:
            place(plant, state, operation, way, slot[0], slot[1], slot[2], slot[3])
            following = at(plant, state, machine, position + 1)
            if following >= 0 and touched < len(moved) - 1:
                moved[touched] = following
                touched += 1
            return touched
        following = at(plant, state, machine, position)
        if following < 0 or touched >= len(moved) - 4:
            return -1
        if plant.op[following, FIXED_WAY] >= 0 or key[following] <= key[operation]:
            position += 1
            continue
        moved[touched] = following
        touched = _lift(plant, state, following, moved, touched + 1)
    return -1


@njit
def _neighbours(plant: Plant, state: State, operation: int, moved: Ints, touched: int) -> int:
    """Add successors, and predecessors that now must end later, to what is to be looked at."""
    for j in range(plant.op[operation, FOLLOWING_FROM], plant.op[operation, FOLLOWING_TO]):
        if touched < len(moved):
            moved[touched] = plant.arc[plant.following[j], AFTER]
            touched += 1
    for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
        before, wait = plant.arc[row, BEFORE], plant.arc[row, WAIT]
        if wait < 0 or state.bar[operation, START] <= state.bar[before, END] + wait:
            continue
        state.not_done_before[before] = state.bar[operation, START] - wait
        if touched < len(moved):
            moved[touched] = before
            touched += 1
    return touched
