"""Search for the order of a line that costs least by due dates."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.punctual import punctual, put_in
from .no_wait import start_delays

REMOVED: Final = 4  # jobs at most that a step takes out
HOT: Final = 0.5  # of the mean cost of a job
COLD: Final = 0.03
ROUNDS: Final = (2_000, 10_000, 40_000)  # work units from hot to cold; the last again and again
STEP: Final = 50  # work units at one warmth

Ints32 = NDArray[np.int32]


class JobTables(NamedTuple):
    """A line as its kernels read it; see `kernels.lateness`."""

    run: Ints32
    setup: Ints32
    due: Ints
    weight: Ints


def job_tables(line: FlowLine) -> JobTables:
    """Lay the tables out job by job.

    Without waiting, a job is where its start puts it. Such a line is one stage on which jobs take
    no time, the delay between their starts is a setup, and due is the start that is in time.
    """
    due, weight = line.due_or_zero, np.array(line.weight_or_one)
    run, setups = np.ascontiguousarray(line.durations, dtype=np.int32), line.setups_from
    if line.no_wait:
        due = due - line.durations.sum(axis=1)
        run = np.zeros((line.jobs, 1), dtype=np.int32)
        setups = start_delays(line)[None, :, :]
    setup = np.zeros((1, 1, 1), dtype=np.int32)
    if setups is not None:
        setup = np.ascontiguousarray(setups.transpose(1, 2, 0), dtype=np.int32)
    return JobTables(run, setup, np.array(due), weight)


class PunctualIsland:
    """Iterated greedy search in rounds of annealing, the first ones short so that an answer comes.

    One work unit is a million cells of job x stage.
    """

    def __init__(self, line: FlowLine, *, seed: int, stream: int) -> None:
        self._tables = job_tables(line)
        self._chance = chance_of(seed, stream)
        total = line.durations.sum(axis=1)
        first = np.lexsort((total, line.due_or_zero)).astype(np.int32)
        self._order = np.empty_like(first)
        cost, _ = put_in(self._order, 0, first, line.jobs, *self._tables, self._chance)
        self._cost_of_a_job = max(cost / line.jobs, 1e-9)
        self._spent = 0
        self._best = self._order.copy()
        self._worth = np.full(2, -1, dtype=np.int64)
        self._search(0)

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        for done in range(0, units, STEP):
            part = min(STEP, units - done)
            self._search(part)
            self._spent += part

    def _search(self, units: int) -> None:
        punctual(
            self._order,
            self._best,
            self._worth,
            *self._tables,
            REMOVED,
            warmth_after(self._spent) * self._cost_of_a_job,
            units * 1_000_000,
            self._chance,
        )

    def worth(self) -> Worth:
        """The cost of the order."""
        return (float(self._worth[1]),)

    def solution(self) -> Ints:
        """The best order of jobs."""
        return self._best.astype(np.int64)

    def adopt(self, solution: Ints) -> None:
        """Go on from another island's order."""
        self._order[:] = solution
        self._worth[0] = -1
        self._search(0)


def warmth_after(spent: int) -> float:
    """Warmth after so many work units, from hot to cold in each round."""
    for length in ROUNDS[:-1]:
        if spent < length:
            break
        spent -= length
    else:
        length = ROUNDS[-1]
    return float(HOT * (COLD / HOT) ** (spent % length / length))
