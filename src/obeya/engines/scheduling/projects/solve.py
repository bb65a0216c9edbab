"""Search for a short plan of a project."""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..budget import Budget
from ..islands import Worth, explore
from ..kernels.chance import chance_of
from .kernels.anneal import anneal
from .kernels.serial import Tables, justify, serial
from .project import Ints32, Project, lower_bound

EPOCH_CELLS = 400_000  # of activities placed between two looks at the other islands
MOST_CELLS = 250_000_000  # moments times resources, of which each island keeps what is held


@dataclass(frozen=True, eq=False)
class ProjectPlan:
    """Mode (row of the project's modes) and start of each activity, and the last end."""

    mode: Ints32
    start: Ints32
    makespan: int


class NoModes(ValueError):
    """No choice of modes was found that leaves enough of what is used up."""


def solve(
    project: Project,
    *,
    budget: Budget,
    seed: int = 0,
    workers: int = 1,
    on_better: Callable[[int], None] | None = None,
) -> ProjectPlan:
    """Anneal over activity lists with justification; one work unit is one plan made.

    The search also stops when no plan can be shorter.

    Raises
    ------
    NoModes
        If the modes cannot be chosen within the stocks.
    ValueError
        If it runs so long that what is held at each moment would fill the memory.
    """
    if not len(project):
        none = np.zeros(0, dtype=np.int32)
        return ProjectPlan(none, none, 0)
    cells = _moments(project) * len(project.capacity)
    if cells > MOST_CELLS:
        raise ValueError(
            f"{cells} moments times resources. Expected {MOST_CELLS} or fewer; take a longer unit"
            " of time."
        )
    islands = [_Island(project, seed=seed, stream=stream) for stream in range(workers)]
    told = None if on_better is None else lambda worth, _: on_better(round(worth[0]))
    epoch = max(10, EPOCH_CELLS // (3 * len(project)))
    least = lower_bound(project)
    return explore(islands, budget=budget, epoch=epoch, least=least, on_better=told)


class _Island:
    def __init__(self, project: Project, *, seed: int, stream: int) -> None:
        self._tables = _tables(project)
        self._chance = chance_of(seed, stream)
        self._mode = fitting_modes(project)
        self._held = np.zeros((_moments(project), len(project.capacity)), dtype=np.int32)
        self._order = _by_latest_start(project, self._mode)
        start, mirror = np.zeros((2, len(project)), dtype=np.int32)
        serial(self._tables, self._order, self._mode, False, start, self._held)
        found = justify(self._tables, self._order, self._mode, start, mirror, self._held)
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
            *self._best,
            self._length,
            self._heat,
            self._held,
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
        found = serial(self._tables, self._order, self._mode, False, start, self._held)
        self._length[0] = found
        if found < self._length[1]:
            self._length[1] = found
            for kept, new in zip(self._best, (self._order, self._mode, start), strict=True):
                kept[:] = new


def _moments(project: Project) -> int:
    """Twice the length of one activity after the other: room for a plan and its mirror."""
    longest = np.maximum.reduceat(project.duration, project.first_mode[:-1])
    return 2 * (int(project.release.max()) + int(longest.sum(dtype=np.int64))) + 2


def fitting_modes(project: Project) -> Ints32:
    """The shortest modes, changed one by one until what is used up suffices.

    Raises
    ------
    NoModes
        If no single change helps any more.
    """
    first = project.first_mode
    mode = np.array(
        [a + int(project.duration[a:b].argmin()) for a, b in itertools.pairwise(first)],
        dtype=np.int32,
    )
    operation = np.repeat(np.arange(len(project)), np.diff(first))
    while len(project.stock):
        used = project.use[mode].sum(axis=0)
        if (used <= project.stock).all():
            break
        after = used + project.use - project.use[mode[operation]]
        excess = np.maximum(after - project.stock, 0).sum(axis=1)
        chosen = int((excess + 1e-6 * project.duration).argmin())
        if excess[chosen] >= np.maximum(used - project.stock, 0).sum():
            raise NoModes("No modes were found that leave enough of what is used up.")
        mode[operation[chosen]] = chosen
    return mode


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
