"""Mend a plan after a change: only what no longer holds is placed again."""

import numpy as np

from ..arrays import Ints
from .group import ready_and_need
from .heap import Keys, pop, push
from .holds import holds
from .line import at, first_after, splits_batch
from .njit import njit, njit_that_allocates
from .place import place, take_back
from .plant import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    END,
    FIXED_WAY,
    FOLLOWING_FROM,
    FOLLOWING_TO,
    MACHINE,
    PLACES,
    REACH,
    RECIPE,
    START,
    WAIT,
    WAY,
    Plant,
    State,
)
from .slot import NO_SLOT, batch_to_join, slot_in_gap


@njit_that_allocates
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
        if plant.op[operation, FIXED_WAY] >= 0 or state.only_way[operation] < 0:
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
def _lift_batch(plant: Plant, state: State, operation: int, moved: Ints, touched: int) -> int:
    """Take an operation out with those that are in the oven with it: they are placed again too.

    Moved one by one, each would find the others gone or not yet come, and ask for a charge of its
    own: a plan that is a quarter of an hour late would need the oven for twice as long.
    """
    machine = plant.way[state.bar[operation, WAY], MACHINE]
    start = state.bar[operation, START]
    touched = _lift(plant, state, operation, moved, touched)
    if plant.op[operation, RECIPE] < 0 or plant.machine[machine, PLACES] == 0:
        return touched
    position = first_after(plant, state, machine, start - 1)
    while touched < len(moved) - 4:
        other = at(plant, state, machine, position)
        if other < 0 or state.bar[other, START] != start:
            break
        if plant.op[other, FIXED_WAY] >= 0:
            position += 1
            continue
        moved[touched] = other
        touched = _lift(plant, state, other, moved, touched + 1)
    return touched


@njit
def _place_pushing(plant: Plant, state: State, key: Keys, operation: int, moved: Ints) -> int:
    """Place an operation as early as those with a lesser key allow; -1 if it has no room.

    Writes those that it pushed, or whose setup changed, to ``moved`` and answers their number.
    """
    touched = 0
    if state.bar[operation, WAY] >= 0:
        touched = _lift_batch(plant, state, operation, moved, touched)
    way = state.only_way[operation]
    machine = plant.way[way, MACHINE]
    is_batch = plant.op[operation, RECIPE] >= 0 and plant.machine[machine, PLACES] > 0
    ready, need = ready_and_need(plant, state, operation)
    position = first_after(plant, state, machine, ready - 1)
    while position <= state.length[machine]:
        if splits_batch(plant, state, machine, position):
            position += 1
            continue
        left = at(plant, state, machine, position - 1)
        free_from = plant.clock[0] if left < 0 else max(plant.clock[0], state.bar[left, REACH])
        joined = batch_to_join(plant, state, way, ready, need) if is_batch else NO_SLOT
        if max(free_from, ready) >= joined[2]:
            place(plant, state, operation, way, joined[0], joined[1], joined[2], joined[3])
            return touched
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
        if joined[0] >= 0 and state.bar[following, START] == joined[2]:
            place(plant, state, operation, way, joined[0], joined[1], joined[2], joined[3])
            return touched
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
