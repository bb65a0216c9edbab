"""Rows of jobs that jobs are taken out of and put into."""

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, below
from .njit import njit

Ints32 = NDArray[np.int32]


@njit
def pick(chance: Chance, n: int) -> int:
    """Draw from [0, n) as a signed integer: with an unsigned one Numba would count in floats."""
    return np.int64(below(chance, n))  # type: ignore[return-value]


@njit
def insert(order: Ints32, count: int, k: int, job: int) -> None:
    """Insert a job at position k of a row of ``count`` jobs."""
    for position in range(count, k, -1):
        order[position] = order[position - 1]
    order[k] = job


@njit
def remove(order: Ints32, count: int, k: int) -> int:
    """Take out the job at position k of a row of ``count`` jobs."""
    job = order[k]
    for position in range(k, count - 1):
        order[position] = order[position + 1]
    return job


@njit
def shuffle(values: Ints32, count: int, chance: Chance) -> None:
    """Bring the first ``count`` values into an order by chance."""
    for i in range(count - 1, 0, -1):
        j = pick(chance, i + 1)
        values[i], values[j] = values[j], values[i]
