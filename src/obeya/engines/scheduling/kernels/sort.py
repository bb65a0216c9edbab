"""Sorting; NumPy's takes Numba seconds to compile."""

import numpy as np
from numpy.typing import NDArray

from .njit import njit, njit_that_allocates


@njit_that_allocates
def sort_by(key: NDArray[np.int64], items: NDArray[np.integer]) -> None:
    """Put items into the order of ``key[item]``; equal ones stay as they stand (merge sort)."""
    count, width = len(items), 1
    room = np.empty_like(items)
    while width < count:
        low = 0
        while low + width < count:
            _merge(key, items, low, low + width, min(low + 2 * width, count), room)
            low += 2 * width
        width *= 2


@njit
def _merge(
    key: NDArray[np.int64],
    items: NDArray[np.integer],
    low: int,
    middle: int,
    high: int,
    room: NDArray[np.integer],
) -> None:
    """Make one sorted stretch of two that stand side by side."""
    if key[items[middle - 1]] <= key[items[middle]]:
        return
    for i in range(low, middle):
        room[i] = items[i]
    left, right, place = low, middle, low
    while left < middle:
        if right < high and key[items[right]] < key[room[left]]:
            items[place] = items[right]
            right += 1
        else:
            items[place] = room[left]
            left += 1
        place += 1
