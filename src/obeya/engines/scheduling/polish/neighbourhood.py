"""Which operations stand in the way of an order."""

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..machine_groups import machine_groups
from ..problem import Problem
from ..schedule import Schedule


class Neighbourhoods:
    """Windows around orders: what runs near to their operations on machines that could do them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.movable = np.flatnonzero(is_movable(problem))
        self._group = np.empty(len(problem.machines), np.int64)
        for number, machines in enumerate(machine_groups(problem)):
            self._group[machines] = number

    def around(self, schedule: Schedule, order: int, size: int) -> list[int]:
        """So many movable operations, the nearest in time to those of the order."""
        if len(self.movable) <= size:
            return [int(row) for row in self.movable]
        own = np.flatnonzero(self.problem.operations.order == order)
        group, rows = self._group[schedule.machine], self.movable
        apart = np.abs(schedule.start[rows, None] - schedule.start[own])
        apart = np.where(group[rows, None] == group[own], apart, np.iinfo(np.int64).max)
        nearest = apart.min(axis=1, initial=np.iinfo(np.int64).max)
        chosen = np.argsort(nearest, kind="stable")[:size]
        return sorted(rows[chosen[nearest[chosen] < np.iinfo(np.int64).max]].tolist())


def is_movable(problem: Problem) -> NDArray[np.bool_]:
    """Operations that a window may move: not fixed, and for no batch machine. shape (N,)"""
    ways, first = problem.alternatives, problem.operations.first_alternative
    in_batches = np.add.reduceat(problem.machines.places[ways.machine] > 0, first[:-1])
    return np.asarray(~problem.fixed & (in_batches == 0))


def by_urgency(problem: Problem, schedule: Schedule) -> Ints:
    """Open orders, those with most weighted tardiness first, then those done last."""
    orders = problem.orders
    rows = np.flatnonzero(orders.last_operation >= 0)
    done = schedule.end[orders.last_operation[rows]]
    late = np.maximum(done - orders.due[rows], 0) * orders.weight[rows]
    return rows[np.lexsort((-done, -late))]
