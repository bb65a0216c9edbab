"""The sequence of a machine: who stands before and after a gap, and the setup between them."""

from .njit import njit
from .plant import (
    END,
    FAMILY,
    INITIAL_FAMILY,
    LINE_FROM,
    MACHINE,
    MATRIX,
    NONE,
    PLACES,
    REACH,
    REMAINING,
    START,
    WAY,
    Plant,
    State,
)


@njit
def first_after(plant: Plant, state: State, machine: int, moment: int) -> int:
    """Position on the line of the first operation that starts after a moment."""
    first = plant.machine[machine, LINE_FROM]
    low, high = 0, state.length[machine]
    while low < high:
        middle = (low + high) >> 1
        if state.bar[state.line[first + middle], START] > moment:
            high = middle
        else:
            low = middle + 1
    return low


@njit
def at(plant: Plant, state: State, machine: int, position: int) -> int:
    """The operation at a position of the line, -1 outside of it."""
    if position < 0 or position >= state.length[machine]:
        return -1
    return state.line[plant.machine[machine, LINE_FROM] + position]


@njit
def splits_batch(plant: Plant, state: State, machine: int, position: int) -> bool:
    """Whether the gap before a position lies inside one batch."""
    left, right = at(plant, state, machine, position - 1), at(plant, state, machine, position)
    if plant.machine[machine, PLACES] == 0 or left < 0 or right < 0:
        return False
    return state.bar[left, START] == state.bar[right, START]


@njit
def setup_seconds(plant: Plant, machine: int, before: int, after: int) -> int:
    """Setup from family to family; none if either, or the matrix, is unknown."""
    matrix = plant.machine[machine, MATRIX]
    if matrix < 0 or before < 0 or after < 0:
        return 0
    return plant.setup[plant.matrix[matrix, 0] + before * plant.matrix[matrix, 1] + after]


@njit
def family_before(plant: Plant, state: State, machine: int, position: int) -> int:
    """The family that the machine is set up for in the gap before a position."""
    left = at(plant, state, machine, position - 1)
    if left < 0:
        return plant.machine[machine, INITIAL_FAMILY]
    return plant.way[state.bar[left, WAY], FAMILY]


@njit
def setup_into(plant: Plant, state: State, family: int, operation: int) -> int:
    """Setup that a placed operation needs after a family; a started one has had its own."""
    if plant.op[operation, REMAINING] >= 0:
        return 0
    way = state.bar[operation, WAY]
    return setup_seconds(plant, plant.way[way, MACHINE], family, plant.way[way, FAMILY])


@njit
def insert(plant: Plant, state: State, machine: int, position: int, operation: int) -> None:
    """Put a placed operation on the line."""
    first = plant.machine[machine, LINE_FROM]
    for j in range(first + state.length[machine], first + position, -1):
        state.line[j] = state.line[j - 1]
    state.line[first + position] = operation
    state.length[machine] += 1
    _reach(plant, state, machine, position)


@njit
def remove(plant: Plant, state: State, machine: int, operation: int) -> int:
    """Take an operation off the line; answers the position that it had."""
    position = first_after(plant, state, machine, state.bar[operation, START]) - 1
    while at(plant, state, machine, position) != operation:
        position -= 1
    first = plant.machine[machine, LINE_FROM]
    state.length[machine] -= 1
    for j in range(first + position, first + state.length[machine]):
        state.line[j] = state.line[j + 1]
    _reach(plant, state, machine, position)
    return position


@njit
def _reach(plant: Plant, state: State, machine: int, position: int) -> None:
    """Restore the running maximum of ends from a position on."""
    left = at(plant, state, machine, position - 1)
    reach = state.bar[left, REACH] if left >= 0 else NONE
    for j in range(position, state.length[machine]):
        operation = at(plant, state, machine, j)
        reach = max(reach, state.bar[operation, END])
        if j > position and state.bar[operation, REACH] == reach:
            return
        state.bar[operation, REACH] = reach
