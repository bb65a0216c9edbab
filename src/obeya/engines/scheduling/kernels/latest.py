"""The latest time at which an alternative can be done, given all that is placed."""

from .calendar import moment_of, span_at, work_end, work_start, worked_until, working_from
from .line import at, family_before, first_after, setup_seconds, splits_batch
from .njit import njit
from .plant import (
    CALENDAR,
    CREW,
    END,
    FAMILY,
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
    START,
    TOOL,
    Plant,
    State,
)
from .pool import short_from, working_short_from
from .slot import Slot, room_before

TOO_LATE: Slot = (-1, NONE, NONE, NONE)


@njit
def latest_slot(
    plant: Plant, state: State, way: int, soonest: int, start_by: int, end_by: int
) -> Slot:
    """Find the last place for an alternative: join a batch, or the last gap that holds it.

    Parameters
    ----------
    soonest, start_by, end_by
        Its run may not start before, nor start after, nor end after [s].

    Returns
    -------
    TOO_LATE if there is none.
    """
    machine = plant.way[way, MACHINE]
    joined = TOO_LATE
    if plant.machine[machine, PLACES] > 0:
        joined = _batch_to_join(plant, state, way, soonest, start_by, end_by)
    position = first_after(plant, state, machine, min(start_by, end_by))
    while position >= 0:
        following = at(plant, state, machine, position)
        if following >= 0 and state.bar[following, START] <= max(soonest, joined[2]):
            return joined
        left = at(plant, state, machine, position - 1)
        free_from = plant.clock[0] if left < 0 else max(plant.clock[0], state.bar[left, REACH])
        if not splits_batch(plant, state, machine, position):
            slot = _late_in_gap(plant, state, way, position, free_from, soonest, start_by, end_by)
            if slot[0] >= 0:
                return slot if slot[2] > joined[2] else joined
        position -= 1
    return joined


@njit
def _batch_to_join(
    plant: Plant, state: State, way: int, soonest: int, start_by: int, end_by: int
) -> Slot:
    """The last batch of the same recipe, in time, with room."""
    machine, operation = plant.way[way, MACHINE], plant.way[way, OPERATION]
    finish = first_after(plant, state, machine, start_by)
    while finish > 0:
        last = at(plant, state, machine, finish - 1)
        taken, first = 0, finish
        while first > 0:
            member = at(plant, state, machine, first - 1)
            if state.bar[member, START] != state.bar[last, START]:
                break
            taken += plant.op[member, SIZE]
            first -= 1
        begin, start, end = (
            state.bar[last, SETUP_START],
            state.bar[last, START],
            state.bar[last, END],
        )
        if start < soonest:
            return TOO_LATE
        if (
            plant.op[last, RECIPE] == plant.op[operation, RECIPE] >= 0
            and plant.op[last, REMAINING] < 0
            and taken + plant.op[operation, SIZE] <= plant.machine[machine, PLACES]
            and end <= end_by
            and _tool_short_from(plant, state, way, begin, end) == NEVER
        ):
            return finish, begin, start, end
        finish = first
    return TOO_LATE


@njit
def _late_in_gap(
    plant: Plant,
    state: State,
    way: int,
    position: int,
    free_from: int,
    soonest: int,
    start_by: int,
    end_by: int,
) -> Slot:
    """Fit an alternative, with its setup, as late as possible before a position of its line."""
    machine, calendar = plant.way[way, MACHINE], plant.way[way, CALENDAR]
    family, run = plant.way[way, FAMILY], plant.way[way, RUN]
    before = family_before(plant, state, machine, position)
    setup = setup_seconds(plant, machine, before, family)
    following = at(plant, state, machine, position)
    if following >= 0:
        if max(free_from + setup, soonest) + run > state.bar[following, START]:
            return TOO_LATE
        end_by = min(end_by, room_before(plant, state, family, following))
    end_by = min(end_by, plant.clock[1])
    while end_by >= max(free_from, soonest):
        start = _last_start(plant, calendar, end_by, run)
        if start > start_by:
            start = _last_start(plant, calendar, start_by, 0)
        if start == NONE or start < max(free_from, soonest):
            return TOO_LATE
        begin, end = start, work_end(plant, calendar, start, run)
        if setup > 0:
            begin = work_start(plant, calendar, start, setup)
        if begin == NONE or begin < free_from or end == NONE:
            return TOO_LATE
        interval_ends = plant.span[span_at(plant, calendar, begin), SPAN_END]
        if plant.way[way, RESUMABLE] == 0 and end > interval_ends:
            end_by = interval_ends
            continue
        short = _busy_from(plant, state, way, begin, end)
        if short != NEVER:
            end_by = short
            continue
        if plant.machine[machine, SETTER] >= 0:
            setter = plant.machine[machine, SETTER]
            short = working_short_from(plant, state, setter, calendar, begin, start, 1)
        if short == NEVER:
            return position, begin, start, end
        start_by = short
    return TOO_LATE


@njit
def _last_start(plant: Plant, calendar: int, end_by: int, run: int) -> int:
    """Latest working moment from which a run is done in time, or NONE."""
    if run > 0:
        return work_start(plant, calendar, end_by, run)
    if working_from(plant, calendar, end_by) == end_by:
        return end_by
    return moment_of(plant, calendar, worked_until(plant, calendar, end_by) - 1)


@njit
def _busy_from(plant: Plant, state: State, way: int, begin: int, end: int) -> int:
    """From when on the tool or the crew is needed elsewhere; NEVER if there is enough of both."""
    short = _tool_short_from(plant, state, way, begin, end)
    if short == NEVER and plant.way[way, CREW] >= 0:
        crew, heads = plant.way[way, CREW], plant.way[way, HEADS]
        short = working_short_from(plant, state, crew, plant.way[way, CALENDAR], begin, end, heads)
    return short


@njit
def _tool_short_from(plant: Plant, state: State, way: int, begin: int, end: int) -> int:
    if plant.way[way, TOOL] < 0:
        return NEVER
    return short_from(state, plant.way[way, TOOL], begin, end, 1)
