"""A plan between two plans."""

from ...kernels.chance import Chance, uniform
from .njit import njit
from .tables import Table


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
    way[:] = -1
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
def differences(
    left_order: Table, left_way: Table, right_order: Table, right_way: Table, rank: Table
) -> int:
    """Count neighbours in one order that stand the other way round in the other, and other ways."""
    n, count = len(left_order), 0
    for i in range(n):
        rank[right_order[i]] = i
    for i in range(n):
        v = left_order[i]
        count += left_way[v] != right_way[v]
        if i > 0:
            count += rank[left_order[i - 1]] > rank[v]
    return count
