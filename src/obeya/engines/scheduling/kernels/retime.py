"""Place what is fixed, and place groups in the order of a key."""

from typing import Final

import numpy as np

from ..arrays import Ints
from .calendar import work_end, work_start, working_from
from .group import PLACED, Outcome, place_group
from .heap import Keys, pop, push
from .line import at, family_before, first_after, setup_seconds
from .njit import njit, njit_that_allocates
from .place import place, take_back
from .plant import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    CALENDAR,
    END,
    FAMILY,
    FIXED_START,
    FIXED_WAY,
    FOLLOWING_FROM,
    FOLLOWING_TO,
    MACHINE,
    NONE,
    PLACES,
    REMAINING,
    RUN,
    SETUP_START,
    START,
    WAY,
    Plant,
    State,
)
from .slot import Slot
from .sort import sort_by

NO_WISH: Final = np.zeros(0, np.int64)  # for `retime`


@njit_that_allocates
def place_fixed(plant: Plant, state: State) -> None:
    """Place frozen and started operations as the floor and the planner have fixed them."""
    for operation in fixed_by_start(plant):
        way = plant.op[operation, FIXED_WAY]
        position, begin, start, end = fixed_slot(plant, state, operation)
        place(plant, state, operation, way, position, begin, start, end)


@njit_that_allocates
def fixed_by_start(plant: Plant) -> Ints:
    """Frozen and started operations, by start; of one start, by number."""
    found, count = np.empty(len(plant.op), np.int64), 0
    for operation in range(len(plant.op)):
        if plant.op[operation, FIXED_WAY] >= 0:
            found[count] = operation
            count += 1
    fixed = found[:count]
    sort_by(plant.op[:, FIXED_START], fixed)
    return fixed


@njit
def fixed_slot(plant: Plant, state: State, operation: int) -> Slot:
    """Where a fixed operation stands, set up as late as possible after what is placed."""
    way, start = plant.op[operation, FIXED_WAY], plant.op[operation, FIXED_START]
    machine, calendar = plant.way[way, MACHINE], plant.way[way, CALENDAR]
    position = first_after(plant, state, machine, start)
    remaining = plant.op[operation, REMAINING]
    if remaining >= 0:
        end = _work_end_or_clock(plant, calendar, plant.clock[0], remaining)
        return position, start, start, end
    end = _work_end_or_clock(plant, calendar, start, plant.way[way, RUN])
    left = at(plant, state, machine, position - 1)
    if left >= 0 and plant.machine[machine, PLACES] > 0 and state.bar[left, START] == start:
        return position, state.bar[left, SETUP_START], start, end
    before = family_before(plant, state, machine, position)
    setup = setup_seconds(plant, machine, before, plant.way[way, FAMILY])
    begin = max(plant.clock[0], work_start(plant, calendar, start, setup))
    if left >= 0:
        begin = max(begin, state.bar[left, END])
    return position, min(begin, start), start, end


@njit
def _work_end_or_clock(plant: Plant, calendar: int, start: int, work: int) -> int:
    """As `work_end`, from any moment; a fact that no calendar holds goes on in clock time."""
    begin = start if work == 0 else working_from(plant, calendar, start)
    end = NONE if begin == NONE else work_end(plant, calendar, begin, work)
    return start + work if end == NONE else end


@njit_that_allocates
def unplaced_before(plant: Plant, state: State) -> Ints:
    """Per group the arcs into it from unplaced operations of other groups."""
    waits_for = np.zeros(len(plant.group) - 1, np.int64)
    for row in range(len(plant.arc)):
        before, after = plant.arc[row, BEFORE], plant.arc[row, AFTER]
        if plant.group_of[before] != plant.group_of[after] and state.bar[before, WAY] < 0:
            waits_for[plant.group_of[after]] += 1
    return waits_for


@njit_that_allocates
def _wanted_before(plant: Plant, state: State, is_wanted: Ints) -> Ints:
    """Per group the arcs into it from unplaced operations of other groups that are wanted."""
    waits_for = np.zeros(len(plant.group) - 1, np.int64)
    for row in range(len(plant.arc)):
        before = plant.arc[row, BEFORE]
        group, after = plant.group_of[before], plant.group_of[plant.arc[row, AFTER]]
        if group != after and state.bar[before, WAY] < 0 and is_wanted[group]:
            waits_for[after] += 1
    return waits_for


@njit
def _place_wished(plant: Plant, state: State, group: int, wish: Ints) -> Outcome:
    """Place a group on the alternatives that it wishes for, if it then starts as soon as asked."""
    members = plant.member[plant.group[group] : plant.group[group + 1]]
    wishes = False
    if len(wish) > 0:
        for operation in members:
            state.only_way[operation] = wish[operation]
            wishes |= wish[operation] >= 0
    while True:
        outcome = place_group(plant, state, group)
        if not wishes or (outcome[0] == PLACED and _is_soon(plant, state, members)):
            return outcome
        wishes = False
        for operation in members:
            if plant.op[operation, FIXED_WAY] < 0 and state.bar[operation, WAY] >= 0:
                take_back(plant, state, operation)
            state.only_way[operation], state.not_done_before[operation] = -1, NONE


@njit
def _is_soon(plant: Plant, state: State, members: Ints) -> bool:
    """Whether each starts when it is first asked to."""
    for operation in members:
        is_free = plant.op[operation, FIXED_WAY] < 0
        if is_free and state.bar[operation, START] > state.not_before[operation]:
            return False
    return True


@njit_that_allocates
def retime(plant: Plant, state: State, key: Keys, wanted: Ints, wish: Ints) -> Outcome:
    """Place the wanted groups, each after those before it that are wanted too, least key first.

    Parameters
    ----------
    key : shape (N,)
        A group goes by the least key of its operations.
    wanted : shape (N,)
        1 for operations to place. A predecessor that is neither wanted nor placed is no hindrance.
    wish : shape (N,) or none
        The alternative that an operation takes if it can then start at its `State.not_before`, else
        it takes any; -1 is no wish. With none at all, `State.only_way` says what it takes.
    """
    n = len(plant.group) - 1
    group_key = np.full(n, np.inf)
    is_wanted = np.zeros(n, np.int64)
    for i in range(len(plant.op)):
        group = plant.group_of[i]
        group_key[group] = min(group_key[group], key[i])
        if wanted[i] and state.bar[i, WAY] < 0:
            is_wanted[group] = 1
    waits_for = _wanted_before(plant, state, is_wanted)
    keys, items, size = np.empty(n + 1), np.empty(n + 1, np.int64), 0
    for group in range(n):
        if is_wanted[group] and waits_for[group] == 0:
            size = push(keys, items, 0, size, group_key[group], group)
    while size > 0:
        group = items[0]
        size = pop(keys, items, 0, size)
        outcome = _place_wished(plant, state, group, wish)
        if outcome[0] != PLACED:
            return outcome
        for operation in plant.member[plant.group[group] : plant.group[group + 1]]:
            if plant.op[operation, FIXED_WAY] >= 0:
                continue
            for j in range(plant.op[operation, FOLLOWING_FROM], plant.op[operation, FOLLOWING_TO]):
                after = plant.group_of[plant.arc[plant.following[j], AFTER]]
                if after == group:
                    continue
                waits_for[after] -= 1
                if waits_for[after] == 0 and is_wanted[after]:
                    size = push(keys, items, 0, size, group_key[after], after)
    return PLACED, -1, -1


@njit
def with_predecessors(plant: Plant, order: Ints, wanted: Ints) -> None:
    """Mark, besides the wanted operations, their groups and all that comes before them."""
    changed = True
    while changed:
        changed = False
        for operation in order[::-1]:
            if not wanted[operation]:
                continue
            group = plant.group_of[operation]
            for other in plant.member[plant.group[group] : plant.group[group + 1]]:
                changed |= not wanted[other]
                wanted[other] = 1
            for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
                wanted[plant.arc[row, BEFORE]] = 1
