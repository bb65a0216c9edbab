"""The cheapest assignment of rows to columns, and what rows and columns are worth in it."""

import numpy as np
from numpy.typing import NDArray

from ...kernels.filling import copy, fill
from .njit import njit

FAR_AWAY = 1 << 60


@njit
def assignment_prices(cost: NDArray[np.int32], row: NDArray[np.int64]) -> NDArray[np.int64]:
    """Fill ``row`` with the prices of rows; gives those of columns, both shape (n,).

    No ``cost[i, j] - row[i] - column[j]`` is negative, and the prices sum to the least cost of an
    assignment (Kuhn 1955; shortest augmenting paths as in Jonker & Volgenant 1987, Computing
    38:325-340).
    """
    n = cost.shape[0]
    u, v = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    owner, way = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    least, used = np.empty(n + 1, dtype=np.int64), np.empty(n + 1, dtype=np.bool_)
    for i in range(1, n + 1):
        owner[0], free = i, 0
        fill(least, FAR_AWAY)
        fill(used, False)
        while owner[free] != 0:
            used[free] = True
            chosen, delta, nearest = owner[free], FAR_AWAY, 0
            for j in range(1, n + 1):
                if not used[j]:
                    rest = np.int64(cost[chosen - 1, j - 1]) - u[chosen] - v[j]
                    if rest < least[j]:
                        least[j], way[j] = rest, free
                    if least[j] < delta:
                        delta, nearest = least[j], j
            for j in range(n + 1):
                if used[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            free = nearest
        while free != 0:
            owner[free] = owner[way[free]]
            free = way[free]
    copy(row, u[1:])
    return v[1:]
