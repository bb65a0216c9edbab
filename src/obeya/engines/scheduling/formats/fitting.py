"""What stands in a text and fits into no shop is refused before it is laid out."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_MACHINES: Final = 100_000
LONGEST: Final = 2**31 - 1  # the kernels count with 32 bits


def refuse_unfit(machines: int, machine: NDArray[np.int64], duration: NDArray[np.int64]) -> None:
    """Refuse machines (from 0) that are not there, and times that are negative or too long.

    Raises
    ------
    ValueError
        With what was expected.
    """
    if not 1 <= machines <= MOST_MACHINES:
        raise ValueError(f"{machines} machines. Expected 1 to {MOST_MACHINES}.")
    if machine.size and not 0 <= machine.min() <= machine.max() < machines:
        raise ValueError(f"A machine is not one of the {machines} that the text begins with.")
    if duration.size and duration.min() < 0:
        raise ValueError("A time is negative. Expected 0 or more.")
    if duration.size and duration.max() > LONGEST:
        raise ValueError(f"A time is too long. Expected {LONGEST} or less.")
