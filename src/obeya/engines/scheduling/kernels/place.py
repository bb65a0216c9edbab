"""Put an operation into the plan, and take it back."""

from .calendar import work_start
from .line import (
    at,
    family_before,
    first_after,
    insert,
    remove,
    setup_into,
    splits_batch,
)
from .njit import njit
from .plant import (
    CALENDAR,
    CREW,
    END,
    HEADS,
    MACHINE,
    NONE,
    PLACES,
    REMAINING,
    SETTER,
    SETUP_START,
    START,
    TOOL,
    WAY,
    Plant,
    State,
)
from .pool import take, take_working


@njit
def place(
    plant: Plant,
    state: State,
    operation: int,
    way: int,
    position: int,
    setup_start: int,
    start: int,
    end: int,
) -> None:
    """Place an operation in a gap, or into the batch of its neighbour; set up what follows."""
    set_down(plant, state, operation, way, position, setup_start, start, end)
    refit(plant, state, plant.way[way, MACHINE], position + 1)


@njit
def set_down(
    plant: Plant,
    state: State,
    operation: int,
    way: int,
    position: int,
    setup_start: int,
    start: int,
    end: int,
) -> None:
    """Place an operation and reserve its pools; what follows keeps its setup."""
    machine = plant.way[way, MACHINE]
    state.bar[operation, WAY] = way
    state.bar[operation, SETUP_START] = setup_start
    state.bar[operation, START] = start
    state.bar[operation, END] = end
    insert(plant, state, machine, position, operation)
    _reserve(plant, state, operation, 1)


@njit
def take_back(plant: Plant, state: State, operation: int) -> None:
    """Undo `place`."""
    machine = plant.way[state.bar[operation, WAY], MACHINE]
    _reserve(plant, state, operation, -1)
    position = remove(plant, state, machine, operation)
    state.bar[operation, WAY] = -1
    refit(plant, state, machine, position)


@njit
def _is_alone(plant: Plant, state: State, operation: int) -> bool:
    """Whether nobody shares its batch, so that crew and setter come and go with it."""
    machine = plant.way[state.bar[operation, WAY], MACHINE]
    if plant.machine[machine, PLACES] == 0:
        return True
    start = state.bar[operation, START]
    last = first_after(plant, state, machine, start) - 1
    return last < 1 or state.bar[at(plant, state, machine, last - 1), START] != start


@njit
def _reserve(plant: Plant, state: State, operation: int, sign: int) -> None:
    way = state.bar[operation, WAY]
    begin, end = state.bar[operation, SETUP_START], state.bar[operation, END]
    start = state.bar[operation, START]
    if plant.op[operation, REMAINING] >= 0:
        begin = start = plant.clock[0]
    if plant.way[way, TOOL] >= 0:
        take(state, plant.way[way, TOOL], begin, end, sign)
    if not _is_alone(plant, state, operation):
        return
    calendar, crew = plant.way[way, CALENDAR], plant.way[way, CREW]
    if crew >= 0:
        heads = sign * plant.way[way, HEADS]
        take_working(plant, state, crew, calendar, begin, end, heads)
    setter = plant.machine[plant.way[way, MACHINE], SETTER]
    if setter >= 0:
        take_working(plant, state, setter, calendar, begin, start, sign)


@njit
def refit(plant: Plant, state: State, machine: int, position: int) -> None:
    """Set up what now follows a changed neighbour, no earlier and no longer than it needs."""
    first = at(plant, state, machine, position)
    if first < 0 or plant.op[first, REMAINING] >= 0:
        return
    if splits_batch(plant, state, machine, position):
        return
    start, old = state.bar[first, START], state.bar[first, SETUP_START]
    setup = setup_into(plant, state, family_before(plant, state, machine, position), first)
    way = state.bar[first, WAY]
    calendar = plant.way[way, CALENDAR]
    new = work_start(plant, calendar, start, setup)
    if new in (NONE, old):
        return
    begin, end = min(new, old), max(new, old)
    sign = 1 if new < old else -1
    if plant.way[way, CREW] >= 0:
        heads = sign * plant.way[way, HEADS]
        take_working(plant, state, plant.way[way, CREW], calendar, begin, end, heads)
    if plant.machine[machine, SETTER] >= 0:
        take_working(plant, state, plant.machine[machine, SETTER], calendar, begin, end, sign)
    member = first
    while member >= 0 and state.bar[member, START] == start:
        tool = plant.way[state.bar[member, WAY], TOOL]
        if tool >= 0:
            take(state, tool, begin, end, sign)
        state.bar[member, SETUP_START] = new
        if plant.machine[machine, PLACES] == 0:
            break
        position += 1
        member = at(plant, state, machine, position)
