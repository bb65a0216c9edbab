"""Crews, setters and tools: what operations on different machines share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..arrays import Ints, frozen_ints, row_starts

CREW: Final = 0
SETTER: Final = 1
TOOL: Final = 2


@dataclass(frozen=True, eq=False)
class Pools:
    """How many of each are there, and when.

    A crew pool stands for the people who hold one skill; a tool pool for interchangeable tools.

    Attributes
    ----------
    kind : shape (R,)
        ``CREW``, ``SETTER`` or ``TOOL``.
    first : shape (R + 1,)
        Pool r owns capacity intervals ``first[r]`` to ``first[r + 1]``.
    start, end, capacity : shape (I,)
        Sorted, disjoint ``[start, end)`` [s]; outside of them the capacity is 0.
    """

    kind: Ints
    first: Ints
    start: Ints
    end: Ints
    capacity: Ints

    @classmethod
    def from_rows(
        cls, kinds: Sequence[int], rows: Sequence[Sequence[tuple[int, int, int]]]
    ) -> "Pools":
        """Build from one list of (start, end, capacity) per pool."""
        flat = np.array([step for row in rows for step in row], dtype=np.int64).reshape(-1, 3)
        return cls(
            frozen_ints(kinds),
            row_starts(rows),
            frozen_ints(flat[:, 0]),
            frozen_ints(flat[:, 1]),
            frozen_ints(flat[:, 2]),
        )

    def __len__(self) -> int:
        return len(self.kind)

    def steps(self, pool: int) -> list[tuple[int, int, int]]:
        """The (start, end, capacity) rows of one pool as plain numbers."""
        row = slice(self.first[pool], self.first[pool + 1])
        columns = (self.start[row], self.end[row], self.capacity[row])
        return list(zip(*(column.tolist() for column in columns), strict=True))
