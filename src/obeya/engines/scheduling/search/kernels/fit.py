"""The earliest time at which a node can be done, after its machine is free and it is ready."""

from .hours import calendar_of, last_span, setup_begin, span_at, start_to_end_by
from .njit import njit
from .profile import enough_from, last_short
from .tables import (
    CELL,
    CREW,
    FAR,
    HEADS,
    HORIZON,
    MACHINE,
    MATE,
    NOWHERE,
    RESUMABLE,
    RUN,
    SETTER,
    STEPS,
    TOOL,
    WAY,
    Plan,
    Plant,
    get,
    wide,
)

ONE = wide(1)  # not a literal, for which all would be compiled once more
Times = tuple[int, int, int]  # setup begin, start, end


@njit
def earliest(
    plant: Plant, plan: Plan, node: int, setup: int, free: int, ready: int, need: int
) -> Times:
    """Fit a node that holds nothing now.

    Parameters
    ----------
    setup
        Seconds of setup, done just before the start.
    free, ready, need
        The setup may not begin, the run not start, the node not end before [s].

    Returns
    -------
    Setup begin, start and end; the start is FAR if there is no room before the horizon.
    """
    way = get(plan.bar, node, WAY)
    while True:
        begin, start, end = by_calendar(plant, way, setup, free, ready, need)
        if start >= FAR:
            return FAR, FAR, FAR
        again = _short_of_pools(plant, plan, node, way, begin, start, end)
        if again < 0:
            return begin, start, end
        free = max(again, begin + 1)
        plan.heap[STEPS] += 1


@njit
def by_calendar(plant: Plant, way: int, setup: int, free: int, ready: int, need: int) -> Times:
    """Times of setup and run by the calendar alone; FAR if there are none before the horizon."""
    calendar, run = calendar_of(plant, way), get(plant.way, way, RUN)
    last = last_span(plant, calendar)
    i = span_at(plant, calendar, free)
    while i < last:
        begin = max(free, get(plant.span, i, 0))
        start, work, j = begin, setup, i
        while start + work > plant.span[j, 1]:
            work -= get(plant.span, j, 1) - start
            j += 1
            if j >= last:
                return FAR, FAR, FAR
            start = get(plant.span, j, 0)
        start += work
        if max(start, ready) >= plant.span[j, 1]:
            j = span_at(plant, calendar, max(start, ready))
            if j >= last:
                return FAR, FAR, FAR
        earliest_start = start
        start = max(start, ready, get(plant.span, j, 0))
        end = _run_from(plant, last, start, run, j)
        if end < need:
            start = max(start, start_to_end_by(plant, calendar, need, run))
            if start >= FAR:
                return FAR, FAR, FAR
            end = _run_from(plant, last, start, run, span_at(plant, calendar, start))
        if end > plant.fact[HORIZON]:  # beyond it no interval is found again
            return FAR, FAR, FAR
        if setup == 0:
            begin = start
        elif start > earliest_start:
            begin = setup_begin(plant, calendar, start, setup)
        if plant.way[way, RESUMABLE]:
            return begin, start, end
        at = span_at(plant, calendar, begin)
        if end <= plant.span[at, 1]:
            return begin, start, end
        i = max(i, at) + 1
        if i < last:
            free = get(plant.span, i, 0)
    return FAR, FAR, FAR


@njit
def _run_from(plant: Plant, last: int, start: int, run: int, i: int) -> int:
    """End of a run that starts in interval i."""
    while start + run > plant.span[i, 1]:
        run -= get(plant.span, i, 1) - start
        i += 1
        if i >= last:
            return FAR
        start = get(plant.span, i, 0)
    return start + run


@njit
def short_working(
    plant: Plant, plan: Plan, pool: int, way: int, begin: int, end: int, amount: int
) -> int:
    """Some moment until which a pool is short in the working time of a way, or NOWHERE."""
    width = wide(plant.fact[CELL])
    i = span_at(plant, calendar_of(plant, way), begin)
    while begin < end:
        until = min(end, get(plant.span, i, 1))
        cell = last_short(plan, pool, begin // width, (until - 1) // width + 1, amount)
        if cell >= 0:
            return enough_from(plan, pool, cell + 1, amount) * width
        i += 1
        if until == end:
            break
        begin = get(plant.span, i, 0)
    return NOWHERE


@njit
def _short_of_pools(
    plant: Plant, plan: Plan, node: int, way: int, begin: int, start: int, end: int
) -> int:
    """A moment before which the setup cannot begin for want of crew, setter or tool; NOWHERE."""
    until = NOWHERE
    crew = get(plant.way, way, CREW)
    if crew >= 0:
        until = short_working(plant, plan, crew, way, begin, end, get(plant.way, way, HEADS))
    if until < 0 and start > begin:
        setter = get(plant.machine, get(plant.way, way, MACHINE), SETTER)
        if setter >= 0:
            until = short_working(plant, plan, setter, way, begin, start, ONE)
    return until if until >= 0 else short_of_tools(plant, plan, node, begin, end)


@njit
def _members_with(plant: Plant, plan: Plan, node: int, tool: int) -> int:
    """How many members of a node hold a tool of one pool."""
    found, member = 0, node
    while True:
        found += plant.way[plan.bar[member, WAY], TOOL] == tool
        member = get(plan.bar, member, MATE)
        if member == node:
            return found


@njit
def short_of_tools(plant: Plant, plan: Plan, node: int, begin: int, end: int) -> int:
    """As `short_working`, of the tools of all members, which are held through clock time."""
    member, width = node, wide(plant.fact[CELL])
    while begin < end:
        tool = get(plant.way, get(plan.bar, member, WAY), TOOL)
        if tool >= 0:
            asked = _members_with(plant, plan, node, tool)
            cell = last_short(plan, tool, begin // width, (end - 1) // width + 1, asked)
            if cell >= 0:
                return enough_from(plan, tool, cell + 1, asked) * width
        member = get(plan.bar, member, MATE)
        if member == node:
            break
    return NOWHERE
