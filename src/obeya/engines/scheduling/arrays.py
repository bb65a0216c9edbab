"""Arrays that nobody can change, and rows of different length in one array."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


def frozen_ints(values: ArrayLike | Iterator[int]) -> Ints:
    """Copy values into a read-only int64 array."""
    array = np.array(list(values) if isinstance(values, Iterator) else values, dtype=np.int64)
    array.setflags(write=False)
    return array


def distinct(first: ArrayLike, *others: ArrayLike) -> Ints:
    """Each whole number that occurs in any of them once, in ascending order; fractions are cut off.

    `numpy.unique` loads NumPy's masked arrays for it: a thirtieth of a server's start.
    """
    several = [np.asarray(each, np.int64).ravel() for each in (first, *others)]
    values = np.sort(np.concatenate(several))
    found: Ints = values[np.diff(values, prepend=values[:1] - 1) != 0]
    return found


def row_starts(rows: Sequence[Sequence[object]]) -> Ints:
    """Offsets of compressed rows: row i is ``values[starts[i]:starts[i + 1]]``.

    Returns
    -------
    shape (number of rows + 1,)
    """
    return frozen_ints(np.cumsum([0, *(len(row) for row in rows)]))
