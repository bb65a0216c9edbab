"""Working hours as the kernels read them; those of one machine can change."""

from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..kernels import plant as packed_columns
from ..packing import Packed
from ..problem import Problem
from ..working_hours import presence, shifts_without
from ..working_time import Spans, intersect
from .kernels.tables import FAR, Table

HINT_BITS = 14  # one hint for each 4.6 hours

_Row = tuple[int, int]  # crew (-1: none) and heads


def movable(problem: Problem) -> NDArray[np.bool_]:
    """Which maintenance jobs have room in their windows. shape (K,)"""
    jobs = problem.maintenance
    return np.asarray(jobs.latest - jobs.earliest > jobs.duration)


class Hours:
    """Calendars, each machine with rows of its own where its maintenance can move.

    Attributes
    ----------
    of_way : shape (A,)
        Which calendar.
    span : shape (I + 1, 2)
        Start and end [s from the origin]; a last row that never comes.
    first : shape (C + 1,)
        First span of each calendar.
    hint : shape (C, H)
        First span that ends after the beginning of each stretch of 2^HINT_BITS seconds.
    """

    def __init__(self, pack: Packed, origin: int) -> None:
        problem, plant = pack.problem, pack.plant
        self.problem, self.origin = problem, origin
        self._moments = np.arange(((problem.horizon - origin) >> HINT_BITS) + 2) << HINT_BITS
        machine, calendars = problem.alternatives.machine, len(plant.calendar)
        changes = np.zeros(len(problem.machines), bool)
        changes[problem.maintenance.machine[movable(problem)]] = True
        own = plant.way[:, packed_columns.CALENDAR] + np.where(
            changes[machine], (machine + 1) * calendars, 0
        )
        codes, example, of_way = np.unique(own, return_index=True, return_inverse=True)
        self.of_way = of_way.reshape(-1).astype(np.int64)
        self._machine = np.where(codes < calendars, -1, codes // calendars - 1)  # whose own
        self._people = _people(problem, example)
        self._present: dict[_Row, Spans] = {}
        rows = [
            self._from_origin(plant.span[plant.calendar[c] : plant.calendar[c + 1], :2])
            for c in (codes % calendars).tolist()
        ]
        self.first = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
        self.span = np.concatenate([*rows, np.full((1, 2), FAR, np.int32)])
        self.hint = np.empty((len(rows), len(self._moments)), np.int32)
        self._look_up(range(len(rows)))

    def with_maintenance(self, machine: int, starts: Ints) -> "Hours":
        """The same, with maintenance of one machine at other times [s]; all others keep theirs."""
        low, high = np.searchsorted(self._machine, [machine, machine + 1]).tolist()
        rows = self._computed(machine, starts, range(low, high))
        other, begin, end = copy(self), int(self.first[low]), int(self.first[high])
        other.span = np.concatenate([self.span[:begin], *rows, self.span[end:]])
        more = len(other.span) - len(self.span)
        other.first = self.first.copy()
        other.first[low : high + 1] = begin + np.cumsum([0, *(len(row) for row in rows)])
        other.first[high + 1 :] += more
        other.hint = self.hint.copy()
        other.hint[high:] += more
        other._look_up(range(low, high))
        return other

    def _computed(self, machine: int, starts: Ints, rows: Sequence[int]) -> list[Table]:
        """The hours of a machine with the people of each of its rows."""
        problem, jobs = self.problem, self.problem.maintenance
        mine = np.flatnonzero(jobs.machine == machine)
        cuts = np.column_stack([starts[mine], starts[mine] + jobs.duration[mine]])
        alone = shifts_without(problem, int(problem.machines.calendar[machine]), cuts)
        found = []
        for people in (self._people[row] for row in rows):
            if people not in self._present and people[0] >= 0:
                self._present[people] = presence(problem, *people)
            spans = intersect(alone, self._present[people]) if people[0] >= 0 else alone
            found.append(self._from_origin(spans))
        return found

    def _from_origin(self, spans: Spans) -> Table:
        return np.clip(spans - self.origin, -FAR, FAR).astype(np.int32)

    def _look_up(self, rows: Sequence[int]) -> None:
        for row in rows:
            begin, end = int(self.first[row]), int(self.first[row + 1])
            ends = np.ascontiguousarray(self.span[begin:end, 1])
            self.hint[row] = begin + np.searchsorted(ends, self._moments, side="right")


def _people(problem: Problem, ways: Ints) -> list[_Row]:
    crew, heads = problem.alternatives.crew[ways], problem.alternatives.heads[ways]
    return list(zip(crew.tolist(), np.where(crew >= 0, heads, 0).tolist(), strict=True))
