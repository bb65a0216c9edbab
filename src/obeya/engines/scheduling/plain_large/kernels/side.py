"""A plain shop as seen from one side: from its beginning, or from its end."""

import numpy as np
from numpy.typing import NDArray

from .njit import njit

Ints32 = NDArray[np.int32]
Ints64 = NDArray[np.int64]
Floats = NDArray[np.float64]

# Columns of a table of operations, shape (N + 1, 4): where the rows of operation i begin among
# the ways and the arcs to later operations, its shortest run [s], and the number of operations
# before it.
WAYS, NEXTS, SHORTEST, BEFORE = range(4)
# Columns of a table of ways, shape (A, 3); the run is in seconds.
MACHINE, RUN, OPERATION = range(3)


@njit
def measure_shortest(operations: Ints32, ways: Ints32) -> None:
    """Fill in the run of each operation in its shortest way [s]."""
    for i in range(operations.shape[0] - 1):
        shortest = ways[operations[i, WAYS], RUN]
        for way in range(operations[i, WAYS] + 1, operations[i + 1, WAYS]):
            shortest = min(shortest, ways[way, RUN])
        operations[i, SHORTEST] = shortest


@njit
def work_left(operations: Ints32, nexts: Ints32, tail: Ints32) -> Floats:
    """The longest chain from each operation's start to the end, shape (N,) [s].

    Machines are not counted. An operation on a cycle keeps 0.
    """
    count = tail.shape[0]
    order, waits = np.empty(count, dtype=np.int32), operations[:, BEFORE].copy()
    known = 0
    for i in range(count):
        if waits[i] == 0:
            order[known] = i
            known += 1
    done = 0
    while done < known:
        i = order[done]
        done += 1
        for arc in range(operations[i, NEXTS], operations[i + 1, NEXTS]):
            after = nexts[arc]
            waits[after] -= 1
            if waits[after] == 0:
                order[known] = after
                known += 1
    left = np.zeros(count, dtype=np.float64)
    for place in range(known - 1, -1, -1):
        i = order[place]
        longest = float(tail[i])
        for arc in range(operations[i, NEXTS], operations[i + 1, NEXTS]):
            longest = max(longest, left[nexts[arc]])
        left[i] = longest + operations[i, SHORTEST]
    return left
