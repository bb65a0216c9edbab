"""Rows of jobs that jobs are taken out of and put into, and which row a search goes on from."""

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, below, uniform
from ...kernels.filling import copy
from .njit import njit

Ints32 = NDArray[np.int32]
Ints64 = NDArray[np.int64]


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
        j = below(chance, i + 1)
        values[i], values[j] = values[j], values[i]


@njit
def is_kept(now: int, before: int, warmth: float, chance: Chance) -> bool:
    """Whether annealing goes on from what is now, rather than from what was before."""
    return now <= before or uniform(chance) < np.exp((before - now) / warmth)


@njit
def note(row: Ints32, best: Ints32, worth: Ints64, value: int) -> None:
    """Note the value of the row in hand, and keep the row if it is the best so far.

    ``worth`` holds the values of ``row`` and of ``best``; -1 where not known yet.
    """
    worth[0] = value
    if worth[1] < 0 or value < worth[1]:
        worth[1] = value
        copy(best, row)
