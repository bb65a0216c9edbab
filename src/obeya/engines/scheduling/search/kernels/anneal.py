"""Annealing: many moves in one call, each evaluated exactly."""

from math import log

from ...kernels.chance import below, uniform
from .choose import Guide, best_place, list_late_orders, on_late_chain
from .move import keep, relocate, undo
from .njit import njit
from .node import arrival, machine_of
from .tables import (
    BIND,
    BROKEN,
    BY_MACHINE,
    END,
    FAILED,
    FIXED,
    HEAD,
    NOWHERE,
    PREV,
    TAKEN,
    TRIED,
    Plan,
    Plant,
    Table,
    get,
)
from .turns import change_turns, holder, waits_for_pool

_LATE_SHARE = 0.7  # of the moves start from a late order
_BLOCKER_SHARE = 0.3  # of these move what stands before it
_LATE_EVERY = 500  # moves until the late orders are listed anew
_TURN_SHARE = 0.4  # of what waits for a crew or tool changes turns with whoever has it
_DAY_S = 86_400
_SPREAD_S = 36_000.0  # mean distance from the earliest time in random moves


@njit
def anneal(
    plant: Plant,
    plan: Plan,
    guide: Guide,
    last: Table,
    moves: int,
    heat: float,
    patience: float,
    most_steps: int,
) -> None:
    """Evaluate so many moves at one temperature.

    Parameters
    ----------
    last : shape (J,)
        The operation that completes each row of the orders.
    heat
        Temperature, in the unit of the cost.
    patience
        How far above the limit the cost of a move may rise while it is carried on.
    """
    chance, tried, attempts = plan.chance, 0, 0
    while tried < moves and attempts < 20 * moves:
        if attempts % _LATE_EVERY == 0:
            list_late_orders(plant, plan, last, guide)
        attempts += 1
        operation, later, spread = NOWHERE, False, uniform(chance) >= _LATE_SHARE
        if guide.found[0] > 0 and not spread:
            operation = on_late_chain(plant, plan, guide)
            if operation < 0:
                continue
            node = get(plan.bar, operation, HEAD)
            before = get(plan.bar, node, PREV)
            by_machine = plan.bar[node, BIND] == BY_MACHINE and before >= 0
            if by_machine and uniform(chance) < _BLOCKER_SHARE:
                operation, later = before, True
        else:
            operation, spread = below(chance, len(plan.bar)), True
        machine = machine_of(plant, plan, operation)
        if plant.op[operation, FIXED] or not guide.allowed[machine]:
            continue
        limit = -heat * log(uniform(chance) + 1e-12)
        node, other = get(plan.bar, operation, HEAD), NOWHERE
        if not later and waits_for_pool(plan, node) and uniform(chance) < _TURN_SHARE:
            other = holder(plant, plan, guide, node)
        if other >= 0:
            tried += 1
            change = change_turns(plant, plan, node, other, limit + patience, most_steps)
        else:
            if later:
                target = get(plan.bar, operation, END) + below(chance, _DAY_S)
            else:
                target, _, _ = arrival(plant, plan, operation)
                if spread:
                    target += int(-_SPREAD_S * log(uniform(chance) + 1e-12))
            way, left, batch, turn = best_place(plant, plan, guide, operation, target, heat)
            if way < 0:
                continue
            tried += 1
            change = relocate(
                plant, plan, operation, way, left, batch, turn, limit + patience, most_steps
            )
        if plan.heap[FAILED]:
            plan.heap[BROKEN] += 1
        if plan.heap[FAILED] == 0 and change <= limit:
            plan.cost[2 * len(plan.bar) + 1] += change
            plan.heap[TAKEN] += 1
            keep(plant, plan)
        else:
            undo(plant, plan)
    plan.heap[TRIED] += tried
