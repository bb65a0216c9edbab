"""Search for the shortest makespan of a line without passing."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.shortest import put_in, shorten

REMOVED: Final = 2  # jobs that a step takes out
WARMTH: Final = 0.06  # of the mean duration

Ints32 = NDArray[np.int32]


class StageTables(NamedTuple):
    """A line as its kernels read it; see `kernels.insertion`."""

    run: Ints32
    setup: Ints32
    setup_to: Ints32


def stage_tables(line: FlowLine) -> StageTables:
    """Lay the tables out stage by stage."""
    setups = line.setups_from
    run = np.ascontiguousarray(line.durations.T, dtype=np.int32)
    if setups is None:
        none = np.zeros((1, 1, 1), dtype=np.int32)
        return StageTables(run, none, none)
    setup = np.ascontiguousarray(setups, dtype=np.int32)
    return StageTables(run, setup, np.ascontiguousarray(setup.transpose(0, 2, 1)))


class ShortestIsland:
    """Iterated greedy search; one work unit is a million cells of job x stage."""

    def __init__(self, line: FlowLine, *, seed: int, stream: int) -> None:
        self._tables = stage_tables(line)
        self._chance = chance_of(seed, stream)
        first = np.argsort(-line.durations.sum(axis=1), kind="stable").astype(np.int32)
        self._order = np.empty_like(first)
        put_in(self._order, 0, first, line.jobs, *self._tables, self._chance)
        self._best = self._order.copy()
        self._length = np.full(2, -1, dtype=np.int64)
        self._warmth = max(WARMTH * float(line.durations.mean()), 1e-9)
        self.work(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        shorten(
            self._order,
            self._best,
            self._length,
            *self._tables,
            REMOVED,
            self._warmth,
            units * 1_000_000,
            self._chance,
        )

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._length[1]),)

    def solution(self) -> Ints:
        """The best order of jobs."""
        return self._best.astype(np.int64)

    def adopt(self, solution: Ints) -> None:
        """Go on from another island's order."""
        self._order[:] = solution
        self._length[0] = -1
        self.work(0)
