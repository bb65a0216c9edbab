"""Put an earlier plan on its lines and into its pools."""

import numpy as np

from ..arrays import Ints
from .calendar import span_at, work_end, working_from
from .filling import numbers
from .line import at, first_after
from .njit import njit, njit_that_allocates
from .place import refit, set_down
from .plant import (
    CALENDAR,
    CREW,
    EARLY,
    END,
    FIXED_WAY,
    HEADS,
    LINE_FROM,
    MACHINE,
    NONE,
    PLACES,
    REACH,
    REMAINING,
    RESUMABLE,
    RUN,
    SETTER,
    SETUP_START,
    SPAN_END,
    SPAN_START,
    START,
    TOOL,
    WAY,
    Plant,
    State,
)
from .retime import fixed_by_start, fixed_slot
from .slot import batch_to_join, short_of_pools
from .sort import sort_by

# Columns of an event
POOL = 0
MOMENT = 1
TAKEN = 2


@njit_that_allocates
def load(plant: Plant, state: State, bars: Ints, order: Ints, doubt: Ints) -> None:
    """Place the bars of an earlier plan that still fit, in order; leave out the others.

    Parameters
    ----------
    bars : shape (N, 4)
        Columns WAY, SETUP_START, START, END of `State.bar`; a way of -1 has no bar.
    order : shape (N,)
        By start; of two that no longer fit together the first stays.
    doubt : shape (N,)
        1 where calendar, line and pools must be asked whether they still hold the bar; the others
        held together in the earlier plan, and are placed at once: sorted, not inserted.
    """
    is_trusted = (plant.op[:, FIXED_WAY] < 0) & (doubt == 0) & (bars[:, WAY] >= 0)
    trusted = order[is_trusted[order]]
    _put_on_lines(plant, state, bars, trusted)
    _take_from_pools(plant, state, trusted)
    for operation in fixed_by_start(plant):
        way = plant.op[operation, FIXED_WAY]
        position, begin, start, end = fixed_slot(plant, state, operation)
        if plant.op[operation, REMAINING] < 0 and bars[operation, START] == start:
            begin = bars[operation, SETUP_START]
        set_down(plant, state, operation, way, position, begin, start, end)
    for operation in order:
        if plant.op[operation, FIXED_WAY] >= 0 or doubt[operation] == 0:
            continue
        way, begin = bars[operation, WAY], bars[operation, SETUP_START]
        start, end = bars[operation, START], bars[operation, END]
        if way < 0:
            continue
        position = _position_of_bar(plant, state, operation, way, begin, start, end)
        if position >= 0:
            set_down(plant, state, operation, way, position, begin, start, end)
    for machine in range(len(plant.machine)):
        for position in range(state.length[machine]):
            refit(plant, state, machine, position)


@njit
def _put_on_lines(plant: Plant, state: State, bars: Ints, trusted: Ints) -> None:
    for operation in trusted:
        state.bar[operation, WAY] = bars[operation, WAY]
        state.bar[operation, SETUP_START] = bars[operation, SETUP_START]
        state.bar[operation, START] = bars[operation, START]
        state.bar[operation, END] = reach = bars[operation, END]
        machine = plant.way[bars[operation, WAY], MACHINE]
        position = plant.machine[machine, LINE_FROM] + state.length[machine]
        if state.length[machine] > 0:
            reach = max(reach, state.bar[state.line[position - 1], REACH])
        state.bar[operation, REACH] = reach
        state.line[position] = operation
        state.length[machine] += 1


@njit_that_allocates
def _take_from_pools(plant: Plant, state: State, trusted: Ints) -> None:
    """One sweep over each pool with all that is taken from it and given back."""
    count = _events(plant, state, trusted, np.empty((0, 3), np.int64))
    event = np.empty((count, 3), np.int64)
    _events(plant, state, trusted, event)
    row = numbers(count)
    sort_by(event[:, MOMENT], row)
    sort_by(event[:, POOL], row)  # those of a pool stay in the order of time
    begin = 0
    while begin < count:
        pool, end = event[row[begin], POOL], begin + 1
        while end < count and event[row[end], POOL] == pool:
            end += 1
        _sweep(state, pool, event, row[begin:end])
        begin = end


@njit_that_allocates
def _sweep(state: State, pool: int, event: Ints, row: Ints) -> None:
    """Lay the events of a pool from which nothing is taken yet over its capacity."""
    low, steps = state.pool[pool], state.steps[pool, EARLY]
    moment, level = state.moment[low : low + steps].copy(), state.level[low : low + steps].copy()
    i, e, taken, written = 0, 0, 0, low
    while i + 1 < steps or e < len(row):
        if i + 1 < steps and (e == len(row) or moment[i + 1] <= event[row[e], MOMENT]):
            i += 1
            now = moment[i]
        else:
            now = event[row[e], MOMENT]
        while e < len(row) and event[row[e], MOMENT] == now:
            taken += event[row[e], TAKEN]
            e += 1
        if level[i] - taken != state.level[written]:
            written += 1
            state.moment[written], state.level[written] = now, level[i] - taken
    state.steps[pool, EARLY] = written - low + 1


@njit
def _events(plant: Plant, state: State, trusted: Ints, event: Ints) -> int:
    """Who takes how much of which pool when, and gives it back; answers the number of events.

    Writes as many as there is room for, so that a first call can count.
    """
    count = 0
    for operation in trusted:
        way = state.bar[operation, WAY]
        machine, calendar = plant.way[way, MACHINE], plant.way[way, CALENDAR]
        begin, end = state.bar[operation, SETUP_START], state.bar[operation, END]
        start = state.bar[operation, START]
        tool, crew, setter = plant.way[way, TOOL], plant.way[way, CREW], -1
        if tool >= 0 and begin < end:
            count = _event(event, count, tool, begin, end, 1)
        if not _is_first_of_batch(plant, state, operation, machine):
            continue
        setter = plant.machine[machine, SETTER]
        if crew >= 0:
            heads = plant.way[way, HEADS]
            count = _working_events(plant, event, count, crew, calendar, begin, end, heads)
        if setter >= 0:
            count = _working_events(plant, event, count, setter, calendar, begin, start, 1)
    return count


@njit
def _is_first_of_batch(plant: Plant, state: State, operation: int, machine: int) -> bool:
    if plant.machine[machine, PLACES] == 0:
        return True
    position = first_after(plant, state, machine, state.bar[operation, START] - 1)
    return at(plant, state, machine, position) == operation


@njit
def _working_events(
    plant: Plant,
    event: Ints,
    count: int,
    pool: int,
    calendar: int,
    begin: int,
    finish: int,
    amount: int,
) -> int:
    if begin >= finish:
        return count
    last = plant.calendar[calendar + 1]
    i = span_at(plant, calendar, begin)
    while i < last and plant.span[i, SPAN_START] < finish:
        start = max(begin, plant.span[i, SPAN_START])
        end = min(finish, plant.span[i, SPAN_END])
        count = _event(event, count, pool, start, end, amount)
        i += 1
    return count


@njit
def _event(event: Ints, count: int, pool: int, begin: int, end: int, amount: int) -> int:
    if count < len(event):
        event[count, POOL], event[count, MOMENT], event[count, TAKEN] = pool, begin, amount
        event[count + 1, POOL], event[count + 1, MOMENT] = pool, end
        event[count + 1, TAKEN] = -amount
    return count + 2


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
