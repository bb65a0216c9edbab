"""The tables of a problem while they are changed."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from ..arrays import Ints, frozen_ints
from ..problem import (
    END_TO_START,
    OVERLAP,
    Alternative,
    Alternatives,
    Labels,
    Machines,
    Maintenance,
    Operations,
    Orders,
    Precedence,
    Problem,
)
from .columns import (
    append,
    changed_steps,
    columns_of,
    extend,
    frozen,
    part_of,
    with_calendars,
    with_steps,
)
from .new_order import NewOperation, NewOrder


@dataclass(frozen=True, eq=False)
class Rebuilt:
    """A changed problem, and where the rows of the old one went (-1: left out).

    Attributes
    ----------
    operation_of, alternative_of : shape (rows of the tables,)
        New rows by the rows of the tables, old ones first.
    """

    problem: Problem
    operation_of: Ints
    alternative_of: Ints


class Tables:
    """Copies of the columns of a problem, to be changed and built anew."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.now = problem, problem.now
        self.operation = columns_of(problem.operations, without="first_alternative")
        self.way = columns_of(problem.alternatives)
        self.arc = columns_of(problem.precedence, without="first")
        self.machine = columns_of(problem.machines)
        self.order = columns_of(problem.orders)
        self.maintenance = columns_of(problem.maintenance)
        self.labels = {f.name: list(getattr(problem.labels, f.name)) for f in fields(Labels)}
        self.left_out: set[int] = set()  # operations
        self.ways_left_out: set[int] = set()
        self._new_calendars: list[Sequence[tuple[int, int]]] = []
        self._pool_steps: dict[int, list[tuple[int, int, int]]] = {}

    def __len__(self) -> int:
        return len(self.operation["order"])

    def add_order(self, new: NewOrder) -> tuple[int, list[int]]:
        """Add an order; answers its row and those of its operations."""
        rows = [self.add_operation(o, order=len(self.order["due"])) for o in new.operations]
        for after, operation in zip(rows, new.operations, strict=True):
            for link in operation.after:
                kind = END_TO_START if link.end_lag is None else OVERLAP
                self.add_arc(
                    rows[link.position],
                    after,
                    kind=kind,
                    lag=link.lag,
                    end_lag=link.end_lag or 0,
                    maximum_wait=link.maximum_wait,
                )
        append(self.order, due=new.due, weight=new.weight, last_operation=rows[-1])
        self._name("orders", new.label, len(self.order["due"]))
        return len(self.order["due"]) - 1, rows

    def add_operation(self, new: NewOperation, *, order: int) -> int:
        """Add an operation of an order; answers its row."""
        row = len(self)
        append(
            self.operation,
            order=order,
            release=self.now if new.release is None else new.release,
            resumable=int(new.resumable),
            recipe=new.recipe,
            size=new.size,
            fixed_alternative=-1,
            fixed_start=0,
            remaining=-1,
        )
        extend(self.way, [_way_row(row, alternative) for alternative in new.alternatives])
        self._name("operations", new.label, row + 1)
        return row

    def copy_operation(self, row: int, *, share: float) -> int:
        """Add an operation like another one, with a share of its run, and free; without arcs."""
        ways = np.flatnonzero(self.way["operation"] == row)
        copy = len(self)
        for column in self.operation:
            self.operation[column] = np.append(self.operation[column], self.operation[column][row])
        self.operation["fixed_alternative"][copy] = self.operation["remaining"][copy] = -1
        self.operation["fixed_start"][copy] = 0
        for way in ways:
            for column in self.way:
                self.way[column] = np.append(self.way[column], self.way[column][way])
            self.way["operation"][-1] = copy
            self.way["run"][-1] = part_of(int(self.way["run"][way]), share)
        old = self.labels["operations"]
        self._name("operations", old[row] if row < len(old) else "", copy + 1)
        return copy

    def add_way(self, operation: int, way: Alternative) -> int:
        """Add an alternative to an operation; answers its row in these tables."""
        extend(self.way, [_way_row(operation, way)])
        return len(self.way["machine"]) - 1

    def add_arc(
        self,
        before: int,
        after: int,
        *,
        kind: int = END_TO_START,
        lag: int = 0,
        end_lag: int = 0,
        maximum_wait: int = -1,
    ) -> None:
        """Let an operation come after another one."""
        append(
            self.arc,
            before=before,
            after=after,
            kind=kind,
            lag=lag,
            end_lag=end_lag,
            maximum_wait=maximum_wait,
        )

    def add_machine(self, calendar: int, label: str) -> int:
        """Add a machine without setups that does one thing at a time."""
        append(
            self.machine,
            calendar=calendar,
            setup_matrix=-1,
            initial_family=-1,
            places=0,
            resumable=1,
            setter=-1,
        )
        self._name("machines", label, len(self.machine["calendar"]))
        return len(self.machine["calendar"]) - 1

    def add_calendar(self, intervals: Sequence[tuple[int, int]]) -> int:
        """Add a calendar; answers its row."""
        self._new_calendars.append(intervals)
        return len(self.problem.calendars) + len(self._new_calendars) - 1

    def add_maintenance(self, machine: int, start: int, end: int) -> None:
        """Take a machine away for a time that nothing can change."""
        append(self.maintenance, machine=machine, duration=end - start, earliest=start, latest=end)

    def change_pool(self, pool: int, start: int, end: int, heads: int) -> None:
        """Give a pool so many heads more, or fewer, between two moments; never below none."""
        steps = self._pool_steps.get(pool)
        steps = self.problem.pools.steps(pool) if steps is None else steps
        self._pool_steps[pool] = changed_steps(steps, start, end, heads)

    def build(self) -> Rebuilt:
        """Freeze the tables.

        Raises
        ------
        InvalidProblem
            If they contradict themselves.
        """
        kept = np.ones(len(self), bool)
        kept[list(self.left_out)] = False
        operation_of = np.where(kept, np.cumsum(kept) - 1, -1)
        kept_way = kept[self.way["operation"]]
        kept_way[list(self.ways_left_out)] = False
        rows = np.flatnonzero(kept_way)
        rows = rows[np.argsort(self.way["operation"][rows], kind="stable")]
        alternative_of = np.full(len(self.way["run"]) + 1, -1, np.int64)
        alternative_of[rows] = np.arange(len(rows))
        way = {name: column[rows] for name, column in self.way.items()}
        way["operation"] = operation_of[way["operation"]]
        operation = {name: column[kept] for name, column in self.operation.items()}
        operation["fixed_alternative"] = alternative_of[operation["fixed_alternative"]]
        first = np.searchsorted(way["operation"], np.arange(int(kept.sum()) + 1))
        last = self.order["last_operation"]
        order = self.order | {"last_operation": np.append(operation_of, -1)[last]}
        problem = replace(
            self.problem,
            operations=Operations(first_alternative=frozen_ints(first), **frozen(operation)),
            alternatives=Alternatives(**frozen(way)),
            precedence=self._precedence(kept, operation_of),
            machines=Machines(**frozen(self.machine)),
            calendars=with_calendars(self.problem.calendars, self._new_calendars),
            pools=with_steps(self.problem.pools, self._pool_steps),
            orders=Orders(**frozen(order)),
            maintenance=Maintenance(**frozen(self.maintenance)),
            now=self.now,
            labels=self._labels(kept),
        )
        return Rebuilt(problem, frozen_ints(operation_of), frozen_ints(alternative_of[:-1]))

    def _precedence(self, kept: Any, operation_of: Ints) -> Precedence:
        rows = np.flatnonzero(kept[self.arc["before"]] & kept[self.arc["after"]])
        rows = rows[np.argsort(self.arc["after"][rows], kind="stable")]
        arc = {name: column[rows] for name, column in self.arc.items()}
        arc["before"], arc["after"] = operation_of[arc["before"]], operation_of[arc["after"]]
        first = np.searchsorted(arc["after"], np.arange(int(kept.sum()) + 1))
        return Precedence(first=frozen_ints(first), **frozen(arc))

    def _labels(self, kept: Any) -> Labels:
        names = self.labels["operations"]
        rows = np.flatnonzero(kept).tolist() if names else []
        own = tuple(names[row] if row < len(names) else "" for row in rows)
        others = {table: tuple(rows) for table, rows in self.labels.items()}
        return Labels(**(others | {"operations": own}))

    def _name(self, table: str, label: str, rows: int) -> None:
        names = self.labels[table]
        if label or names:
            names += [""] * (rows - 1 - len(names))
            names.append(label)


def _way_row(operation: int, way: Alternative) -> dict[str, int]:
    return {
        "operation": operation,
        "machine": way.machine,
        "run": way.run,
        "family": -1 if way.family is None else way.family,
        "crew": way.crew,
        "heads": way.heads,
        "tool": way.tool,
    }
