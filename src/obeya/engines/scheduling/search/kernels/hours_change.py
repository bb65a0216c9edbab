"""The hours of one machine change under a plan: what stands there is timed again, and its cone."""

import numpy as np

from ...arrays import Ints
from .heap import push
from .move import begin_move, keep, undo
from .njit import njit
from .node import note_all
from .profile import GIVE, reserve
from .settle import carry_on
from .tables import (
    COLUMNS,
    END,
    FAILED,
    FIXED,
    FLAG,
    HEAD,
    LOGS,
    NEXT,
    PLACED,
    SHIFTED,
    Plan,
    Plant,
    get,
)

_MOST_STEPS = 5_000  # all that stands on a machine moves


@njit
def list_nodes(plan: Plan, machine: int, found: Ints) -> int:
    """Write down what stands on a machine, in its turns; answers how many there are."""
    count, node = 0, get(plan.line, machine, 0)
    while node >= 0:
        found[count] = node
        count, node = count + 1, get(plan.bar, node, NEXT)
    return count


@njit
def into_hours(old: Plant, new: Plant, plan: Plan, machine: int, since: int, limit: float) -> bool:
    """Go over to other hours of a machine, which differ from a moment on; or leave all as it was.

    What is reserved for a node stands in the hours of its machine, so it is given back in the old
    hours and taken again in the new ones.

    Returns
    -------
    Whether it can be, and costs no more than a limit.
    """
    begin_move(plan)
    node = get(plan.line, machine, 0)
    while node >= 0:
        if plan.bar[node, END] > since and not old.op[node, FIXED]:
            note_all(plan, node)
            reserve(old, plan, node, GIVE)
            push(plan, node)
        node = get(plan.bar, node, NEXT)
    change = carry_on(new, plan, 0.0, np.inf, _MOST_STEPS)
    if plan.heap[FAILED] == 0 and change <= limit:
        plan.cost[2 * len(plan.bar) + 1] += change
        keep(new, plan)
        return True
    for row in range(plan.heap[LOGS]):
        operation = get(plan.log, row, COLUMNS)
        flag = get(plan.bar, operation, FLAG)
        if plan.bar[operation, HEAD] == operation and flag & SHIFTED and flag & PLACED:
            reserve(new, plan, operation, GIVE)
    undo(old, plan)
    return False
