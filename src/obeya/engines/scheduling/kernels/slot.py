"""The earliest time at which an alternative can be done, given all that is placed."""

from .calendar import span_at, start_to_end_by, work_end, work_start, working_from
from .line import (
    at,
    family_before,
    first_after,
    setup_into,
    setup_seconds,
    splits_batch,
)
from .njit import njit
from .plant import (
    CALENDAR,
    CREW,
    END,
    FAMILY,
    FIXED_WAY,
    HEADS,
    MACHINE,
    NEVER,
    NONE,
    OPERATION,
    PLACES,
    REACH,
    RECIPE,
    REMAINING,
    RESUMABLE,
    RUN,
    SETTER,
    SETUP_START,
    SIZE,
    SPAN_END,
    SPAN_START,
    START,
    TOOL,
    WAY,
    Plant,
    State,
)
from .pool import short_until, working_short_until

Slot = tuple[int, int, int, int]  # position on the line, setup start, start, end
NO_SLOT: Slot = (-1, NONE, NEVER, NEVER)


@njit
def earliest_slot(plant: Plant, state: State, way: int, ready: int, need: int) -> Slot:
    """Find the first place for an alternative: join a batch, else the first gap that holds it.

    Parameters
    ----------
    ready, need
        Its run may not start before, nor end before [s].

    Returns
    -------
    NO_SLOT if there is none before the horizon.
    """
    machine = plant.way[way, MACHINE]
    position = first_after(plant, state, machine, ready)
    joined = NO_SLOT
    if plant.machine[machine, PLACES] > 0:
        joined = batch_to_join(plant, state, way, ready, need)
    while position <= state.length[machine]:
        left = at(plant, state, machine, position - 1)
        free_from = plant.clock[0] if left < 0 else max(plant.clock[0], state.bar[left, REACH])
        if max(free_from, ready) >= joined[2]:
            return joined
        if not splits_batch(plant, state, machine, position):
            slot = slot_in_gap(plant, state, way, position, free_from, ready, need)
            if slot[0] >= 0:
                return slot if slot[2] < joined[2] else joined
        position += 1
    return joined


@njit
def batch_to_join(plant: Plant, state: State, way: int, ready: int, need: int) -> Slot:
    """The first batch of the same recipe, at or after ``ready``, with room.

    Not one that is being set up already: nothing that is planned begins before now.
    """
    machine, operation = plant.way[way, MACHINE], plant.way[way, OPERATION]
    position = first_after(plant, state, machine, ready - 1)
    while position < state.length[machine]:
        first = at(plant, state, machine, position)
        taken, finish = 0, position
        while finish < state.length[machine]:
            member = at(plant, state, machine, finish)
            if state.bar[member, START] != state.bar[first, START]:
                break
            taken += plant.op[member, SIZE]
            finish += 1
        begin, end = state.bar[first, SETUP_START], state.bar[first, END]
        if (
            plant.op[first, RECIPE] == plant.op[operation, RECIPE] >= 0
            and plant.op[first, REMAINING] < 0
            and taken + plant.op[operation, SIZE] <= plant.machine[machine, PLACES]
            and end >= need
            and begin >= plant.clock[0]
            and _tool_short(plant, state, way, begin, end) == NONE
        ):
            return finish, begin, state.bar[first, START], end
        position = finish
    return NO_SLOT


@njit
def slot_in_gap(
    plant: Plant, state: State, way: int, position: int, free_from: int, ready: int, need: int
) -> Slot:
    """Fit an alternative, with its setup, into the gap before a position of its line."""
    machine, family = plant.way[way, MACHINE], plant.way[way, FAMILY]
    before = family_before(plant, state, machine, position)
    setup = setup_seconds(plant, machine, before, family)
    following = at(plant, state, machine, position)
    limit = plant.clock[1]
    if following >= 0:
        next_start = state.bar[following, START]
        if max(free_from + setup, ready) + plant.way[way, RUN] > next_start:
            return NO_SLOT
        limit = min(limit, room_before(plant, state, family, following))
    start_from, begin, start, end = free_from, NONE, NONE, NONE
    while start_from <= limit:
        begin, start, end = _timed(plant, way, setup, start_from, ready, need)
        if begin == NONE or end > limit:
            return NO_SLOT
        short = short_of_pools(plant, state, way, begin, start, end)
        if short == NONE:
            return position, begin, start, end
        start_from = max(short, begin + 1)
    return NO_SLOT


@njit
def room_before(plant: Plant, state: State, family: int, following: int) -> int:
    """When a new neighbour must end so that the following operation can still be set up."""
    setup = setup_into(plant, state, family, following)
    start, old = state.bar[following, START], state.bar[following, SETUP_START]
    way = state.bar[following, WAY]
    calendar = plant.way[way, CALENDAR]
    begin = work_start(plant, calendar, start, setup)
    if begin >= old or begin == NONE:
        return begin
    # What is frozen is set up when it can be, and may stand where no shift is.
    stays_whole = plant.op[following, FIXED_WAY] < 0 and plant.way[way, RESUMABLE] == 0
    if stays_whole and begin < plant.span[span_at(plant, calendar, start), SPAN_START]:
        return NONE
    if plant.machine[plant.way[way, MACHINE], PLACES] > 0:
        return NONE  # a longer setup would ask for the tools of the whole batch
    if short_of_pools(plant, state, way, begin, old, old) != NONE:
        return NONE
    return begin


@njit
def _timed(
    plant: Plant, way: int, setup: int, free_from: int, ready: int, need: int
) -> tuple[int, int, int]:
    """Setup start, start and end by calendar alone; NONE if the calendar ends before."""
    calendar, run = plant.way[way, CALENDAR], plant.way[way, RUN]
    last = plant.calendar[calendar + 1]
    while True:
        begin = working_from(plant, calendar, free_from)
        if begin == NONE:
            return NONE, NONE, NONE
        start = begin
        if setup > 0:
            start = work_end(plant, calendar, begin, setup)
            if start == NONE:
                return NONE, NONE, NONE
        start = working_from(plant, calendar, max(start, ready))
        if start != NONE and need > start:
            in_time = start_to_end_by(plant, calendar, need, run)
            start = NONE if in_time == NONE else max(start, in_time)
        if start == NONE or start < begin:
            return NONE, NONE, NONE
        begin = work_start(plant, calendar, start, setup)
        end = work_end(plant, calendar, start, run)
        if end == NONE:
            return NONE, NONE, NONE
        i = span_at(plant, calendar, begin)
        if plant.way[way, RESUMABLE] == 1 or end <= plant.span[i, SPAN_END]:
            return begin, start, end
        if i + 1 == last:
            return NONE, NONE, NONE
        free_from = plant.span[i + 1, SPAN_START]


@njit
def short_of_pools(plant: Plant, state: State, way: int, begin: int, start: int, end: int) -> int:
    """A moment before which setup cannot begin for want of a tool, crew or setter; or NONE."""
    calendar = plant.way[way, CALENDAR]
    setter = plant.machine[plant.way[way, MACHINE], SETTER]
    until = _tool_short(plant, state, way, begin, end)
    if until == NONE and plant.way[way, CREW] >= 0:
        crew, heads = plant.way[way, CREW], plant.way[way, HEADS]
        until = working_short_until(plant, state, crew, calendar, begin, end, heads)
    if until == NONE and setter >= 0:
        until = working_short_until(plant, state, setter, calendar, begin, start, 1)
    return until


@njit
def _tool_short(plant: Plant, state: State, way: int, begin: int, end: int) -> int:
    if plant.way[way, TOOL] < 0:
        return NONE
    return short_until(state, plant.way[way, TOOL], begin, end, 1)
