"""What is done to a whole plan at once: read it in, time it all again, weigh its slack."""

import numpy as np

from ...arrays import Ints
from .fit import earliest
from .heap import pop, push
from .move import begin_move, keep, undo
from .njit import njit
from .node import bind_of, bounds, clear_from, cost_of, machine_of, set_times, setup_of
from .profile import GIVE, TAKE, reserve
from .settle import carry_on
from .tables import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    BEGIN,
    BIND,
    END,
    END_LAG,
    FAILED,
    FAR,
    FIXED,
    FLAG,
    FREE,
    HEAD,
    HEAPED,
    HELD,
    KIND,
    LAG,
    MAKESPAN,
    MATE,
    NEED,
    NEXT,
    NOW,
    NOWHERE,
    ORDERS,
    OUT_FROM,
    OUT_TO,
    PLACED,
    PLACES,
    PREV,
    PROGRESS,
    READY,
    SETUP,
    START,
    WAIT,
    WAITED,
    Plan,
    Plant,
    get,
)
from .totals import first_start, makespan


@njit
def load(plant: Plant, plan: Plan, order: Ints) -> None:
    """Link and reserve the plan whose ways and times stand in ``plan.bar``.

    Parameters
    ----------
    order : shape (N,)
        Operations by machine and time; of a batch a fixed one first.
    """
    bar = plan.bar
    for operation in order:
        machine = machine_of(plant, plan, operation)
        bar[operation, HEAD] = bar[operation, MATE] = operation
        bar[operation, PREV] = bar[operation, NEXT] = NOWHERE
        bar[operation, FLAG] = bar[operation, WAITED] = 0
        last = get(plan.line, machine, 1)
        shares = last >= 0 and plant.machine[machine, PLACES] > 0
        if shares and bar[last, START] == bar[operation, START]:
            bar[operation, HEAD] = last
            bar[operation, MATE], bar[last, MATE] = bar[last, MATE], operation
            continue
        bar[operation, PREV] = last
        plan.line[machine, 1] = operation
        if last >= 0:
            bar[last, NEXT] = operation
        else:
            plan.line[machine, 0] = operation
    take_again(plant, plan)


@njit
def recount(plant: Plant, plan: Plan) -> None:
    """Compute bounds and costs from the times, as if nothing were known."""
    bar, total = plan.bar, 0.0
    for node in range(len(bar)):
        plan.cost[node] = 0.0
        bar[node, FLAG] &= np.int32(PLACED | HELD)
        if bar[node, HEAD] != node:
            continue
        ready, need, bind = bounds(plant, plan, node)
        free, setup = clear_from(plant, plan, get(bar, node, PREV)), setup_of(plant, plan, node)
        bar[node, FREE], bar[node, READY], bar[node, NEED] = free, ready, need
        bar[node, SETUP], bar[node, BIND] = setup, bind_of(free, setup, ready, bind)
        plan.cost[node] = cost_of(plant, plan, node)
        total += plan.cost[node]
    for order in range(len(plan.first_start)):
        row = plant.fact[ORDERS] + order
        if plant.fact[row] < plant.fact[row + 1]:
            plan.first_start[order] = first_start(plant, plan, order)
            total -= plant.money[0, PROGRESS] * (plan.first_start[order] - plant.fact[NOW])
    plan.cost[2 * len(plan.bar)] = makespan(plant, plan)
    plan.cost[2 * len(plan.bar) + 1] = (
        total + plant.money[0, MAKESPAN] * plan.cost[2 * len(plan.bar)]
    )


@njit
def give_back(plant: Plant, plan: Plan) -> None:
    """Give back all that is reserved."""
    for node in range(len(plan.bar)):
        if plan.bar[node, HEAD] == node:
            reserve(plant, plan, node, GIVE)


@njit
def take_again(plant: Plant, plan: Plan) -> None:
    """Reserve what the rows of a plan say, and count it again."""
    for node in range(len(plan.bar)):
        if plan.bar[node, HEAD] == node:
            reserve(plant, plan, node, TAKE)
    recount(plant, plan)


@njit
def in_sequence(plant: Plant, plan: Plan, order: Ints) -> int:
    """List nodes so that each stands after its predecessors and after those before it in line.

    Among those that may come next the earliest start comes first.

    Parameters
    ----------
    order : shape (N,)
        Written.

    Returns
    -------
    Number of nodes listed; fewer than there are if lines and routing form a circle.
    """
    bar, waits_for, found = plan.bar, plan.log, 0
    for row in range(len(waits_for)):
        waits_for[row, 0] = 0
    for operation in range(len(bar)):
        node = get(bar, operation, HEAD)
        waits_for[node, 0] += plant.op[operation, ARC_TO] - plant.op[operation, ARC_FROM]
        if node == operation and bar[node, PREV] >= 0:
            waits_for[node, 0] += 1
    for node in range(len(bar)):
        bar[node, FLAG] &= np.int32(HELD)
        if bar[node, HEAD] == node and waits_for[node, 0] == 0:
            push(plan, node)
    while plan.heap[HEAPED] > 0:
        node = pop(plan)
        order[found] = node
        found += 1
        member = node
        while True:
            for row in range(plant.op[member, OUT_FROM], plant.op[member, OUT_TO]):
                _arrives(plan, get(bar, get(plant.arc, row, AFTER), HEAD))
            member = get(bar, member, MATE)
            if member == node:
                break
        if bar[node, NEXT] >= 0:
            _arrives(plan, get(bar, node, NEXT))
    return found


@njit
def _arrives(plan: Plan, node: int) -> None:
    plan.log[node, 0] -= 1
    if plan.log[node, 0] == 0:
        push(plan, node)


@njit
def time_all(plant: Plant, plan: Plan, order: Ints) -> bool:
    """Time all free nodes again, sequences as they are; nothing is reserved before.

    Cells of crews and tools that others have left are taken back. What a maximum wait ties to a
    later one does not move left.

    Parameters
    ----------
    order
        Nodes, each after its predecessors and those before it in line.

    Returns
    -------
    False if some node found no room or does not hold: then the plan is not to be used.
    """
    bar = plan.bar
    for node in order:
        if plant.op[node, FIXED]:
            reserve(plant, plan, node, TAKE)
    for node in order:
        if plant.op[node, FIXED]:
            continue
        _keep_for_waits(plant, plan, node)
        ready, need, _ = bounds(plant, plan, node)
        free = clear_from(plant, plan, get(bar, node, PREV))
        setup = setup_of(plant, plan, node)
        begin, start, end = earliest(plant, plan, node, setup, free, ready, need)
        if start >= FAR:
            begin, start, end = get(bar, node, BEGIN), get(bar, node, START), get(bar, node, END)
        set_times(plan, node, begin, start, end)
        reserve(plant, plan, node, TAKE)
    recount(plant, plan)
    return settle_waits(plant, plan, 4 * len(bar))


@njit
def settle_waits(plant: Plant, plan: Plan, most_steps: int) -> bool:
    """Time again whatever breaks a bound or a maximum wait; False if that does not end well."""
    bar = plan.bar
    begin_move(plan)
    for operation in range(len(bar)):
        for row in range(plant.op[operation, ARC_FROM], plant.op[operation, ARC_TO]):
            wait, before = get(plant.arc, row, WAIT), get(plant.arc, row, BEFORE)
            if wait >= 0 and bar[operation, START] > bar[before, END] + wait:
                push(plan, operation)
    change = carry_on(plant, plan, 0.0, np.inf, most_steps)
    if plan.heap[FAILED]:
        undo(plant, plan)
        return False
    keep(plant, plan)
    plan.cost[2 * len(plan.bar) + 1] += change
    return holds(plant, plan)


@njit
def _keep_for_waits(plant: Plant, plan: Plan, node: int) -> None:
    bar, member = plan.bar, node
    while True:
        for row in range(plant.op[member, OUT_FROM], plant.op[member, OUT_TO]):
            if plant.arc[row, WAIT] >= 0 and not bar[member, FLAG] & HELD:
                bar[member, WAITED] = bar[member, END]
        member = get(bar, member, MATE)
        if member == node:
            return


@njit
def holds(plant: Plant, plan: Plan) -> bool:
    """Whether each free node keeps its bounds, and no maximum wait of one is exceeded."""
    bar, arc = plan.bar, plant.arc
    for node in range(len(bar)):
        if bar[node, HEAD] == node:
            before, free = get(bar, node, PREV), not plant.op[node, FIXED]
            is_decided = free or (before >= 0 and not plant.op[before, FIXED])
            if is_decided and bar[node, BEGIN] < bar[node, FREE]:
                return False
            if free and bar[node, START] < bar[node, READY]:
                return False
        for row in range(plant.op[node, ARC_FROM], plant.op[node, ARC_TO]):
            before = get(arc, row, BEFORE)
            if plant.op[node, FIXED] and plant.op[before, FIXED]:
                continue
            if arc[row, KIND] == 0:
                if bar[node, START] < bar[before, END] + arc[row, LAG]:
                    return False
            elif (
                bar[node, START] < bar[before, START] + arc[row, LAG]
                or bar[node, END] < bar[before, END] + arc[row, END_LAG]
            ):
                return False
            if arc[row, WAIT] >= 0 and bar[node, START] > bar[before, END] + arc[row, WAIT]:
                return False
    return True
