"""The topological order of a plan, kept through moves by repair of the part that they touch.

After Pearce & Kelly 2007 (ACM Journal of Experimental Algorithmics 11): only operations whose
places lie between the two ends of a new arc can be out of order.
"""

from .njit import njit
from .tables import (
    AFTER_FROM,
    AFTER_TO,
    BEFORE_FROM,
    BEFORE_TO,
    SLOT,
    Plan,
    Shop,
)


@njit
def make_room(shop: Shop, plan: Plan, v: int, a: int, b: int) -> bool:
    """Reorder so that v, still in its old slot, can go between neighbours a and b of a machine.

    Returns
    -------
    False, and nothing is changed, if v would wait for itself.
    """
    n = len(plan.order)
    if a < n and plan.rank[a] > plan.rank[v]:
        return _after(shop, plan, v, a)
    if b < n and plan.rank[b] < plan.rank[v]:
        return _before(shop, plan, v, b)
    return True


@njit
def _after(shop: Shop, plan: Plan, v: int, a: int) -> bool:
    """Move v, and what follows it by its job, behind a."""
    low, high = plan.rank[v], plan.rank[a]
    held, kept = 0, 0
    half = len(plan.order) + 2
    plan.dirty[v] = 1
    plan.path[half] = v
    held = 1
    for i in range(low + 1, high + 1):
        w = plan.order[i]
        ahead = plan.slot[plan.op[w, SLOT] - 1]
        follows = ahead != v and plan.dirty[ahead] == 1
        e, end = shop.op[w, BEFORE_FROM], shop.op[w, BEFORE_TO]
        while not follows and e < end:
            follows = plan.dirty[shop.before[e]] == 1
            e += 1
        if follows:
            plan.dirty[w] = 1
            plan.path[half + held] = w
            held += 1
        else:
            plan.path[kept] = w
            kept += 1
    possible = plan.dirty[a] == 0
    for i in range(held):
        plan.dirty[plan.path[half + i]] = 0
    if possible:
        for i in range(kept):
            _place(plan, plan.path[i], low + i)
        for i in range(held):
            _place(plan, plan.path[half + i], low + kept + i)
    return possible


@njit
def _before(shop: Shop, plan: Plan, v: int, b: int) -> bool:
    """Move v, and what it follows by its job, ahead of b."""
    low, high = plan.rank[b], plan.rank[v]
    held, kept = 0, 0
    half = len(plan.order) + 2
    plan.dirty[v] = 1
    plan.path[half] = v
    held = 1
    for i in range(high - 1, low - 1, -1):
        w = plan.order[i]
        behind = plan.slot[plan.op[w, SLOT] + 1]
        leads = behind != v and plan.dirty[behind] == 1
        e, end = shop.op[w, AFTER_FROM], shop.op[w, AFTER_TO]
        while not leads and e < end:
            leads = plan.dirty[shop.after[e]] == 1
            e += 1
        if leads:
            plan.dirty[w] = 1
            plan.path[half + held] = w
            held += 1
        else:
            plan.path[kept] = w
            kept += 1
    possible = plan.dirty[b] == 0
    for i in range(held):
        plan.dirty[plan.path[half + i]] = 0
    if possible:
        for i in range(kept):
            _place(plan, plan.path[i], high - i)
        for i in range(held):
            _place(plan, plan.path[half + i], high - kept - i)
    return possible


@njit
def _place(plan: Plan, w: int, rank: int) -> None:
    plan.order[rank] = w
    plan.rank[w] = rank
