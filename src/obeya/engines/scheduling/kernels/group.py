"""Operations tied by maximum waits are placed together, so that none waits too long."""

from .njit import njit
from .place import place, take_back
from .plant import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    END,
    END_LAG,
    FIXED_WAY,
    FOLLOWING_FROM,
    FOLLOWING_TO,
    KIND,
    LAG,
    NEVER,
    RELEASE,
    START,
    WAIT,
    WAY,
    WAY_FROM,
    WAY_TO,
    Plant,
    State,
)
from .slot import NO_SLOT, Slot, earliest_slot

PLACED = 0
NO_ROOM = 1  # no alternative can hold the operation before the horizon
WAITS_TOO_LONG = 2  # the maximum wait after the other operation cannot be kept
Outcome = tuple[int, int, int]  # status, operation, other operation

_PATIENCE = 40  # retries by exact steps before the steps double


@njit
def ready_and_need(plant: Plant, state: State, operation: int) -> tuple[int, int]:
    """Earliest start, and earliest end, that release and predecessors allow [s]."""
    ready = max(plant.clock[0], plant.op[operation, RELEASE], state.not_before[operation])
    need = state.not_done_before[operation]
    for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
        before = plant.arc[row, BEFORE]
        if state.bar[before, WAY] < 0:
            continue
        if plant.arc[row, KIND] == 0:
            ready = max(ready, state.bar[before, END] + plant.arc[row, LAG])
        else:
            ready = max(ready, state.bar[before, START] + plant.arc[row, LAG])
            need = max(need, state.bar[before, END] + plant.arc[row, END_LAG])
    for j in range(plant.op[operation, FOLLOWING_FROM], plant.op[operation, FOLLOWING_TO]):
        row = plant.following[j]
        after = plant.arc[row, AFTER]
        if plant.arc[row, WAIT] >= 0 and plant.op[after, FIXED_WAY] >= 0:
            need = max(need, state.bar[after, START] - plant.arc[row, WAIT])
    return ready, need


@njit
def best_slot(plant: Plant, state: State, operation: int) -> tuple[int, Slot]:
    """The alternative that ends first (starts first where a wait is limited), and its place."""
    ready, need = ready_and_need(plant, state, operation)
    limited = False
    for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
        limited |= plant.arc[row, WAIT] >= 0
    best_way, best, best_time = -1, NO_SLOT, NEVER
    for way in range(plant.op[operation, WAY_FROM], plant.op[operation, WAY_TO]):
        if state.only_way[operation] >= 0 and way != state.only_way[operation]:
            continue
        slot = earliest_slot(plant, state, way, ready, need)
        time = slot[2] if limited else slot[3]
        if slot[0] >= 0 and time < best_time:
            best_way, best, best_time = way, slot, time
    return best_way, best


@njit
def overdue(plant: Plant, state: State, operation: int) -> int:
    """The arc whose maximum wait the placed operation breaks, or -1."""
    for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
        before = plant.arc[row, BEFORE]
        if plant.arc[row, WAIT] < 0 or state.bar[before, WAY] < 0:
            continue
        if state.bar[operation, START] > state.bar[before, END] + plant.arc[row, WAIT]:
            return row
    return -1


@njit
def place_group(plant: Plant, state: State, group: int) -> Outcome:
    """Place all free operations of a group at the earliest times that keep its maximum waits.

    When an operation comes too late for one before it, that one is made to end later and all are
    placed again: a start only ever moves right, so the loop ends, at the latest at the horizon.
    """
    first, last = plant.group[group], plant.group[group + 1]
    tries, late_one, waiting_one = 0, -1, -1
    m = first
    while m < last:
        operation = plant.member[m]
        m += 1
        if plant.op[operation, FIXED_WAY] >= 0:
            continue
        way, slot = best_slot(plant, state, operation)
        if way < 0:
            _take_back_all(plant, state, first, m)
            if tries == 0:
                return NO_ROOM, operation, -1
            return WAITS_TOO_LONG, late_one, waiting_one
        place(plant, state, operation, way, slot[0], slot[1], slot[2], slot[3])
        late = overdue(plant, state, operation)
        if late < 0:
            continue
        late_one, waiting_one = operation, plant.arc[late, BEFORE]
        must_end = state.bar[operation, START] - plant.arc[late, WAIT]
        _take_back_all(plant, state, first, m)
        if plant.op[waiting_one, FIXED_WAY] >= 0 or plant.group_of[waiting_one] != group:
            return WAITS_TOO_LONG, late_one, waiting_one
        extra = 0 if tries < _PATIENCE else 60 << min(tries - _PATIENCE, 30)
        state.not_done_before[waiting_one] = must_end + extra
        tries += 1
        m = first
    return PLACED, -1, -1


@njit
def _take_back_all(plant: Plant, state: State, first: int, last: int) -> None:
    for operation in plant.member[first:last]:
        if plant.op[operation, FIXED_WAY] < 0 and state.bar[operation, WAY] >= 0:
            take_back(plant, state, operation)
