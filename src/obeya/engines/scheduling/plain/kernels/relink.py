"""A plan between two plans."""

import numpy as np

from ...kernels.chance import Chance, uniform
from ...kernels.filling import fill
from .njit import njit_that_allocates as njit
from .tables import MACHINE, Shop, Table


@njit
def between(
    left_order: Table,
    left_way: Table,
    right_order: Table,
    right_way: Table,
    share: float,
    chance: Chance,
    order: Table,
    way: Table,
) -> None:
    """Merge two topological orders; each operation takes the way of the plan it is taken from.

    Again and again the first operation that is not yet taken is taken from one of the two
    (Bierwirth, Mattfeld & Kopfer 1996, PPSN IV: precedence preservative crossover). So two
    operations that stand in the same order in both plans do in the result.

    Parameters
    ----------
    share
        The part that is taken from the right, 0 to 1.
    order, way : shape (N,)
        Filled with the result.
    """
    n = len(order)
    fill(way, -1)
    i, j = 0, 0
    for place in range(n):
        while i < n and way[left_order[i]] >= 0:
            i += 1
        while j < n and way[right_order[j]] >= 0:
            j += 1
        if uniform(chance) < share:
            v = right_order[j]
            way[v] = right_way[v]
        else:
            v = left_order[i]
            way[v] = left_way[v]
        order[place] = v


@njit
def differences(shop: Shop, left: Table, left_way: Table, right: Table, right_way: Table) -> int:
    """Count operations that two orders put on different ways or behind different operations."""
    n = len(left)
    last, ahead = np.empty(len(shop.line), dtype=np.int32), np.empty(n, dtype=np.int32)
    fill(last, -1)
    for v in left:
        machine = shop.way[left_way[v], MACHINE]
        ahead[v] = last[machine]
        last[machine] = v
    fill(last, -1)
    count = 0
    for v in right:
        machine = shop.way[right_way[v], MACHINE]
        if ahead[v] != last[machine] or left_way[v] != right_way[v]:
            count += 1
        last[machine] = v
    return count
