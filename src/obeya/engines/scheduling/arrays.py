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


def row_starts(rows: Sequence[Sequence[object]]) -> Ints:
    """Offsets of compressed rows: row i is ``values[starts[i]:starts[i + 1]]``.

    Returns
    -------
    shape (number of rows + 1,)
    """
    return frozen_ints(np.cumsum([0, *(len(row) for row in rows)]))
