"""Binary heaps in rows of one array: least key first, of equal keys the least item."""

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from .njit import njit

Keys = NDArray[np.float64]


@njit
def _is_less(keys: Keys, items: Ints, i: int, j: int) -> bool:
    return keys[i] < keys[j] or (keys[i] == keys[j] and items[i] < items[j])


@njit
def push(keys: Keys, items: Ints, first: int, size: int, key: float, item: int) -> int:
    """Add an item to the heap of ``size`` items that begins at ``first``; answers the new size."""
    i = size
    while i > 0:
        up = (i - 1) >> 1
        if keys[first + up] < key or (keys[first + up] == key and items[first + up] <= item):
            break
        keys[first + i], items[first + i] = keys[first + up], items[first + up]
        i = up
    keys[first + i], items[first + i] = key, item
    return size + 1


@njit
def pop(keys: Keys, items: Ints, first: int, size: int) -> int:
    """Drop the least item, ``items[first]``, of a heap; answers the new size."""
    size -= 1
    key, item = keys[first + size], items[first + size]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and _is_less(keys, items, first + child + 1, first + child):
            child += 1
        if key < keys[first + child] or (
            key == keys[first + child] and item <= items[first + child]
        ):
            break
        keys[first + i], items[first + i] = keys[first + child], items[first + child]
        i = child
    keys[first + i], items[first + i] = key, item
    return size
