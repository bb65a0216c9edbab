"""A problem with more machines, setup families and people; what it has stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..arrays import Ints, frozen_ints
from ..problem import CREW, Machines, Pools, Problem, SetupMatrices
from .columns import append, columns_of, frozen, with_calendars


class Wider:
    """Adds rows to a problem, for orders that need what no order has needed so far.

    A plan of the problem is one of the wider problem too: no row of it changes, and nothing that
    is planned has a use for what is new.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._machine = columns_of(problem.machines)
        self._labels = list(problem.labels.machines)
        self._pool_labels = list(problem.labels.pools)
        self._calendars: list[Sequence[tuple[int, int]]] = []
        self._squares: list[Ints] = []
        self._crews: list[Sequence[tuple[int, int, int]]] = []

    def calendar(self, intervals: Sequence[tuple[int, int]]) -> int:
        """Add sorted working intervals [start, end) [s]; answers its row."""
        self._calendars.append(intervals)
        return len(self.problem.calendars) + len(self._calendars) - 1

    def machine(self, label: str, *, calendar: int) -> int:
        """Add a machine without setups that does one thing at a time; answers its row."""
        return self._machine_row(
            label,
            calendar=calendar,
            setup_matrix=-1,
            initial_family=-1,
            places=0,
            resumable=1,
            setter=-1,
        )

    def twin(self, machine: int, label: str, *, calendar: int | None = None) -> int:
        """Add a machine like another one, with nothing on it, nothing set up; answers its row."""
        like = {name: int(column[machine]) for name, column in self._machine.items()}
        like["initial_family"] = -1
        return self._machine_row(
            label, **like | ({} if calendar is None else {"calendar": calendar})
        )

    def families(self, machine: int, seconds: Sequence[Sequence[int]]) -> None:
        """Give a machine a larger square of setups [s]; the families it has keep their places."""
        old = int(self._machine["setup_matrix"][machine])
        known = int(self.problem.setups.families[old]) if 0 <= old < self._known else 0
        square = np.array(seconds, np.int64).reshape(len(seconds), -1)
        if len(square) < known or (square[:known, :known] != self._square(old, known)).any():
            raise ValueError("Expected the setups between known families to stay as they are.")
        self._squares.append(square)
        self._machine["setup_matrix"][machine] = self._known + len(self._squares) - 1

    def crew(self, steps: Sequence[tuple[int, int, int]], label: str) -> int:
        """Add people whom no operation so far may use, (start, end, heads); answers their row."""
        self._crews.append(steps)
        rows = len(self.problem.pools) + len(self._crews)
        self._pool_labels += [""] * (rows - 1 - len(self._pool_labels))
        self._pool_labels.append(label)
        return rows - 1

    def build(self) -> Problem:
        """The wider problem.

        Raises
        ------
        InvalidProblem
            If a row breaks a rule.
        """
        labels = replace(
            self.problem.labels, machines=tuple(self._labels), pools=tuple(self._pool_labels)
        )
        return replace(
            self.problem,
            machines=Machines(**frozen(self._machine)),
            setups=self._setups(),
            calendars=with_calendars(self.problem.calendars, self._calendars),
            pools=self._pools(),
            labels=labels,
        )

    @property
    def _known(self) -> int:
        return len(self.problem.setups)

    def _square(self, matrix: int, size: int) -> Ints:
        if not size:
            return np.zeros((0, 0), np.int64)
        setups = self.problem.setups
        cells = setups.seconds[setups.first[matrix] : setups.first[matrix + 1]]
        return cells.reshape(size, size)

    def _setups(self) -> SetupMatrices:
        setups = self.problem.setups
        if not self._squares:
            return setups
        sizes = np.array([len(square) for square in self._squares], np.int64)
        return SetupMatrices(
            frozen_ints(np.concatenate([setups.first, setups.first[-1] + np.cumsum(sizes**2)])),
            frozen_ints(np.concatenate([setups.families, sizes])),
            frozen_ints(np.concatenate([setups.seconds, *(s.ravel() for s in self._squares)])),
        )

    def _pools(self) -> Pools:
        pools = self.problem.pools
        if not self._crews:
            return pools
        more = Pools.from_rows([CREW] * len(self._crews), self._crews)
        joined: dict[str, Any] = {
            name: frozen_ints(np.concatenate([getattr(pools, name), getattr(more, name)]))
            for name in ("kind", "start", "end", "capacity")
        }
        first = np.concatenate([pools.first, pools.first[-1] + more.first[1:]])
        return Pools(first=frozen_ints(first), **joined)

    def _machine_row(self, label: str, **row: int) -> int:
        append(self._machine, **row)
        rows = len(self._machine["calendar"])
        self._labels += [""] * (rows - 1 - len(self._labels))
        self._labels.append(label)
        return rows - 1
