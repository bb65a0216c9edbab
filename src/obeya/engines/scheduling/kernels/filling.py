"""Fill arrays and copy them, element by element.

What NumPy has for it takes Numba long to compile: an assignment to a slice, for example, comes
with all that would be said if shapes differed. Of these loops LLVM makes the same machine code;
nobody looks at the shapes.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from .njit import njit, njit_that_allocates


@njit
def fill(row: NDArray[Any], value: int) -> None:
    """Make every element of a row this value."""
    for i in range(len(row)):
        row[i] = value


@njit
def copy(into: NDArray[Any], out_of: NDArray[Any]) -> None:
    """Fill a row with the first elements of another, which has as many or more, and lies apart."""
    for i in range(len(into)):
        into[i] = out_of[i]


@njit
def copy_table(into: NDArray[Any], out_of: NDArray[Any]) -> None:
    """Fill a table with the elements of another of the same shape, which lies apart."""
    rows, columns = into.shape
    for i in range(rows):
        for j in range(columns):
            into[i, j] = out_of[i, j]


@njit
def sum_up(row: Ints) -> None:
    """Add to each element all that stand before it."""
    total = 0
    for i in range(len(row)):
        total += row[i]
        row[i] = total


@njit_that_allocates
def numbers(count: int) -> Ints:
    """From 0 to count - 1."""
    row = np.empty(count, np.int64)
    for i in range(count):
        row[i] = i
    return row
