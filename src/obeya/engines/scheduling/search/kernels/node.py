"""A node and its neighbours: what binds it, what it costs, and the note of how it was."""

from .njit import njit
from .tables import (
    ARC_FROM,
    ARC_TO,
    BEFORE,
    BEGIN,
    BY_MACHINE,
    COLUMNS,
    DUE,
    EARLY,
    END,
    END_LAG,
    FAMILIES,
    FAMILY,
    FIXED,
    FLAG,
    FLOW,
    INITIAL_FAMILY,
    KIND,
    LAG,
    LATE_COST,
    LISTED,
    LOGGED,
    LOGS,
    MACHINE,
    MATE,
    MATRIX_FROM,
    MOVED,
    MOVED_A_SHIFT,
    NEED_FIXED,
    NOW,
    NOWHERE,
    OLD,
    ORDER_FROM,
    ORDER_TO,
    PREV,
    REACH,
    REASSIGNED,
    REFERENCE_MACHINE,
    REFERENCE_START,
    RELEASE,
    SETUP,
    SETUP_RATE,
    SHIFT,
    START,
    TARDY,
    TARIFF,
    WAITED,
    WAY,
    Plan,
    Plant,
    get,
    wide,
)
from .tariff import of_hours


@njit
def machine_of(plant: Plant, plan: Plan, operation: int) -> int:
    """Where an operation is done now."""
    return get(plant.way, get(plan.bar, operation, WAY), MACHINE)


@njit
def note(plan: Plan, operation: int) -> None:
    """Keep the row of an operation as it was before the move."""
    bar = plan.bar
    flag = get(bar, operation, FLAG)
    if flag & LOGGED:
        return
    row = plan.heap[LOGS]
    plan.heap[LOGS] = row + 1
    for column in range(COLUMNS):
        plan.log[row, column] = bar[operation, column]
    plan.log[row, FLAG] = flag & ~LISTED
    plan.log[row, COLUMNS] = operation
    plan.cost[len(plan.bar) + row] = plan.cost[operation]
    bar[operation, FLAG] = flag | LOGGED
    bar[operation, OLD] = bar[operation, START]


@njit
def setup_between(plant: Plant, machine: int, before: int, after: int) -> int:
    """Seconds of setup from family to family; none if either, or the matrix, is unknown."""
    first = get(plant.machine, machine, MATRIX_FROM)
    if first < 0 or before < 0 or after < 0:
        return 0
    return wide(plant.fact[first + before * plant.machine[machine, FAMILIES] + after])


@njit
def family_of(plant: Plant, plan: Plan, machine: int, node: int) -> int:
    """The family that a machine is set up for after a node (NOWHERE: at first)."""
    if node < 0:
        return get(plant.machine, machine, INITIAL_FAMILY)
    return get(plant.way, get(plan.bar, node, WAY), FAMILY)


@njit
def clear_from(plant: Plant, plan: Plan, node: int) -> int:
    """When a machine is free after a node; from now on if it is NOWHERE."""
    if node < 0:
        return wide(plant.fact[NOW])
    end = get(plan.bar, node, END)
    if plant.op[node, FIXED]:
        return max(wide(plant.fact[NOW]), end, get(plant.op, node, REACH))
    return end


@njit
def setup_of(plant: Plant, plan: Plan, node: int) -> int:
    """Seconds of setup that a node asks for where it stands."""
    if plant.op[node, FIXED] == 2:
        return 0
    way = get(plan.bar, node, WAY)
    machine = get(plant.way, way, MACHINE)
    before = family_of(plant, plan, machine, get(plan.bar, node, PREV))
    return setup_between(plant, machine, before, get(plant.way, way, FAMILY))


@njit
def arrival(plant: Plant, plan: Plan, operation: int) -> tuple[int, int, int]:
    """Earliest start and end of an operation by release and predecessors, and which binds."""
    op, bar, arc = plant.op, plan.bar, plant.arc
    ready, bind = get(op, operation, RELEASE), NOWHERE
    need = max(get(op, operation, NEED_FIXED), get(bar, operation, WAITED))
    for row in range(op[operation, ARC_FROM], op[operation, ARC_TO]):
        before = get(arc, row, BEFORE)
        if arc[row, KIND] == 0:
            moment = get(bar, before, END) + arc[row, LAG]
        else:
            moment = get(bar, before, START) + arc[row, LAG]
            need = max(need, get(bar, before, END) + arc[row, END_LAG])
        if moment > ready:
            ready, bind = moment, before
    return ready, need, bind


@njit
def bounds(plant: Plant, plan: Plan, node: int) -> tuple[int, int, int]:
    """`arrival` of a whole node."""
    ready, need, bind = arrival(plant, plan, node)
    member = get(plan.bar, node, MATE)
    while member != node:
        of_member, need_of_member, bind_of_member = arrival(plant, plan, member)
        need = max(need, need_of_member)
        if of_member > ready:
            ready, bind = of_member, bind_of_member
        member = get(plan.bar, member, MATE)
    return ready, need, bind


@njit
def _of_orders(plant: Plant, operation: int, end: int) -> float:
    """What the orders cost that an operation completes at some time."""
    total, order = 0.0, plant.money
    for row in range(plant.op[operation, ORDER_FROM], plant.op[operation, ORDER_TO]):
        late = end - order[row, DUE]
        if late > 0:
            total += late * order[row, TARDY] + order[row, LATE_COST]
        else:
            total -= late * order[row, EARLY]
        total += (end - plant.fact[NOW]) * order[row, FLOW]
    return total


@njit
def _of_change(plant: Plant, operation: int, machine: int, start: int) -> float:
    """What it costs that an operation is not where the reference plan has it."""
    away = abs(start - get(plant.op, operation, REFERENCE_START))
    reassigned = machine != plant.op[operation, REFERENCE_MACHINE]
    total = plant.money[0, MOVED] * away + plant.money[0, REASSIGNED] * reassigned
    if away >= plant.fact[SHIFT]:
        total += plant.money[0, MOVED_A_SHIFT]
    return total


@njit
def cost_of(plant: Plant, plan: Plan, node: int) -> float:
    """What a node costs as it stands."""
    bar = plan.bar
    machine = machine_of(plant, plan, node)
    total = get(bar, node, SETUP) * plant.money[1 + machine, SETUP_RATE]
    if plant.money[0, TARIFF] > 0:
        begin = get(bar, node, BEGIN)
        if plant.op[node, FIXED] == 2:
            begin = wide(plant.fact[NOW])
        total += of_hours(plant, get(bar, node, WAY), begin, get(bar, node, END))
    differs = plant.money[0, MOVED] > 0 or plant.money[0, REASSIGNED] > 0
    differs |= plant.money[0, MOVED_A_SHIFT] > 0
    member = node
    while True:
        total += _of_orders(plant, member, get(bar, member, END))
        if differs:
            total += _of_change(plant, member, machine, get(bar, member, START))
        member = get(bar, member, MATE)
        if member == node:
            return total


@njit
def bind_of(free: int, setup: int, ready: int, bind: int) -> int:
    """What a node waits for: its machine, or the predecessor that is ready last."""
    return BY_MACHINE if free + setup > ready else bind


@njit
def note_all(plan: Plan, node: int) -> None:
    """`note` all members of a node."""
    note(plan, node)
    member = get(plan.bar, node, MATE)
    while member != node:
        note(plan, member)
        member = get(plan.bar, member, MATE)


@njit
def set_times(plan: Plan, node: int, begin: int, start: int, end: int) -> None:
    """Write the times of a node to all its members."""
    bar, member = plan.bar, node
    while True:
        bar[member, BEGIN], bar[member, START], bar[member, END] = begin, start, end
        member = get(bar, member, MATE)
        if member == node:
            return
