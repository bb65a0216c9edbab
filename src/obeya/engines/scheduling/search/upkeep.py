"""Maintenance jobs moved inside their windows."""

import numpy as np

from ..arrays import Ints, frozen_ints
from ..problem import Problem
from .kernels import tables as t
from .layout import Layout
from .plan import Kept

_TRIES = 10


class Upkeep:
    """Proposes other times for maintenance; whether they help, a plan timed anew tells."""

    def __init__(self, problem: Problem, luck: np.random.Generator) -> None:
        self.problem, self._luck = problem, luck
        jobs = problem.maintenance
        self._movable = np.flatnonzero(jobs.latest - jobs.earliest > jobs.duration)

    def proposal(self, layout: Layout, plan: Kept) -> Ints | None:
        """Starts with one job moved, off all others and off what is fixed; None if none is found.

        A job goes to an end of its window, or anywhere in it [s].
        """
        jobs, starts = self.problem.maintenance, layout.pack.maintenance_start
        if not len(self._movable):
            return None
        for _ in range(_TRIES):
            row = int(self._luck.choice(self._movable))
            first, last = int(jobs.earliest[row]), int(jobs.latest[row] - jobs.duration[row])
            anywhere = int(self._luck.integers(first, last + 1))
            start = int(self._luck.choice(np.array([first, last, anywhere])))
            if start != starts[row] and self._is_free(layout, plan, row, start):
                moved = starts.copy()
                moved[row] = start
                return frozen_ints(moved)
        return None

    def _is_free(self, layout: Layout, plan: Kept, row: int, start: int) -> bool:
        """Whether neither another job nor anything fixed is touched, where it was and will be."""
        jobs, starts = self.problem.maintenance, layout.pack.maintenance_start
        duration = int(jobs.duration[row])
        others = np.flatnonzero(jobs.machine == jobs.machine[row])
        others = others[others != row]
        ends = starts[others] + jobs.duration[others]
        if ((starts[others] < start + duration) & (start < ends)).any():
            return False
        bar = plan[0]
        machine = layout.plant.way[bar[:, t.WAY], t.MACHINE]
        fixed = self.problem.fixed & (machine == jobs.machine[row])
        begin = bar[fixed, t.BEGIN] + layout.origin
        end = np.maximum(bar[fixed, t.END] + layout.origin, self.problem.now)
        return not any(
            ((begin <= when + duration) & (when <= end)).any() for when in (int(starts[row]), start)
        )
