"""Take back what crews, setters and tools have left, without anybody else moving."""

from ...arrays import Ints
from .fit import earliest
from .njit import njit
from .node import bounds, clear_from
from .profile import GIVE, TAKE, reserve
from .settle import set_times
from .tables import (
    BEGIN,
    END,
    FIXED,
    MATE,
    OUT_FROM,
    OUT_TO,
    PREV,
    SETUP,
    START,
    WAIT,
    Plan,
    Plant,
    get,
)
from .whole import recount


@njit
def shift_left(plant: Plant, plan: Plan, order: Ints) -> int:
    """Let each free node begin sooner that waited for a crew, setter or tool that is there by now.

    Nobody else moves, so the plan stays as good in all else. What a maximum wait ties to a later
    one stays too.

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
        reserve(plant, plan, node, GIVE)
        begin, start, end = earliest(plant, plan, node, get(bar, node, SETUP), free, ready, need)
        if start < old_start and end <= bar[node, END]:
            set_times(plan, node, begin, start, end)
            found += 1
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
