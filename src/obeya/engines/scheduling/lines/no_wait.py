"""Search for the shortest order of a line without waiting."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.assignment import assignment_prices
from .kernels.no_wait import shorten_trip

NEAR: Final = 12  # cities that a new way may lead to
MOST_ASSIGNED: Final = 1_000  # jobs whose cheapest assignment is found: a second or two
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
    a job that is long on a late stage is far from all. Above `MOST_ASSIGNED` jobs the prices are
    the shortest ways, out and then in, for the cheapest assignment would take minutes.
    """
    out = np.zeros(len(far), dtype=np.int64)
    if len(far) <= MOST_ASSIGNED + 1:
        into = assignment_prices(far, out)
    else:
        out += far.min(axis=1)
        into = (far - out[:, None]).min(axis=0)
    return int(out.sum() + into.sum()), (far - out[:, None] - into).astype(np.int32)


class Ways(NamedTuple):
    """What all searches of a line without waiting read: see `kernels.no_wait`.

    Attributes
    ----------
    least
        What every round trip is long at least; ``far`` is what each way adds to that.
    warmth
        Of the search.
    """

    least: int
    far: Ints32
    near_to: Ints32
    near_from: Ints32
    warmth: float


def ways_of(line: FlowLine) -> Ways:
    """Find, once for all searches, which cities are near."""
    least, far = shortest_assignment(distances(line))
    near = min(NEAR, line.jobs)
    near_to, near_from = _nearest(far, near), _nearest(far.T, near)
    mean = float(np.take_along_axis(far, near_to, axis=1).mean())
    return Ways(least, far, near_to, near_from, max(WARMTH * mean, 1e-9))


def _nearest(far: Ints32, near: int) -> Ints32:
    """Shape (cities, near): of each row the columns of the least, of equal ones the first ahead."""
    cities = len(far)
    key = far.astype(np.int64, order="C") * cities + np.arange(cities)
    first = np.sort(np.partition(key, near - 1, axis=1)[:, :near], axis=1)
    return (first % cities).astype(np.int32)


class NoWaitIsland:
    """Iterated local search; one work unit is a million pairs of ways that are looked at."""

    def __init__(self, ways: Ways, *, seed: int, stream: int) -> None:
        self._ways = ways
        self._chance = chance_of(seed, stream)
        self._trip = _from_near_to_near(ways.far)
        self._best = self._trip.copy()
        self._length = np.full(2, -1, dtype=np.int64)
        self.work(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        shorten_trip(
            self._trip,
            self._best,
            self._length,
            self._ways.far,
            self._ways.near_to,
            self._ways.near_from,
            REACH,
            self._ways.warmth,
            units * 1_000_000,
            self._chance,
        )

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._ways.least + self._length[1]),)

    def solution(self) -> Ints:
        """The best order of jobs."""
        home = int(np.flatnonzero(self._best == len(self._best) - 1)[0])
        return np.roll(self._best, -home)[1:].astype(np.int64)

    def adopt(self, solution: Ints) -> None:
        """Go on from another island's order."""
        self._trip[0] = len(self._trip) - 1
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
