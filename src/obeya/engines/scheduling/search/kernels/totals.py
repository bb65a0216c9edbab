"""What no single node can tell: the makespan, and when orders are begun."""

from .njit import njit
from .tables import (
    COLUMNS,
    END,
    LOGS,
    MAKESPAN,
    NOW,
    ORDER,
    ORDERS,
    PROGRESS,
    REACH,
    START,
    Plan,
    Plant,
    get,
    wide,
)


@njit
def of_the_whole(plant: Plant, plan: Plan) -> float:
    """Change of cost by what no single node can tell: makespan, and orders in progress."""
    change = 0.0
    if plant.money[0, MAKESPAN] > 0:
        change += plant.money[0, MAKESPAN] * (makespan(plant, plan) - plan.cost[2 * len(plan.bar)])
    if plant.money[0, PROGRESS] > 0:
        for row in range(plan.heap[LOGS]):
            order = get(plant.op, get(plan.log, row, COLUMNS), ORDER)
            if order >= 0 and _is_first_logged(plant, plan, row, order):
                start = first_start(plant, plan, order)
                change -= plant.money[0, PROGRESS] * (start - plan.first_start[order])
    return change


@njit
def makespan(plant: Plant, plan: Plan) -> int:
    """Latest end of all machines."""
    latest = wide(plant.fact[NOW])
    for machine in range(len(plan.line)):
        last = get(plan.line, machine, 1)
        if last >= 0:
            latest = max(latest, get(plan.bar, last, END), get(plant.op, last, REACH))
    return latest - plant.fact[NOW]


@njit
def first_start(plant: Plant, plan: Plan, order: int) -> int:
    """When the first operation of an order starts."""
    fact, row = plant.fact, plant.fact[ORDERS] + order
    first = get(plan.bar, fact[fact[row]], START)
    for i in range(fact[row] + 1, fact[row + 1]):
        first = min(first, get(plan.bar, fact[i], START))
    return first


@njit
def _is_first_logged(plant: Plant, plan: Plan, row: int, order: int) -> bool:
    earlier = 0
    while earlier < row and plant.op[plan.log[earlier, COLUMNS], ORDER] != order:
        earlier += 1
    return earlier == row
