"""Machines shared out among searches that work side by side."""

import numpy as np
from numpy.typing import NDArray

from ..problem import Problem

Share = NDArray[np.bool_]


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
    for one, other in np.unique(np.column_stack([leading, machine]), axis=0).tolist():
        parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for number in range(len(problem.machines)):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())


def shares(
    groups: list[list[int]], load: NDArray[np.int64], workers: int, luck: np.random.Generator
) -> list[Share]:
    """Deal machines out, whole groups if there are enough, so that loads are about equal.

    Parameters
    ----------
    load : shape (M,)
        How much there is to move on each machine.
    """
    parts = groups if len(groups) >= 2 * workers else [[m] for group in groups for m in group]
    dealt = [np.zeros(len(load), bool) for _ in range(workers)]
    amounts = np.zeros(workers)
    for part in (parts[i] for i in luck.permutation(len(parts))):
        least = int(np.argmin(amounts))
        dealt[least][part] = True
        amounts[least] += load[part].sum()
    return dealt
