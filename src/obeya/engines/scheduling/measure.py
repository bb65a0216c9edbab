"""How good a schedule is."""

from dataclasses import dataclass

import numpy as np

from .arrays import Ints
from .problem import Problem
from .schedule import Schedule


@dataclass(frozen=True)
class Measures:
    """Objective figures; less is better.

    Attributes
    ----------
    weighted_tardiness : int
        Sum over orders of weight times seconds late [weight s].
    tardiness : int
        The same without weights [s].
    late_orders : int
        Orders that complete after their due time.
    setup : int
        Seconds of setup; a batch is set up once.
    makespan : int
        From ``now`` to the last end [s].
    flow_time : int
        Sum over orders of completion less ``now`` [s].
    """

    weighted_tardiness: int
    tardiness: int
    late_orders: int
    setup: int
    makespan: int
    flow_time: int


def measure(problem: Problem, schedule: Schedule) -> Measures:
    """Compute the objective figures of a complete schedule.

    Setup counts what the setup matrix asks for, not the clock time that it takes: a setup over
    night is no worse than one in the morning.
    """
    orders = problem.orders
    open_orders = orders.last_operation >= 0
    completion = schedule.end[orders.last_operation[open_orders]]
    late = np.maximum(completion - orders.due[open_orders], 0)
    return Measures(
        weighted_tardiness=int((late * orders.weight[open_orders]).sum()),
        tardiness=int(late.sum()),
        late_orders=int((late > 0).sum()),
        setup=int(setup_asked(problem, schedule)[1].sum()),
        makespan=int(schedule.end.max() - problem.now) if len(schedule) else 0,
        flow_time=int((completion - problem.now).sum()),
    )


def setup_asked(problem: Problem, schedule: Schedule) -> tuple[Ints, Ints]:
    """Machine and seconds of each setup that the setup matrices ask for."""
    rows = np.lexsort((schedule.setup_start, schedule.end, schedule.start, schedule.machine))
    machine, start = schedule.machine[rows], schedule.start[rows]
    same_machine = machine[1:] == machine[:-1]
    same_batch = (
        same_machine & (start[1:] == start[:-1]) & (problem.machines.places[machine[1:]] > 0)
    )
    family = problem.alternatives.family[schedule.alternative[rows]]
    before = np.where(
        np.concatenate([[False], same_machine]),
        np.concatenate([[-1], family[:-1]]),
        problem.machines.initial_family[machine],
    )
    matrix = problem.machines.setup_matrix[machine]
    started = problem.operations.remaining[rows] >= 0  # its setup is history
    asked = (np.minimum(np.minimum(matrix, before), family) >= 0) & ~started
    asked &= ~np.concatenate([[False], same_batch])
    setups = problem.setups
    cell = setups.first[matrix[asked]] + before[asked] * setups.families[matrix[asked]]
    return machine[asked], setups.seconds[cell + family[asked]]
