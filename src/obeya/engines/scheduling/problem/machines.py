"""Machines, and what it takes to set one up from one family to another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Ints, frozen_ints
from .invalid import InvalidProblem

GIVE_SQUARE = "Give a row per family, and in each row a setup per family."


@dataclass(frozen=True, eq=False)
class Machines:
    """One row per machine (ISA-95 work unit); -1 means none.

    Attributes
    ----------
    calendar : shape (M,)
    setup_matrix, initial_family : shape (M,)
        Its setup matrix (-1: no setups) and the family that it is set up for at ``now``
        (-1: unknown, the first setup is free).
    places : shape (M,)
        0: one operation at a time. 1 or more: a batch machine (oven, bath) in which operations of
        one recipe start and end together, as long as their sizes fit.
    resumable : shape (M,)
        0: nothing on this machine can stop for a break, whatever the operation says.
    setter : shape (M,)
        Setter pool (or -1): one setter is held through the working time of each setup.
    """

    calendar: Ints
    setup_matrix: Ints
    initial_family: Ints
    places: Ints
    resumable: Ints
    setter: Ints

    def __len__(self) -> int:
        return len(self.calendar)


@dataclass(frozen=True, eq=False)
class SetupMatrices:
    """Setup seconds from family to family, each matrix of its own size.

    Attributes
    ----------
    first : shape (S + 1,)
        Matrix s owns ``first[s]`` to ``first[s + 1]``, row by row ("from" families).
    families : shape (S,)
        Number of families of each matrix.
    seconds : shape (sum of families squared,)
    """

    first: Ints
    families: Ints
    seconds: Ints

    @classmethod
    def from_rows(cls, matrices: Sequence[Sequence[Sequence[int]]]) -> "SetupMatrices":
        """Build from square lists of lists; entry [a][b] is the setup from a to b [s].

        Raises
        ------
        InvalidProblem
            If a row is not as long as there are rows; flattened, it could not be told any more.
        """
        for row, matrix in enumerate(matrices):
            if any(len(cells) != len(matrix) for cells in matrix):
                raise InvalidProblem("setups", row, "A matrix is not square.", GIVE_SQUARE)
        sizes = [len(matrix) for matrix in matrices]
        return cls(
            frozen_ints(np.cumsum([0, *(size * size for size in sizes)])),
            frozen_ints(sizes),
            frozen_ints(cell for matrix in matrices for row in matrix for cell in row),
        )

    def __len__(self) -> int:
        return len(self.families)

    def between(self, matrix: int, before: int, after: int) -> int:
        """Seconds from one family to the next; unknown or no family and no matrix cost nothing."""
        if min(matrix, before, after) < 0:
            return 0
        return int(self.seconds[self.first[matrix] + before * self.families[matrix] + after])
