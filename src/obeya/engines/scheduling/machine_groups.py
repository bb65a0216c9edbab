"""Machines that stand in for each other, and how busy they will be."""

import numpy as np
from numpy.typing import NDArray

from .arrays import Ints, distinct
from .kernels.plant import OWN_CALENDAR, SPAN_END, SPAN_START
from .packing import Packed
from .problem import Problem


def machine_groups(problem: Problem) -> list[list[int]]:
    """Machines that alternatives connect, directly or through others."""
    parent = list(range(len(problem.machines)))

    def root(machine: int) -> int:
        while parent[machine] != machine:
            parent[machine] = parent[parent[machine]]
            machine = parent[machine]
        return machine

    first = problem.operations.first_alternative
    machine = problem.alternatives.machine
    leading = machine[first[:-1]][problem.alternatives.operation]
    pairs = distinct(leading * len(problem.machines) + machine)
    for one, other in np.column_stack(np.divmod(pairs, len(problem.machines))).tolist():
        parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for number in range(len(problem.machines)):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())


def busiest(pack: Packed, most: int) -> list[NDArray[np.bool_]]:
    """The free operations of each of the busiest groups of machines, of the busiest first.

    Busy is the share of its working time until the last due time that its runs take, without
    setups: in an oven as many run together as fit.

    Parameters
    ----------
    most
        How many groups, if so many have anything to do.
    """
    problem = pack.problem
    group_of = np.zeros(len(problem.machines), np.int64)
    groups = machine_groups(problem)
    for number, machines in enumerate(groups):
        group_of[machines] = number
    work, machine = _work(problem)
    group, free = group_of[machine], ~problem.fixed
    asked = np.bincount(group[free], weights=work[free], minlength=len(groups))
    offered = np.bincount(group_of, weights=_offered(pack), minlength=len(groups))
    load = asked / np.maximum(offered, 1.0)
    here = [free & (group == number) for number in np.argsort(-load, kind="stable")[:most]]
    return [operations for operations in here if operations.any()]


def _offered(pack: Packed) -> Ints:
    """Working seconds of each machine until the last due time."""
    problem, plant = pack.problem, pack.plant
    due = problem.orders.due[problem.orders.last_operation >= 0]
    last = int(due.max(initial=problem.now))  # all overdue, or no order: the whole horizon
    until = min(last, problem.horizon) if last > problem.now else problem.horizon
    worked = np.clip(plant.span[:, SPAN_END], problem.now, until)
    worked -= np.clip(plant.span[:, SPAN_START], problem.now, until)
    length = np.concatenate([[0], np.cumsum(worked)])
    own = plant.machine[:, OWN_CALENDAR]
    return np.asarray(length[plant.calendar[own + 1]] - length[plant.calendar[own]])


def _work(problem: Problem) -> tuple[NDArray[np.float64], Ints]:
    """Seconds that each operation keeps a machine at best, and one of its machines."""
    ways, first = problem.alternatives, problem.operations.first_alternative[:-1]
    if not len(problem):
        return np.zeros(0), np.zeros(0, np.int64)
    places = problem.machines.places[ways.machine]
    size = problem.operations.size[ways.operation]
    run = np.where(places > 0, ways.run * size / np.maximum(places, 1), ways.run)
    return np.minimum.reduceat(run, first), ways.machine[first]
