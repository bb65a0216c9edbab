"""The topological order of a plan, kept through moves by repair of the part that they touch.

After Pearce & Kelly 2007 (ACM Journal of Experimental Algorithmics 11): only operations whose
places lie between the two ends of a new arc can be out of order.
"""

from .njit import njit
from .tables import AFTER_FROM, BEFORE_FROM, SLOT, Plan, Shop, Table


@njit
def make_room(shop: Shop, plan: Plan, v: int, a: int, b: int) -> bool:
    """Reorder so that v, still in its old slot, can go between neighbours a and b of a machine.

    Returns
    -------
    False, and nothing is changed, if v would wait for itself.
    """
    n = len(plan.order)
    if a < n and plan.rank[a] > plan.rank[v]:
        return _pass(shop.op, shop.before, BEFORE_FROM, plan, v, a, 1)
    if b < n and plan.rank[b] < plan.rank[v]:
        return _pass(shop.op, shop.after, AFTER_FROM, plan, v, b, -1)
    return True


@njit
def _pass(fixed: Table, arcs: Table, first: int, plan: Plan, v: int, other: int, step: int) -> bool:
    """Move v, and what its job ties to it in between, to the far side of another operation.

    Parameters
    ----------
    arcs, first
        Predecessors and the column where those of an operation begin, for a step of 1 that leads
        to later ranks; successors for a step of -1.
    """
    order, slot, dirty, path = plan.order, plan.slot, plan.dirty, plan.path
    here, there = plan.rank[v], plan.rank[other]
    held, kept, half = 1, 0, len(order) + 2
    dirty[v] = 1
    path[half] = v
    for rank in range(here + step, there + step, step):
        w = order[rank]
        neighbour = slot[plan.op[w, SLOT] - step]
        goes = neighbour != v and dirty[neighbour] == 1  # v is about to leave its machine's line
        e, end = fixed[w, first], fixed[w, first + 1]
        while not goes and e < end:
            goes = dirty[arcs[e]] == 1
            e += 1
        if goes:
            dirty[w] = 1
            path[half + held] = w
            held += 1
        else:
            path[kept] = w
            kept += 1
    possible = dirty[other] == 0
    for i in range(held):
        dirty[path[half + i]] = 0
    if possible:
        for i in range(kept):
            _place(plan, path[i], here + step * i)
        for i in range(held):
            _place(plan, path[half + i], here + step * (kept + i))
    return possible


@njit
def _place(plan: Plan, w: int, rank: int) -> None:
    plan.order[rank] = w
    plan.rank[w] = rank
