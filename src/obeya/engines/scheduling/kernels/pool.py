"""What is left of each crew, setter or tool pool: a step function per pool."""

from .calendar import span_at
from .njit import njit
from .plant import NEVER, NONE, SPAN_END, SPAN_START, Plant, State


@njit
def _step_at(state: State, pool: int, moment: int) -> int:
    """The step in force at a moment. The first step of each pool begins before any moment."""
    low, high = state.pool[pool], state.pool[pool] + state.steps[pool]
    while high - low > 1:
        middle = (low + high) >> 1
        if state.moment[middle] <= moment:
            low = middle
        else:
            high = middle
    return low


@njit
def _split(state: State, pool: int, moment: int) -> int:
    """The step that begins at a moment, made if there is none."""
    i = _step_at(state, pool, moment)
    if state.moment[i] == moment:
        return i
    end = state.pool[pool] + state.steps[pool]
    for j in range(end, i + 1, -1):
        state.moment[j] = state.moment[j - 1]
        state.level[j] = state.level[j - 1]
    state.moment[i + 1] = moment
    state.level[i + 1] = state.level[i]
    state.steps[pool] += 1
    return i + 1


@njit
def _join(state: State, pool: int, i: int) -> None:
    """Drop step i if it changes nothing."""
    end = state.pool[pool] + state.steps[pool]
    if i <= state.pool[pool] or i >= end or state.level[i] != state.level[i - 1]:
        return
    for j in range(i, end - 1):
        state.moment[j] = state.moment[j + 1]
        state.level[j] = state.level[j + 1]
    state.steps[pool] -= 1


@njit
def take(state: State, pool: int, begin: int, finish: int, amount: int) -> None:
    """Take an amount from a pool between two moments; a negative amount gives back."""
    if begin >= finish:
        return
    i = _split(state, pool, begin)
    j = _split(state, pool, finish)
    for step in range(i, j):
        state.level[step] -= amount
    _join(state, pool, j)
    _join(state, pool, i)


@njit
def short_until(state: State, pool: int, begin: int, finish: int, amount: int) -> int:
    """The end of the last step between two moments that has less than an amount; NONE if all do."""
    if begin >= finish:
        return NONE
    i = _step_at(state, pool, finish - 1)
    first, last = state.pool[pool], state.pool[pool] + state.steps[pool] - 1
    while i >= first:
        if state.level[i] < amount:
            return state.moment[i + 1] if i < last else NEVER
        if state.moment[i] <= begin:
            break
        i -= 1
    return NONE


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
