"""What is left of each crew, setter or tool pool: a step function per pool.

Steps stand in the order of time with one gap among them, in which the room of the pool is left.
The gap goes to where something is taken, so only the steps between two takings are shifted: plans
are made and mended in about the order of time, and a crew of a large plant has thousands of steps.
No step has the level of the one before it.
"""

from .calendar import span_at
from .njit import njit
from .plant import EARLY, LATE, NEVER, NONE, SPAN_END, SPAN_START, Plant, State


@njit
def _step_at(state: State, pool: int, moment: int) -> int:
    """The step in force at a moment. The first step of each pool begins before any moment."""
    low, end = state.pool[pool], state.pool[pool + 1]
    high, late = low + state.steps[pool, EARLY], end - state.steps[pool, LATE]
    if late < end and state.moment[late] <= moment:
        low, high = late, end
    while high - low > 1:
        middle = (low + high) >> 1
        if state.moment[middle] <= moment:
            low = middle
        else:
            high = middle
    return low


@njit
def _part(state: State, pool: int, moment: int) -> int:
    """Move the gap behind the step in force at a moment; answers that step."""
    first, end = state.pool[pool], state.pool[pool + 1]
    last, late = first + state.steps[pool, EARLY] - 1, end - state.steps[pool, LATE]
    while state.moment[last] > moment:
        late -= 1
        state.moment[late], state.level[late] = state.moment[last], state.level[last]
        last -= 1
    while late < end and state.moment[late] <= moment:
        last += 1
        state.moment[last], state.level[last] = state.moment[late], state.level[late]
        late += 1
    state.steps[pool, EARLY], state.steps[pool, LATE] = last - first + 1, end - late
    return last


@njit
def take(state: State, pool: int, begin: int, finish: int, amount: int) -> None:
    """Take an amount from a pool between two moments; a negative amount gives back."""
    if begin >= finish or amount == 0:
        return
    last = _part(state, pool, begin)
    first, end = state.pool[pool], state.pool[pool + 1]
    late = end - state.steps[pool, LATE]
    if state.moment[last] < begin:
        last += 1
        state.moment[last], state.level[last] = begin, state.level[last - 1] - amount
    else:
        state.level[last] -= amount
        if last > first and state.level[last] == state.level[last - 1]:
            last -= 1
    while late < end and state.moment[late] < finish:
        last += 1
        state.moment[last], state.level[last] = state.moment[late], state.level[late] - amount
        late += 1
    if late == end or state.moment[late] > finish:
        last += 1
        state.moment[last], state.level[last] = finish, state.level[last - 1] + amount
    elif state.level[late] == state.level[last]:
        late += 1
    state.steps[pool, EARLY], state.steps[pool, LATE] = last - first + 1, end - late


@njit
def short_until(state: State, pool: int, begin: int, finish: int, amount: int) -> int:
    """The end of the last step between two moments that has less than an amount; NONE if all do."""
    if begin >= finish:
        return NONE
    end = state.pool[pool + 1]
    last, late = state.pool[pool] + state.steps[pool, EARLY] - 1, end - state.steps[pool, LATE]
    i = _step_at(state, pool, finish - 1)
    while state.level[i] >= amount:
        if state.moment[i] <= begin:
            return NONE
        i = last if i == late else i - 1
    after = late if i == last else i + 1
    return state.moment[after] if after < end else NEVER


@njit
def short_from(state: State, pool: int, begin: int, finish: int, amount: int) -> int:
    """The first step between two moments that has less than an amount; NEVER if all have it."""
    if begin >= finish:
        return NEVER
    end = state.pool[pool + 1]
    last, late = state.pool[pool] + state.steps[pool, EARLY] - 1, end - state.steps[pool, LATE]
    i = _step_at(state, pool, begin)
    while state.level[i] >= amount:
        i = late if i == last else i + 1
        if i == end or state.moment[i] >= finish:
            return NEVER
    return state.moment[i]


@njit
def take_working(
    plant: Plant, state: State, pool: int, calendar: int, begin: int, finish: int, amount: int
) -> None:
    """As `take`, but only the working time of a calendar."""
    last = plant.calendar[calendar + 1]
    i = span_at(plant, calendar, begin)
    while i < last and plant.span[i, SPAN_START] < finish:
        start = max(begin, plant.span[i, SPAN_START])
        take(state, pool, start, min(finish, plant.span[i, SPAN_END]), amount)
        i += 1


@njit
def working_short_until(
    plant: Plant, state: State, pool: int, calendar: int, begin: int, finish: int, amount: int
) -> int:
    """As `short_until`, but only in the working time of a calendar; the first that is short."""
    last = plant.calendar[calendar + 1]
    i = span_at(plant, calendar, begin)
    while i < last and plant.span[i, SPAN_START] < finish:
        start = max(begin, plant.span[i, SPAN_START])
        until = short_until(state, pool, start, min(finish, plant.span[i, SPAN_END]), amount)
        if until != NONE:
            return until
        i += 1
    return NONE


@njit
def working_short_from(
    plant: Plant, state: State, pool: int, calendar: int, begin: int, finish: int, amount: int
) -> int:
    """As `short_from`, but only in the working time of a calendar."""
    last = plant.calendar[calendar + 1]
    i = span_at(plant, calendar, begin)
    while i < last and plant.span[i, SPAN_START] < finish:
        start = max(begin, plant.span[i, SPAN_START])
        since = short_from(state, pool, start, min(finish, plant.span[i, SPAN_END]), amount)
        if since != NEVER:
            return since
        i += 1
    return NEVER
