"""Whether what is placed keeps every constraint: asked after a change, before an answer."""

import numpy as np

from ..arrays import Ints
from .calendar import span_at, work_start
from .group import overdue, ready_and_need
from .line import at, family_before, first_after, setup_into, splits_batch
from .njit import njit, njit_that_allocates
from .plant import (
    CALENDAR,
    CREW,
    END,
    FIXED_WAY,
    MACHINE,
    NONE,
    REACH,
    REMAINING,
    RESUMABLE,
    SETTER,
    SETUP_START,
    SPAN_END,
    START,
    TOOL,
    WAY,
    Plant,
    State,
)
from .pool import short_until, working_short_until


@njit
def holds(plant: Plant, state: State, operation: int) -> bool:
    """Whether a placed operation keeps all constraints towards what stands before it."""
    bar = state.bar[operation]
    ready, need = ready_and_need(plant, state, operation)
    if bar[START] < ready or bar[END] < need or overdue(plant, state, operation) >= 0:
        return False
    machine = plant.way[bar[WAY], MACHINE]
    position = first_after(plant, state, machine, bar[START]) - 1
    while at(plant, state, machine, position) != operation:
        position -= 1
    if not splits_batch(plant, state, machine, position):
        left = at(plant, state, machine, position - 1)
        if left >= 0 and state.bar[left, REACH] > bar[SETUP_START]:
            return False
        before = family_before(plant, state, machine, position)
        setup = setup_into(plant, state, before, operation)
        latest = work_start(plant, plant.way[bar[WAY], CALENDAR], bar[START], setup)
        if bar[SETUP_START] < plant.clock[0] or latest == NONE or bar[SETUP_START] > latest:
            return False
    return not _overdrawn(plant, state, operation) and _in_one_piece(plant, state, operation)


@njit
def _in_one_piece(plant: Plant, state: State, operation: int) -> bool:
    way, begin = state.bar[operation, WAY], state.bar[operation, SETUP_START]
    if plant.way[way, RESUMABLE] == 1:
        return True
    calendar = plant.way[way, CALENDAR]
    i = span_at(plant, calendar, begin)
    return i < plant.calendar[calendar + 1] and state.bar[operation, END] <= plant.span[i, SPAN_END]


@njit
def _overdrawn(plant: Plant, state: State, operation: int) -> bool:
    """Whether a pool that the operation uses has less than nothing left meanwhile."""
    way, begin = state.bar[operation, WAY], state.bar[operation, SETUP_START]
    start, end = state.bar[operation, START], state.bar[operation, END]
    calendar, setter = plant.way[way, CALENDAR], plant.machine[plant.way[way, MACHINE], SETTER]
    tool, crew = plant.way[way, TOOL], plant.way[way, CREW]
    if tool >= 0 and short_until(state, tool, begin, end, 0) != NONE:
        return True
    if crew >= 0 and working_short_until(plant, state, crew, calendar, begin, end, 0) != NONE:
        return True
    if setter < 0:
        return False
    return working_short_until(plant, state, setter, calendar, begin, start, 0) != NONE


@njit_that_allocates
def fixed_in_conflict(plant: Plant, state: State) -> Ints:
    """Fixed operations that stand too close to a free one, or in an overdrawn pool. shape (N,)"""
    found = np.zeros(len(plant.op), np.int64)
    for operation in range(len(plant.op)):
        if plant.op[operation, FIXED_WAY] >= 0:
            found[operation] = not _set_up_in_time(plant, state, operation)
    return found


@njit_that_allocates
def broken(plant: Plant, state: State, excused: Ints) -> Ints:
    """Free operations that are wrong or not placed, and fixed ones, unless excused. shape (N,)"""
    found = np.maximum(fixed_in_conflict(plant, state) - excused, 0)
    for operation in range(len(plant.op)):
        if plant.op[operation, FIXED_WAY] < 0 and (
            state.bar[operation, WAY] < 0 or not holds(plant, state, operation)
        ):
            found[operation] = 1
    return found


@njit
def _set_up_in_time(plant: Plant, state: State, operation: int) -> bool:
    """Whether the setup of a frozen operation fits behind a free one before it."""
    machine = plant.way[state.bar[operation, WAY], MACHINE]
    position = first_after(plant, state, machine, state.bar[operation, START]) - 1
    while at(plant, state, machine, position) != operation:
        position -= 1
    left = at(plant, state, machine, position - 1)
    if left < 0 or plant.op[left, FIXED_WAY] >= 0 or plant.op[operation, REMAINING] >= 0:
        return True
    if splits_batch(plant, state, machine, position):
        return True
    fits = state.bar[left, REACH] <= state.bar[operation, SETUP_START]
    return fits and not _overdrawn(plant, state, operation)
