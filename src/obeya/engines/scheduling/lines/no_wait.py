"""Search for the shortest order of a line without waiting."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.assignment import assignment_prices
from .kernels.no_wait import shorten_trip

NEAR: Final = 12  # cities that a new way may lead to
REACH: Final = 30  # longest stretch that chance moves
WARMTH: Final = 0.3  # of the mean way to a near city

Ints32 = NDArray[np.int32]


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


def distances(line: FlowLine) -> Ints32:
    """Shape (J + 1, J + 1): see `kernels.no_wait`; no way leads from a city to itself."""
    far = np.zeros((line.jobs + 1, line.jobs + 1), dtype=np.int32)
    far[:, :-1] = start_delays(line)
    far[:-1, -1] = line.durations.sum(axis=1)
    np.fill_diagonal(far, np.iinfo(np.int32).max // 4)
    return far


def shortest_assignment(far: Ints32) -> tuple[int, Ints32]:
    """What every round trip is long at least, and what each way adds to that.

    Each city is left once and entered once, so prices for both may be taken off the ways without
    changing which trip is shortest. Near cities are near in what is left, not in the distance:
    a job that is long on a late stage is far from all.
    """
    out = np.zeros(len(far), dtype=np.int64)
    into = assignment_prices(far, out)
    return int(out.sum() + into.sum()), (far - out[:, None] - into).astype(np.int32)


class NoWaitIsland:
    """Iterated local search; one work unit is a million pairs of ways that are looked at."""

    def __init__(self, line: FlowLine, *, seed: int, stream: int) -> None:
        self._jobs = line.jobs
        self._least, far = shortest_assignment(distances(line))
        near = min(NEAR, line.jobs)
        near_to = np.argsort(far, axis=1, kind="stable")[:, :near]
        near_from = np.argsort(far, axis=0, kind="stable")[:near].T
        self._tables = (
            far,
            np.ascontiguousarray(near_to, dtype=np.int32),
            np.ascontiguousarray(near_from, dtype=np.int32),
        )
        self._chance = chance_of(seed, stream)
        self._trip = _from_near_to_near(far)
        self._best = self._trip.copy()
        self._length = np.full(2, -1, dtype=np.int64)
        self._warmth = max(WARMTH * float(np.sort(far, axis=1)[:, :near].mean()), 1e-9)
        self.work(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        shorten_trip(
            self._trip,
            self._best,
            self._length,
            *self._tables,
            REACH,
            self._warmth,
            units * 1_000_000,
            self._chance,
        )

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._least + self._length[1]),)

    def solution(self) -> Ints:
        """The best order of jobs."""
        home = int(np.flatnonzero(self._best == self._jobs)[0])
        return np.roll(self._best, -home)[1:].astype(np.int64)

    def adopt(self, solution: Ints) -> None:
        """Go on from another island's order."""
        self._trip[0] = self._jobs
        self._trip[1:] = solution
        self._length[0] = -1
        self.work(0)


def _from_near_to_near(far: Ints32) -> Ints32:
    trip, unseen = [len(far) - 1], np.ones(len(far), dtype=bool)
    while len(trip) < len(far):
        unseen[trip[-1]] = False
        left = np.flatnonzero(unseen)
        trip.append(int(left[far[trip[-1], left].argmin()]))
    return np.array(trip, dtype=np.int32)
