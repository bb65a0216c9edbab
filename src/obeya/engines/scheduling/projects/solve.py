"""Search for a short plan of a project."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..budget import Budget
from ..islands import Worth, explore
from ..kernels.chance import chance_of
from .check import check_project_plan
from .kernels.anneal import anneal
from .kernels.serial import Room, Tables, justify, serial
from .modes import fitting_modes
from .project import Ints32, Project, lower_bound

EPOCH_CELLS = 400_000  # of activities placed between two looks at the other islands
LOOK_CELLS = 100_000_000  # of what is held, looked at between two looks at the clock: 0.1 s


@dataclass(frozen=True, eq=False)
class ProjectPlan:
    """Mode (row of the project's modes) and start of each activity, and the last end."""

    mode: Ints32
    start: Ints32
    makespan: int


def solve(
    project: Project,
    *,
    budget: Budget,
    seed: int = 0,
    workers: int = 1,
    start: ProjectPlan | None = None,
    on_better: Callable[[int], None] | None = None,
) -> ProjectPlan:
    """Anneal over activity lists with justification; one work unit is one plan of each worker.

    The search also stops when no plan can be shorter.

    Parameters
    ----------
    start
        A plan that holds, to go on from; the answer is never longer.

    Raises
    ------
    NoModes
        If the modes cannot be chosen within the stocks.
    ValueError
        If ``start`` does not hold.
    """
    if start is not None:
        _refuse_unfit_start(project, start)
    if not len(project):
        none = np.zeros(0, dtype=np.int32)
        return ProjectPlan(none, none, 0)
    mode = fitting_modes(project) if start is None else start.mode.astype(np.int32)
    islands = [_Island(project, mode, start, seed=seed, stream=stream) for stream in range(workers)]
    told = None if on_better is None else lambda worth, _: on_better(round(worth[0]))
    epoch = max(10, EPOCH_CELLS // (3 * len(project)))
    look = max(1, LOOK_CELLS // _cells(project))
    least = lower_bound(project)
    return explore(
        islands, budget=budget, epoch=epoch, look_every=look, least=least, on_better=told
    )


class _Island:
    def __init__(
        self,
        project: Project,
        mode: Ints32,
        given: ProjectPlan | None,
        *,
        seed: int,
        stream: int,
    ) -> None:
        self._tables = _tables(project)
        self._chance = chance_of(seed, stream)
        self._many = np.flatnonzero(np.diff(project.first_mode) > 1)
        self._mode = mode.copy()
        rows, kinds = 2 * len(project) + 1, len(project.capacity)
        self._room = Room(np.zeros(rows, dtype=np.int32), np.zeros((rows, kinds), dtype=np.int32))
        if given is None:
            self._order = _by_latest_start(project, self._mode)
        else:  # placed in the order of their starts, none starts later than it did
            self._order = _topological_by(self._tables, given.start)
        start, mirror = np.zeros((2, len(project)), dtype=np.int32)
        serial(self._tables, self._order, self._mode, False, start, self._room)
        found = justify(self._tables, self._order, self._mode, start, mirror, self._room)
        self._best = (self._order.copy(), self._mode.copy(), start.copy())
        self._length = np.array([found, found], dtype=np.int64)
        warm = max(1.0, 0.01 * found) * (1.0 + stream)
        self._heat = np.array([warm, 0.998, warm])

    def work(self, units: int) -> None:
        """Make so many plans."""
        anneal(
            self._tables,
            self._order,
            self._mode,
            self._many,
            *self._best,
            self._length,
            self._heat,
            self._room,
            units,
            self._chance,
        )

    def worth(self) -> Worth:
        """The makespan."""
        return (float(self._length[1]),)

    def solution(self) -> ProjectPlan:
        """The best plan."""
        _, mode, start = self._best
        return ProjectPlan(mode.copy(), start.copy(), int(self._length[1]))

    def adopt(self, solution: ProjectPlan) -> None:
        """Go on from another island's plan."""
        self._mode[:] = solution.mode
        self._order[:] = _topological_by(self._tables, solution.start)
        start = np.zeros(len(self._order), dtype=np.int32)
        found = serial(self._tables, self._order, self._mode, False, start, self._room)
        self._length[0] = found
        if found < self._length[1]:
            self._length[1] = found
            for kept, new in zip(self._best, (self._order, self._mode, start), strict=True):
                kept[:] = new


def _cells(project: Project) -> int:
    """How much of what is held a plan looks at: three times, each activity, up to each change."""
    return 3 * len(project) * (2 * len(project) + 1) * (1 + len(project.capacity))


def _refuse_unfit_start(project: Project, start: ProjectPlan) -> None:
    rows = (len(start.mode), len(start.start))
    if rows != (len(project), len(project)):
        raise ValueError(f"The start is a plan of {rows[0]} activities. Expected {len(project)}.")
    wrong = check_project_plan(project, start.mode.tolist(), start.start.tolist())
    if wrong:
        raise ValueError(f"The start does not hold: {wrong[0]} Expected a plan that does.")


def _tables(project: Project) -> Tables:
    """Copies that may be written: kernels are compiled for these."""
    return Tables(*(getattr(project, name).copy() for name in Tables._fields))


def _by_latest_start(project: Project, mode: Ints32) -> Ints32:
    """Least slack first: by the longest chain that follows."""
    tail = np.zeros(len(project), dtype=np.int64)
    for i in project.topological()[::-1].tolist():
        after = project.after[project.first_after[i] : project.first_after[i + 1]]
        tail[i] = project.duration[mode[i]] + (tail[after].max() if len(after) else 0)
    return _topological_by(_tables(project), project.release.astype(np.int64) - tail)


def _topological_by(tables: Tables, key: NDArray[Any]) -> Ints32:
    """Predecessors first; among those that may be next, the least key."""
    left = np.diff(tables.first_before).tolist()
    ready = [(int(key[i]), i) for i, count in enumerate(left) if count == 0]
    heapq.heapify(ready)
    order = []
    while ready:
        _, i = heapq.heappop(ready)
        order.append(i)
        for j in tables.after[tables.first_after[i] : tables.first_after[i + 1]].tolist():
            left[j] -= 1
            if left[j] == 0:
                heapq.heappush(ready, (int(key[j]), j))
    return np.array(order, dtype=np.int32)
