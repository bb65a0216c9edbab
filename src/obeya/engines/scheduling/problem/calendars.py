"""Working time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Ints, frozen_ints, row_starts


@dataclass(frozen=True, eq=False)
class Calendars:
    """Sorted, disjoint working intervals ``[start, end)`` of each calendar.

    Attributes
    ----------
    first : shape (C + 1,)
        Calendar c owns intervals ``first[c]`` to ``first[c + 1]``.
    start, end : shape (I,)
        The intervals [s], end exclusive. Intervals that touch are one interval: no work stops
        where one shift hands over to the next.
    worked : shape (I,)
        Working seconds that the calendar offers before each interval. With it, work becomes
        clock time, and back, by one binary search.
    """

    first: Ints
    start: Ints
    end: Ints
    worked: Ints

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[tuple[int, int]]]) -> "Calendars":
        """Build from one list of (start, end) per calendar; intervals that touch are joined."""
        joined = [_joined(row) for row in rows]
        flat = np.array([span for row in joined for span in row], dtype=np.int64).reshape(-1, 2)
        worked = [
            seconds
            for row in joined
            for seconds in np.cumsum([0, *(end - start for start, end in row)])[:-1]
        ]
        return cls(
            row_starts(joined),
            frozen_ints(flat[:, 0]),
            frozen_ints(flat[:, 1]),
            frozen_ints(worked),
        )

    def __len__(self) -> int:
        return len(self.first) - 1

    def intervals(self, calendar: int) -> list[tuple[int, int]]:
        """The working intervals of one calendar as plain pairs [s]."""
        row = slice(self.first[calendar], self.first[calendar + 1])
        return list(zip(self.start[row].tolist(), self.end[row].tolist(), strict=True))


def _joined(row: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in row:
        if spans and spans[-1][1] == start and start < end:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
