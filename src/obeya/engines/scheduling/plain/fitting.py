"""What a plain shop refuses: rows of another length, and figures outside of their range."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

LONGEST: Final = 1 << 29  # [s], 17 years; so that sums of a few times fit into 32 bits
LONGEST_OF_ALL: Final = (1 << 31) - 1  # [s], 68 years; the kernels keep moments with 32 bits

Longs = NDArray[np.int64]


def figures(values: ArrayLike, name: str, length: int, below: int, limit: str) -> Longs:
    """Read a row of so many whole figures, each from 0 to below a limit.

    Parameters
    ----------
    limit
        In words, what the figures are below, for the refusal.

    Raises
    ------
    ValueError
        If the row has another length, or a figure is out of range; with the first such one.
    """
    row = np.asarray(values, dtype=np.int64)
    if row.shape != (length,):
        raise ValueError(f"{name} has shape {row.shape}. Expected ({length},).")
    wrong = np.flatnonzero((row < 0) | (row >= below))
    if len(wrong):
        at = int(wrong[0])
        raise ValueError(f"{name} {at} is {row[at]}. Expected 0 or more, below {limit} {below}.")
    return row


def numbers(values: ArrayLike, name: str, length: int) -> Longs:
    """Read a row of so many numbers of things; see `figures`."""
    return figures(values, name, length, LONGEST, "the greatest number")


def seconds(values: ArrayLike, name: str, length: int) -> Longs:
    """Read a row of so many times; see `figures`."""
    return figures(values, name, length, LONGEST, "the longest time")


def refuse_too_long(serial_length: int) -> None:
    """Refuse a shop of which a bad plan would be longer than the search can count."""
    if serial_length > LONGEST_OF_ALL:
        raise ValueError(
            f"One operation after the other takes {serial_length} s. "
            f"Expected {LONGEST_OF_ALL} or less; take a longer unit of time."
        )


def refuse_unfit_setups(
    families: ArrayLike,
    first: ArrayLike,
    cells: ArrayLike,
    family: ArrayLike,
    *,
    machines: int,
    machine: Longs,
) -> None:
    """Refuse setup matrices that do not belong to the machines, or families outside of them."""
    size = numbers(families, "Number of families of machine", machines)
    ends = np.concatenate([[0], np.cumsum(size**2)])
    if not np.array_equal(np.asarray(first), ends):
        raise ValueError("The setup matrices do not follow one another by their sizes squared.")
    seconds(cells, "Setup", int(ends[-1]))
    own = np.asarray(family, dtype=np.int64)
    if own.shape != machine.shape:
        raise ValueError(f"The families have shape {own.shape}. Expected {machine.shape}.")
    wrong = np.flatnonzero((own < -1) | ((own >= size[machine]) & (own >= 0)))
    if len(wrong):
        at = int(wrong[0])
        raise ValueError(
            f"Family {own[at]} of alternative {at} is not in the matrix of machine {machine[at]}. "
            f"Expected -1, or 0 or more, below {size[machine[at]]}."
        )
