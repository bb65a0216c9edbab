"""Which operation to move, and the place that looks best for it."""

from math import log
from typing import NamedTuple

import numpy as np

from ...kernels.chance import below, uniform
from .hours import calendar_of, end_of_work
from .njit import njit
from .node import (
    arrival,
    clear_from,
    family_of,
    machine_of,
    setup_between,
)
from .tables import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    BEGIN,
    BIND,
    BY_MACHINE,
    DUE,
    EARLY,
    END,
    FAMILY,
    FAR,
    FIXED,
    FLOWING,
    FREE,
    HEAD,
    HORIZON,
    MACHINE,
    MATE,
    NEXT,
    NOW,
    NOWHERE,
    ORDER_FROM,
    ORDER_ROWS,
    ORDER_TO,
    OUT_FROM,
    OUT_TO,
    PLACES,
    PREV,
    READY,
    RECIPE,
    RUN,
    SETUP,
    SETUP_RATE,
    SIZE,
    START,
    TARDY,
    TARIFF,
    WAITS,
    WAY,
    WAY_FROM,
    WAY_TO,
    Floats,
    Plan,
    Plant,
    Table,
    get,
    wide,
)
from .tariff import of_hours


class Guide(NamedTuple):
    """What guides the choice, brought up to date every so many moves."""

    slack: Table  # (N,)
    pressure: Floats  # (N,)
    late: Table  # (J,) last operations of late orders
    sum: Floats  # (J,) running sums of their weights
    allowed: Table  # (M,) machines that this search may touch
    found: Table  # (1,) how many late orders there are
    user: Table  # operations by pool that they use, and start
    user_from: Table  # (R + 1,)


_LONGEST_CHAIN = 60
_WAITS_S = 1800
_POSITIONS = 6


@njit
def list_late_orders(plant: Plant, plan: Plan, last: Table, guide: Guide) -> None:
    """Bring the late orders up to date."""
    found, total = 0, 0.0
    for i in range(len(last)):
        row = plant.fact[ORDER_ROWS] + i
        late = get(plan.bar, last[i], END) - plant.money[row, DUE]
        if late > 0:
            total += np.sqrt(late * plant.money[row, TARDY]) + 0.05
            guide.late[found], guide.sum[found] = last[i], total
            found += 1
    guide.found[0] = found


@njit
def on_late_chain(plant: Plant, plan: Plan, guide: Guide) -> int:
    """An operation that waits for machine, crew or batch in what holds up a late order."""
    bar, found = plan.bar, wide(guide.found[0])
    drawn = uniform(plan.chance) * guide.sum[found - 1]
    row, last = 0, found - 1
    while row < last:  # the first whose sum is not below what was drawn
        middle = (row + last) >> 1
        if guide.sum[middle] < drawn:
            row = middle + 1
        else:
            last = middle
    operation = wide(guide.late[row])
    chosen, seen = NOWHERE, 0
    for _ in range(_LONGEST_CHAIN):
        node = get(bar, operation, HEAD)
        bind = get(bar, node, BIND)
        waits = bind == BY_MACHINE or bar[node, MATE] != node
        waits |= bar[node, BEGIN] > bar[node, FREE] and (
            bar[node, START] > bar[node, READY] + _WAITS_S
        )
        machine = get(plant.way, get(bar, operation, WAY), MACHINE)
        if waits and guide.allowed[machine] and not plant.op[operation, FIXED]:
            seen += 1
            if below(plan.chance, seen) == 0:
                chosen = operation
        operation = get(bar, node, PREV) if bind == BY_MACHINE else bind
        if operation < 0:
            break
    return chosen


@njit
def room_in_routing(plant: Plant, plan: Plan, operation: int) -> tuple[int, int]:
    """Latest start of its predecessors, and earliest of its successors.

    Behind a node that starts before the latter, and before one that starts after the former, an
    operation closes no circle: along each arc and each line starts never fall.
    """
    low, high = -FAR, FAR
    for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
        low = max(low, get(plan.bar, get(plant.arc, row, BEFORE), START))
    for row in range(plant.op[operation, OUT_FROM], plant.op[operation, OUT_TO]):
        high = min(high, get(plan.bar, get(plant.arc, row, AFTER), START))
    return low, high


@njit
def _worth_of_slot(
    plant: Plant, plan: Plan, guide: Guide, operation: int, way: int, left: int, right: int, r: int
) -> float:
    """Estimate of what an operation costs on a line between two nodes."""
    bar, machine, family = plan.bar, get(plant.way, way, MACHINE), get(plant.way, way, FAMILY)
    setup = setup_between(plant, machine, family_of(plant, plan, machine, left), family)
    free = clear_from(plant, plan, left)
    calendar, run = calendar_of(plant, way), get(plant.way, way, RUN)
    end = end_of_work(plant, calendar, max(r, end_of_work(plant, calendar, free, setup)), run)
    cost = setup * plant.money[1 + machine, SETUP_RATE]
    if right >= 0:
        of_right = get(plant.way, get(bar, right, WAY), FAMILY)
        longer = setup_between(plant, machine, family, of_right) - get(bar, right, SETUP)
        cost += longer * plant.money[1 + machine, SETUP_RATE]
        push = end + longer - bar[right, BEGIN]
        if push > 0:
            if plant.op[right, FIXED]:
                return np.inf
            cost += 0.5 * push * plant.money[0, FLOWING]
            cost += guide.pressure[right] * max(0, push - guide.slack[right])
    if plant.money[0, TARIFF] > 0:
        cost += of_hours(plant, way, max(free, r - setup), min(end, wide(plant.fact[HORIZON])))
    return cost + _worth_of_end(plant, plan, guide, operation, end)


@njit
def _worth_of_end(plant: Plant, plan: Plan, guide: Guide, operation: int, end: int) -> float:
    node = get(plan.bar, operation, HEAD)
    slip, slack = end - get(plan.bar, operation, END), wide(guide.slack[node])
    pressure = guide.pressure[node]
    cost = slip * plant.money[0, FLOWING]
    if slip > slack:
        cost += max(pressure, 2.5 * plant.money[0, FLOWING]) * (slip - slack)
    elif slip < 0 and slack <= 0:
        cost += pressure * slip
    if plant.fact[WAITS] > 0:
        cost += _worth_of_waiting(plant, operation, end)
    return cost


@njit
def _worth_of_waiting(plant: Plant, operation: int, end: int) -> float:
    """What it costs that orders lie there until they are due."""
    cost = 0.0
    for row in range(plant.op[operation, ORDER_FROM], plant.op[operation, ORDER_TO]):
        cost += max(0, int(plant.money[row, DUE]) - end) * plant.money[row, EARLY]
    return cost


@njit
def best_place(
    plant: Plant, plan: Plan, guide: Guide, operation: int, target: int, heat: float
) -> tuple[int, int, int, int]:
    """The place with the least estimate, blurred by the temperature.

    Parameters
    ----------
    target
        Places about this time are looked at [s].

    Returns
    -------
    Way (or NOWHERE), node to stand behind, batch to join (or NOWHERE), turn.
    """
    bar, chance = plan.bar, plan.chance
    low, high = room_in_routing(plant, plan, operation)
    ready, _, _ = arrival(plant, plan, operation)
    node = get(bar, operation, HEAD)
    alone = bar[operation, MATE] == operation
    best, best_way, best_left, best_batch, best_turn = np.inf, NOWHERE, NOWHERE, NOWHERE, 0
    for way in range(plant.op[operation, WAY_FROM], plant.op[operation, WAY_TO]):
        machine = get(plant.way, way, MACHINE)
        if not guide.allowed[machine]:
            continue
        is_batch = plant.machine[machine, PLACES] > 0
        right, left = NOWHERE, get(plan.line, machine, 1)
        if machine == machine_of(plant, plan, operation):
            right, left = node, get(bar, node, PREV)
            while right >= 0 and bar[right, START] < target:
                left, right = right, get(bar, right, NEXT)
        while left >= 0 and bar[left, START] >= target:
            right, left = left, get(bar, left, PREV)
        back = below(chance, 3)
        while back > 0 and left >= 0 and bar[left, START] >= low and bar[left, END] > ready:
            right, left = left, get(bar, left, PREV)
            back -= 1
        for _ in range(_POSITIONS):
            if left >= 0 and bar[left, START] >= high:
                break
            joins = is_batch and right >= 0 and right != node and low < bar[right, START] < high
            if joins and _has_room(plant, plan, operation, machine, right):
                end = max(get(bar, right, END), ready + get(plant.way, way, RUN))
                late = end - get(bar, right, END)
                cost = _worth_of_end(plant, plan, guide, operation, end)
                cost += guide.pressure[right] * max(0, late - guide.slack[right]) * (late > 0)
                cost -= heat * log(uniform(chance) + 1e-12)
                if cost < best:
                    best, best_way, best_left, best_batch = cost, way, NOWHERE, right
            same = alone and node in (left, right)
            if not same and (right < 0 or bar[right, START] > low):
                cost = _worth_of_slot(plant, plan, guide, operation, way, left, right, ready)
                cost -= heat * log(uniform(chance) + 1e-12)
                if cost < best:
                    best, best_way, best_left, best_batch = cost, way, left, NOWHERE
                    best_turn = max(low, get(bar, left, START) if left >= 0 else 0) + 1
            if right < 0:
                break
            left, right = right, get(bar, right, NEXT)
    return best_way, best_left, best_batch, best_turn


@njit
def _has_room(plant: Plant, plan: Plan, operation: int, machine: int, node: int) -> bool:
    """Whether an operation may join a batch; not one that is being set up already."""
    if get(plan.bar, node, BEGIN) < plant.fact[NOW]:
        return False
    recipe = get(plant.op, operation, RECIPE)
    if recipe < 0 or recipe != plant.op[node, RECIPE] or plant.op[node, FIXED] == 2:
        return False
    taken, member = get(plant.op, node, SIZE), get(plan.bar, node, MATE)
    while member != node:
        taken += get(plant.op, member, SIZE)
        member = get(plan.bar, member, MATE)
    return taken + get(plant.op, operation, SIZE) <= plant.machine[machine, PLACES]
