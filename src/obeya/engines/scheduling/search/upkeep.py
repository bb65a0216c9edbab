"""Maintenance jobs moved inside their windows."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Ints, frozen_ints
from ..problem import Problem
from .hours import movable
from .kernels import tables as t
from .kernels.hours_change import list_nodes
from .kernels.tables import Plan
from .layout import Layout

_TRIES = 10
_OPERATIONS_PER_TRY = 2_500  # one more try for so many: with them an epoch is longer


@dataclass(frozen=True)
class Proposal:
    """Other times of maintenance.

    Attributes
    ----------
    starts
        Of all jobs [s].
    machine, since
        Whose hours they change, and from when on [s from the origin of the layout].
    """

    starts: Ints
    machine: int
    since: int


class Upkeep:
    """Proposes other times for maintenance; whether they help, the search finds out.

    Attributes
    ----------
    tries
        Tries in each epoch, which take some hundredths of its time.
    """

    def __init__(self, problem: Problem, luck: np.random.Generator) -> None:
        self.problem, self._luck = problem, luck
        jobs = problem.maintenance
        self._first = np.maximum(jobs.earliest, problem.now)  # nothing is done in the past
        is_open = self._first < jobs.latest - jobs.duration
        self._movable = np.flatnonzero(movable(problem) & is_open)
        self._nodes = np.empty(len(problem), np.int64)
        self.tries = 1 + len(problem) // _OPERATIONS_PER_TRY

    def proposal(self, layout: Layout, plan: Plan) -> Proposal | None:
        """One job moved, off all others and off what is fixed; None if no place is found.

        A job goes to an end of its window, beside what stands on its machine, or anywhere.
        """
        jobs, starts = self.problem.maintenance, layout.maintenance_start
        if not len(self._movable):
            return None
        for _ in range(_TRIES):
            row = int(self._movable[self._luck.integers(len(self._movable))])
            if starts[row] < self.problem.now:
                continue  # it has begun
            start = self._start(layout, plan, row)
            if start != starts[row] and self._is_free(layout, plan, row, start):
                moved = starts.copy()
                moved[row] = start
                since = min(start, int(starts[row])) - layout.origin
                return Proposal(frozen_ints(moved), int(jobs.machine[row]), since)
        return None

    def _start(self, layout: Layout, plan: Plan, row: int) -> int:
        jobs = self.problem.maintenance
        duration = int(jobs.duration[row])
        first, last = int(self._first[row]), int(jobs.latest[row]) - duration
        mine = self._on(plan, int(jobs.machine[row]))
        edges = [plan.bar[mine, t.END], plan.bar[mine, t.BEGIN] - duration]
        beside = np.concatenate(edges).astype(np.int64) + layout.origin
        beside = beside[(first <= beside) & (beside <= last)]
        anywhere = int(self._luck.integers(first, last + 1))
        if len(beside) and self._luck.random() < 0.5:
            return int(beside[self._luck.integers(len(beside))])
        return (first, last, anywhere)[int(self._luck.integers(3))]

    def _on(self, plan: Plan, machine: int) -> Ints:
        return self._nodes[: list_nodes(plan, machine, self._nodes)]

    def _is_free(self, layout: Layout, plan: Plan, row: int, start: int) -> bool:
        """Whether neither another job nor anything fixed is touched, where it was and will be."""
        jobs, starts = self.problem.maintenance, layout.maintenance_start
        duration = int(jobs.duration[row])
        others = np.flatnonzero(jobs.machine == jobs.machine[row])
        others = others[others != row]
        ends = starts[others] + jobs.duration[others]
        if ((starts[others] < start + duration) & (start < ends)).any():
            return False
        bar, mine = plan.bar, self._on(plan, int(jobs.machine[row]))
        fixed = mine[self.problem.fixed[mine]]
        begin = bar[fixed, t.BEGIN].astype(np.int64) + layout.origin
        end = np.maximum(bar[fixed, t.END].astype(np.int64) + layout.origin, self.problem.now)
        return not any(
            ((begin <= when + duration) & (when <= end)).any() for when in (int(starts[row]), start)
        )
