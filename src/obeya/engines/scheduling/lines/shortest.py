"""Search for the shortest makespan of a line without passing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.shortest import construct, shorten

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
        total = line.durations.sum(axis=1)
        first = np.argsort(-total, kind="stable").astype(np.int32)
        if stream:
            first = np.random.default_rng([seed, stream]).permutation(first)
        self._order = construct(first, *self._tables, self._chance)
        self._best = self._order.copy()
        self._length = np.full(2, -1, dtype=np.int64)
        has_setups = line.setups is not None
        self._removed = 2 if has_setups else 2
        self._warmth = (0.5 if has_setups else 0.7) * float(line.durations.mean()) / 10
        self.work(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        shorten(
            self._order,
            self._best,
            self._length,
            *self._tables,
            self._removed,
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
        kept, worth = self._best.copy(), self._length[1]
        self.work(0)
        if worth < self._length[1]:
            self._best[:], self._length[1] = kept, worth
