"""Search for the shortest order of a line without waiting."""

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.assignment import assignment_prices
from .kernels.no_wait import shorten_trip

NEAR = 12  # cities that a new way may lead to


def start_delays(line: FlowLine) -> NDArray[np.int64]:
    """Time from the start of one job on the first stage to that of the next.

    Returns
    -------
    shape (J + 1, J), the last row from the empty line to the first job; the least with which, on
    no stage, the next job comes before the one before it is done and the stage is set up
    (Reddi & Ramamoorthy 1972, Operational Research Quarterly 23:323-331)
    """
    end = np.cumsum(line.durations, axis=1)
    begin = end - line.durations
    ready = np.vstack([end, np.zeros((1, line.stages), dtype=np.int64)])
    delay = np.zeros((line.jobs + 1, line.jobs), dtype=np.int64)
    setups = line.setups_from
    for stage in range(line.stages):
        gap = ready[:, stage, None] - begin[None, :, stage]
        if setups is not None:
            gap = gap + setups[stage]
        np.maximum(delay, gap, out=delay)
    return delay


def distances(line: FlowLine) -> NDArray[np.int32]:
    """Shape (J + 1, J + 1): see `kernels.no_wait`; no way leads from a city to itself."""
    far = np.zeros((line.jobs + 1, line.jobs + 1), dtype=np.int32)
    far[:, :-1] = start_delays(line)
    far[:-1, -1] = line.durations.sum(axis=1)
    np.fill_diagonal(far, np.iinfo(np.int32).max // 4)
    return far


class NoWaitIsland:
    """Iterated local search; one work unit is a million cells, of pairs of ways looked at."""

    def __init__(self, line: FlowLine, *, seed: int, stream: int, warmth=0.05, reach=30) -> None:
        whole = distances(line)
        out = np.zeros(len(whole), dtype=np.int64)
        into = assignment_prices(whole, out)
        self.bound = int(out.sum() + into.sum())
        far = np.minimum(whole - out[:, None] - into, np.iinfo(np.int32).max // 4).astype(np.int32)
        near = min(NEAR, line.jobs)
        self._jobs = line.jobs
        to = np.argsort(far, axis=1, kind="stable")[:, :near]
        origin = np.argsort(far, axis=0, kind="stable")[:near].T
        self._tables = far, np.ascontiguousarray(to, np.int32), np.ascontiguousarray(origin, np.int32)
        self._chance = chance_of(seed, stream)
        self._trip = _nearest_neighbours(far)
        self._best = self._trip.copy()
        self._length = np.full(2, -1, dtype=np.int64)
        self._warmth = warmth * float(np.sort(far,axis=1)[:,:near].mean())
        self._reach = reach
        self.work(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        shorten_trip(
            self._trip,
            self._best,
            self._length,
            *self._tables,
            self._reach,
            self._warmth,
            units * 1_000_000,
            self._chance,
        )

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._length[1]+self.bound),)

    def solution(self) -> Ints:
        """The best order of jobs."""
        home = int(np.flatnonzero(self._best == self._jobs)[0])
        return np.roll(self._best, -home)[1:].astype(np.int64)


def _nearest_neighbours(far: NDArray[np.int32]) -> NDArray[np.int32]:
    trip, unseen = [len(far) - 1], np.ones(len(far), dtype=bool)
    while len(trip) < len(far):
        unseen[trip[-1]] = False
        left = np.flatnonzero(unseen)
        trip.append(int(left[far[trip[-1], left].argmin()]))
    return np.array(trip, dtype=np.int32)
