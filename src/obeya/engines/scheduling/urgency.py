"""How urgent each operation is, before any machine is asked."""

import numpy as np

from .arrays import Ints
from .kernels import plant as columns
from .kernels.topology import urgency
from .packing import Packed


def tails_and_dues(packed: Packed, due: Ints) -> Ints:
    """Clock seconds from the start of each operation to the end of its order, and its due time.

    An operation counts with its fastest alternative, stretched by the share of clock time that
    the calendar of that alternative works.

    Parameters
    ----------
    due : shape (J,)
        Due time of each order [s].

    Returns
    -------
    shape (N, 2)
    """
    problem, plant = packed.problem, packed.plant
    own_due = np.full(len(problem), problem.horizon, dtype=np.int64)
    last = problem.orders.last_operation
    np.minimum.at(own_due, last[last >= 0], due[last >= 0])
    return urgency(
        plant.op, plant.arc, plant.following, packed.topological, fastest(packed), own_due
    )


def fastest(packed: Packed) -> Ints:
    """Clock seconds that each operation takes at best. shape (N,)"""
    problem, plant = packed.problem, packed.plant
    if not len(problem):
        return np.zeros(0, np.int64)
    length = np.concatenate([[0], np.cumsum(plant.span[:, 1] - plant.span[:, 0])])
    worked = np.maximum(length[plant.calendar[1:]] - length[plant.calendar[:-1]], 1)
    stretch = np.maximum((problem.horizon - problem.now) / worked, 1.0)
    clock = plant.way[:, columns.RUN] * stretch[plant.way[:, columns.CALENDAR]]
    return np.minimum.reduceat(clock, problem.operations.first_alternative[:-1]).astype(np.int64)
