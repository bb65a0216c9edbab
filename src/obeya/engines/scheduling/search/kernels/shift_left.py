"""Take back what crews, setters and tools have left, without anybody else moving."""

from ...arrays import Ints
from .fit import earliest
from .njit import njit
from .node import bounds, clear_from, cost_of, set_times
from .profile import GIVE, TAKE, reserve
from .tables import (
    BEGIN,
    END,
    FIXED,
    MATE,
    ORDER,
    OUT_FROM,
    OUT_TO,
    PREV,
    PROGRESS,
    SETUP,
    START,
    WAIT,
    Plan,
    Plant,
    get,
)
from .totals import first_start
from .whole import recount

_ROUNDING = 1e-9  # of what it costs


@njit
def shift_left(plant: Plant, plan: Plan, order: Ints) -> int:
    """Let each free node begin sooner that waited for a crew, setter or tool that is there by now.

    Nobody else moves, so the plan stays as good in all else; who costs more by it stays. What a
    maximum wait ties to a later one stays too.

    Parameters
    ----------
    order
        Nodes, each after its predecessors and those before it in line.

    Returns
    -------
    How many begin sooner.
    """
    bar, found = plan.bar, 0
    for node in order:
        if plant.op[node, FIXED] or _is_waited_for(plant, plan, node):
            continue
        ready, need, _ = bounds(plant, plan, node)
        free, old_start = clear_from(plant, plan, get(bar, node, PREV)), get(bar, node, START)
        if bar[node, BEGIN] <= free or old_start <= ready or bar[node, END] <= need:
            continue
        old_begin, old_end = get(bar, node, BEGIN), get(bar, node, END)
        cost = cost_of(plant, plan, node)
        reserve(plant, plan, node, GIVE)
        begin, start, end = earliest(plant, plan, node, get(bar, node, SETUP), free, ready, need)
        if start < old_start and end <= old_end:
            set_times(plan, node, begin, start, end)
            more = cost_of(plant, plan, node) + _sooner_begun(plant, plan, node) - cost
            if more <= _ROUNDING * cost:
                found += 1
            else:
                set_times(plan, node, old_begin, old_start, old_end)
            _keep_first_starts(plant, plan, node)
        reserve(plant, plan, node, TAKE)
    recount(plant, plan)
    return found


@njit
def _is_waited_for(plant: Plant, plan: Plan, node: int) -> bool:
    """Whether a member may not end too long before a successor begins."""
    member = node
    while True:
        for row in range(plant.op[member, OUT_FROM], plant.op[member, OUT_TO]):
            if plant.arc[row, WAIT] >= 0:
                return True
        member = get(plan.bar, member, MATE)
        if member == node:
            return False


@njit
def _sooner_begun(plant: Plant, plan: Plan, node: int) -> float:
    """What it costs that orders of a node are in progress for longer than it is known."""
    if plant.money[0, PROGRESS] <= 0:
        return 0.0
    total, member = 0.0, node
    while True:
        order = get(plant.op, member, ORDER)
        if order >= 0:
            sooner = plan.first_start[order] - first_start(plant, plan, order)
            total += plant.money[0, PROGRESS] * sooner
        member = get(plan.bar, member, MATE)
        if member == node:
            return total


@njit
def _keep_first_starts(plant: Plant, plan: Plan, node: int) -> None:
    member = node
    while plant.money[0, PROGRESS] > 0:
        order = get(plant.op, member, ORDER)
        if order >= 0:
            plan.first_start[order] = first_start(plant, plan, order)
        member = get(plan.bar, member, MATE)
        if member == node:
            return
