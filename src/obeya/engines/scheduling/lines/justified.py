"""Search for a shorter plan of a hybrid line, from a plan that is there."""

from typing import Final

import numpy as np

from ..arrays import Ints, frozen_ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .entering import Ints32, mirror_image, stage_rows
from .hybrid_line import HybridLine
from .kernels.justify import justify
from .plans import HybridPlan

WARMTH: Final = 0.02  # of the mean duration


class JustifiedIsland:
    """Annealing of plans that are pushed to the right and to the left again.

    Unlike an order of entry, a plan may let a job overtake, or a machine wait, at any stage. One
    work unit is a million operations planned.
    """

    def __init__(self, line: HybridLine, plan: HybridPlan, *, seed: int, stream: int) -> None:
        self._line = line
        self._tables = *stage_rows(line), *stage_rows(mirror_image(line))
        self._chance = chance_of(seed, stream)
        self._ends = _ends(line, plan)
        self._best = np.empty_like(self._ends)
        self._length = np.full(2, plan.makespan, dtype=np.int64)
        self._keep(plan.start)
        self._mean = float(line.durations.mean())

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        before = self._length[1]
        justify(
            self._ends,
            self._best,
            self._length,
            *self._tables,
            self._mean,
            WARMTH * self._mean,
            units * 1_000_000,
            self._chance,
        )
        if self._length[1] < before:
            self._keep(self._best.T - self._line.durations)

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._length[1]),)

    def solution(self) -> HybridPlan:
        """The best plan."""
        return served_by_start(self._line, self._best.T - self._line.durations)

    def adopt(self, solution: HybridPlan) -> None:
        """Go on from another island's plan."""
        self._ends[:] = _ends(self._line, solution)
        self._length[0] = solution.makespan
        if solution.makespan < self._length[1]:
            self._keep(solution.start)

    def _keep(self, start: Ints) -> None:
        """Keep a best plan as it is given back: served by start it can be shorter than pushed."""
        served = served_by_start(self._line, start)
        self._length[1] = served.makespan
        self._best[:] = _ends(self._line, served)


def _ends(line: HybridLine, plan: HybridPlan) -> Ints32:
    return np.ascontiguousarray((plan.start + line.durations).T, dtype=np.int32)


def served_by_start(line: HybridLine, wanted: Ints) -> HybridPlan:
    """Give machines to jobs in the order in which they want to start, as early as that allows."""
    start, machine = np.zeros_like(line.durations), np.zeros_like(line.durations)
    ready, first = [0] * line.jobs, 0
    for stage, count in enumerate(line.machines.tolist()):
        run, free = line.durations[:, stage], [0] * count
        for job in np.lexsort((run, wanted[:, stage])).tolist():
            chosen = min(range(count), key=free.__getitem__)
            start[job, stage] = max(free[chosen], ready[job])
            machine[job, stage] = first + chosen
            ready[job] = free[chosen] = int(start[job, stage] + run[job])
        first += count
    return HybridPlan(frozen_ints(start), frozen_ints(machine), max(ready))
