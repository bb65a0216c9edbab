"""One operation goes to another slot: order, sequences, heads and tails follow."""

from .cone import backward, forward, touch, touch_all
from .line import put, put_in, shift, take_out
from .njit import njit
from .tables import AFTER_FROM, AFTER_TO, BEFORE_FROM, BEFORE_TO, MACHINE, SLOT, WAY, Plan, Shop
from .topology import make_room


@njit
def move(shop: Shop, plan: Plan, v: int, way: int, place: int) -> int:
    """Put an operation on a way.

    Parameters
    ----------
    place
        On its own machine the slot that it ends in. On another one the slot of the operation
        that it goes ahead of, or of the end of that line.

    Returns
    -------
    Number of operations visited; -1, and nothing is changed, if it would wait for itself.
    """
    here = plan.op[v, SLOT]
    stays = shop.way[way, MACHINE] == shop.way[plan.op[v, WAY], MACHINE]
    if stays and place > here:
        a, b = plan.slot[place], plan.slot[place + 1]
    else:
        a, b = plan.slot[place - 1], plan.slot[place]
    if not make_room(shop, plan, v, a, b):
        return -1
    left, right = plan.slot[here - 1], plan.slot[here + 1]
    is_other_way = way != plan.op[v, WAY]
    if stays:
        shift(plan, v, place)
        if is_other_way:
            put(shop, plan, v, way)
    else:
        take_out(shop, plan, v)
        put_in(shop, plan, v, way, place)
    return _settle(shop, plan, v, left, right, is_other_way)


@njit
def _settle(shop: Shop, plan: Plan, v: int, left: int, right: int, is_other_way: bool) -> int:
    """Bring heads and tails up to date after v left its place between left and right."""
    fixed, op, slot, rank, dirty = shop.op, plan.op, plan.slot, plan.rank, plan.dirty
    n = len(dirty) - 1
    behind, ahead = slot[op[v, SLOT] + 1], slot[op[v, SLOT] - 1]
    low, high = rank[v], rank[v]
    if right < n:
        low = min(low, rank[right])
    if left < n:
        high = max(high, rank[left])
    touched = touch(dirty, v) + touch(dirty, right) + touch(dirty, behind)
    if is_other_way:
        touched += touch_all(dirty, shop.after, fixed[v, AFTER_FROM], fixed[v, AFTER_TO])
    visited = forward(shop, plan, low, touched)
    touched = touch(dirty, v) + touch(dirty, left) + touch(dirty, ahead)
    if is_other_way:
        touched += touch_all(dirty, shop.before, fixed[v, BEFORE_FROM], fixed[v, BEFORE_TO])
    return visited + backward(shop, plan, high, touched)
