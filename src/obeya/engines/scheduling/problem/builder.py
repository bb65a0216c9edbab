"""Fills a problem row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Ints, frozen_ints
from .calendars import Calendars
from .machines import Machines, SetupMatrices
from .maintenance import Maintenance
from .operations import Alternatives, Operations
from .orders import Orders
from .pools import CREW, SETTER, TOOL, Pools
from .precedence import END_TO_START, OVERLAP, Precedence
from .problem import Labels, Problem

_Row = tuple[int, ...]


@dataclass(frozen=True)
class Alternative:
    """One way to do an operation; see `Alternatives`. ``family`` None takes the operation's."""

    machine: int
    run: int
    crew: int = -1
    heads: int = 1
    tool: int = -1
    family: int | None = None


class ProblemBuilder:
    """Add rows, get their indices, build the frozen problem at the end.

    >>> plan = ProblemBuilder(now=0, horizon=86_400)
    >>> laser = plan.machine(calendar=plan.calendar([(21_600, 50_400)]), label="LASER-2")
    >>> order = plan.order(due=43_200)
    >>> cut = plan.operation([Alternative(laser, run=3_600)], order=order)
    >>> len(plan.build())
    1
    """

    def __init__(self, *, now: int, horizon: int) -> None:
        self.now, self.horizon = now, horizon
        self._calendars: list[Sequence[tuple[int, int]]] = []
        self._matrices: list[Sequence[Sequence[int]]] = []
        self._pools: list[tuple[int, Sequence[tuple[int, int, int]]]] = []
        self._machines: list[_Row] = []
        self._orders: list[_Row] = []
        self._last_operation: dict[int, int] = {}
        self._operations: list[_Row] = []
        self._alternatives: list[_Row] = []
        self._arcs: list[_Row] = []
        self._maintenance: list[_Row] = []
        self._labels: dict[str, list[str]] = {
            "operations": [],
            "machines": [],
            "orders": [],
            "pools": [],
        }

    def calendar(self, intervals: Sequence[tuple[int, int]]) -> int:
        """Add a calendar of sorted working intervals [start, end) [s]."""
        self._calendars.append(intervals)
        return len(self._calendars) - 1

    def setup_matrix(self, seconds: Sequence[Sequence[int]]) -> int:
        """Add a square matrix of setup seconds, from row to column."""
        self._matrices.append(seconds)
        return len(self._matrices) - 1

    def crew(self, steps: Sequence[tuple[int, int, int]], *, label: str = "") -> int:
        """Add the people of one skill, as (start, end, heads present)."""
        return self._pool(CREW, steps, label)

    def setters(self, steps: Sequence[tuple[int, int, int]], *, label: str = "") -> int:
        """Add a pool of machine setters, as (start, end, heads present)."""
        return self._pool(SETTER, steps, label)

    def tool(self, count: int = 1, *, label: str = "") -> int:
        """Add a number of interchangeable tools that are always there."""
        return self._pool(TOOL, [(_LONG_AGO, self.horizon, count)], label)

    def machine(
        self,
        *,
        calendar: int,
        setup_matrix: int = -1,
        family: int = -1,
        places: int = 0,
        resumable: bool = True,
        setter: int = -1,
        label: str = "",
    ) -> int:
        """Add a machine; see `Machines` for the meaning of each column."""
        row = (calendar, setup_matrix, family, places, int(resumable), setter)
        self._machines.append(row)
        return self._labelled("machines", label)

    def order(self, *, due: int, weight: int = 1, label: str = "") -> int:
        """Add an order; the operation added to it last is the one that completes it."""
        self._orders.append((due, weight))
        return self._labelled("orders", label)

    def completes(self, order: int, operation: int) -> None:
        """Name the operation that completes an order, when it is not the last one added."""
        self._last_operation[order] = operation

    def operation(
        self,
        alternatives: Sequence[Alternative],
        *,
        order: int = -1,
        family: int = -1,
        release: int | None = None,
        resumable: bool = True,
        recipe: int = -1,
        size: int = 1,
        fixed_alternative: int = -1,
        fixed_start: int = 0,
        remaining: int = -1,
        label: str = "",
    ) -> int:
        """Add an operation; ``fixed_alternative`` counts within ``alternatives``."""
        first, index = len(self._alternatives), len(self._operations)
        fixed = first + fixed_alternative if fixed_alternative >= 0 else -1
        self._operations.append(
            (
                order,
                self.now if release is None else release,
                int(resumable),
                recipe,
                size,
                fixed,
                fixed_start,
                remaining,
                first,
            )
        )
        for way in alternatives:
            own_family = family if way.family is None else way.family
            self._alternatives.append(
                (index, way.machine, way.run, own_family, way.crew, way.heads, way.tool)
            )
        if order >= 0:
            self._last_operation[order] = index
        return self._labelled("operations", label)

    def follows(self, after: int, before: int, *, lag: int = 0, maximum_wait: int = -1) -> None:
        """``after`` starts ``lag`` to ``maximum_wait`` after ``before`` ends [s]."""
        self._arcs.append((after, before, END_TO_START, lag, 0, maximum_wait))

    def overlaps(self, after: int, before: int, *, lag: int, end_lag: int) -> None:
        """``after`` follows in transfer batches; see `Precedence` for both lags [s]."""
        self._arcs.append((after, before, OVERLAP, lag, end_lag, -1))

    def maintenance(self, machine: int, *, duration: int, earliest: int, latest: int) -> int:
        """Add a maintenance job that is done between ``earliest`` and ``latest`` [s]."""
        self._maintenance.append((machine, duration, earliest, latest))
        return len(self._maintenance) - 1

    def build(self) -> Problem:
        """Freeze the rows.

        Raises
        ------
        InvalidProblem
            If a row breaks a rule; the message says which and what to do.
        """
        operations = _columns(self._operations, 9)
        arcs = sorted(self._arcs)
        after, before, kind, lag, end_lag, maximum_wait = _columns(arcs, 6)
        due, weight = _columns(self._orders, 2)
        return Problem(
            operations=Operations(
                order=operations[0],
                release=operations[1],
                resumable=operations[2],
                recipe=operations[3],
                size=operations[4],
                first_alternative=frozen_ints([*operations[8], len(self._alternatives)]),
                fixed_alternative=operations[5],
                fixed_start=operations[6],
                remaining=operations[7],
            ),
            alternatives=Alternatives(*_columns(self._alternatives, 7)),
            precedence=Precedence(
                first=frozen_ints(np.searchsorted(after, np.arange(len(self._operations) + 1))),
                before=before,
                after=after,
                kind=kind,
                lag=lag,
                end_lag=end_lag,
                maximum_wait=maximum_wait,
            ),
            machines=Machines(*_columns(self._machines, 6)),
            setups=SetupMatrices.from_rows(self._matrices),
            calendars=Calendars.from_rows(self._calendars),
            pools=Pools.from_rows(
                [kind for kind, _ in self._pools], [steps for _, steps in self._pools]
            ),
            orders=Orders(
                due,
                weight,
                frozen_ints(self._last_operation.get(j, -1) for j in range(len(self._orders))),
            ),
            maintenance=Maintenance(*_columns(self._maintenance, 4)),
            now=self.now,
            horizon=self.horizon,
            labels=Labels(**{table: tuple(names) for table, names in self._labels.items()}),
        )

    def _pool(self, kind: int, steps: Sequence[tuple[int, int, int]], label: str) -> int:
        self._pools.append((kind, steps))
        return self._labelled("pools", label)

    def _labelled(self, table: str, label: str) -> int:
        self._labels[table].append(label)
        return len(self._labels[table]) - 1


_LONG_AGO = -(2**40)  # before any plant: started operations may hold a tool since then


def _columns(rows: Sequence[_Row], width: int) -> list[Ints]:
    table = np.array(rows, dtype=np.int64).reshape(-1, width)
    return [frozen_ints(table[:, column]) for column in range(width)]
