"""Search for the best order in which jobs enter a hybrid line."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints, frozen_ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .hybrid_line import HybridLine
from .kernels.arrivals import enter
from .plans import HybridPlan

WARMTH: Final = 0.02  # of the mean duration

Ints32 = NDArray[np.int32]


class EntryIsland:
    """Annealing of the order in which jobs enter; one work unit is a million operations planned.

    Every other stream searches the mirror image, in which time runs backwards and jobs enter at
    the last stage: served as they come from there, they meet at other machines. An island that
    goes on from a plan of the other direction reads its own order off the plan.
    """

    def __init__(self, line: HybridLine, *, seed: int, stream: int) -> None:
        self._line = line
        self._is_mirrored = stream % 2 == 1
        self._tables = stage_rows(self._mirrored_line)
        self._chance = chance_of(seed, stream)
        self._order = _steepest_first(self._mirrored_line.durations)
        self._best = self._order.copy()
        self._length = np.full(2, -1, dtype=np.int64)
        self._warmth = WARMTH * float(line.durations.mean())
        self.work(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        enter(
            self._order,
            self._best,
            self._length,
            *self._tables,
            self._warmth,
            units * 1_000_000,
            self._chance,
        )

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._length[1]),)

    def solution(self) -> HybridPlan:
        """The best plan."""
        plan = served_as_they_come(self._mirrored_line, self._best.tolist())
        return mirrored(self._mirrored_line, plan) if self._is_mirrored else plan

    def adopt(self, solution: HybridPlan) -> None:
        """Go on from another island's plan."""
        start, durations = solution.start, self._line.durations
        entered = -(start[:, -1] + durations[:, -1]) if self._is_mirrored else start[:, 0]
        self._order[:] = np.argsort(entered, kind="stable")
        self._length[0] = -1
        self.work(0)

    @property
    def _mirrored_line(self) -> HybridLine:
        """The line as this island sees it."""
        return mirror_image(self._line) if self._is_mirrored else self._line


def served_as_they_come(line: HybridLine, order: list[int]) -> HybridPlan:
    """Plan jobs that enter in this order; see `kernels.arrivals.length_within`."""
    start, machine = np.zeros_like(line.durations), np.zeros_like(line.durations)
    ready, queue, first = [0] * line.jobs, list(order), 0
    for stage, count in enumerate(line.machines.tolist()):
        queue.sort(key=ready.__getitem__)
        free = [0] * count
        for job in queue:
            chosen = min(range(count), key=free.__getitem__)
            start[job, stage] = max(free[chosen], ready[job])
            machine[job, stage] = first + chosen
            ready[job] = free[chosen] = int(start[job, stage] + line.durations[job, stage])
        first += count
    return HybridPlan(frozen_ints(start), frozen_ints(machine), max(ready))


def mirrored(line: HybridLine, plan: HybridPlan) -> HybridPlan:
    """The plan of the mirrored line, in which time runs backwards."""
    end = plan.start + line.durations
    first = np.concatenate([[0], np.cumsum(line.machines)])
    within = plan.machine - first[:-1]
    ahead = np.concatenate([[0], np.cumsum(line.machines[::-1])])[:-1]
    return HybridPlan(
        frozen_ints((plan.makespan - end)[:, ::-1]),
        frozen_ints(within[:, ::-1] + ahead),
        plan.makespan,
    )


def mirror_image(line: HybridLine) -> HybridLine:
    """The line in which time runs backwards."""
    return HybridLine.of(line.durations[:, ::-1], line.machines[::-1])


def stage_rows(line: HybridLine) -> tuple[Ints32, Ints32, Ints32]:
    """Lay the tables out stage by stage; see `kernels.arrivals`."""
    run = np.ascontiguousarray(line.durations.T, dtype=np.int32)
    behind = run[::-1].cumsum(axis=0, dtype=np.int32)[::-1] - run
    first = np.concatenate([[0], np.cumsum(line.machines)]).astype(np.int32)
    return run, np.ascontiguousarray(behind), first


def _steepest_first(durations: Ints) -> Ints32:
    """Jobs that take longer the further they come, first (Palmer 1965, slope index)."""
    stages = durations.shape[1]
    slope = durations @ (np.arange(stages) * 2 - (stages - 1))
    return np.argsort(-slope, kind="stable").astype(np.int32)
