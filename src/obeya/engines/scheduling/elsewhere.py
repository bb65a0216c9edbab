"""Why an operation is on its machine: what each other alternative would mean."""

from dataclasses import dataclass

import numpy as np

from .cause import Cause
from .change import loaded
from .explain import Binding, why_not_earlier
from .kernels.group import best_slot
from .packing import packed
from .problem import Problem
from .schedule import Schedule


@dataclass(frozen=True)
class Elsewhere:
    """One other alternative of an operation, all other operations staying where they are.

    Attributes
    ----------
    alternative, machine
        Its rows.
    start, end
        When it could run there at the earliest; None if not before the horizon.
    later
        How much later than now it would end [s]; below 0 is sooner. None if never.
    extra_run
        How much longer its run takes there [s].
    binding
        What keeps it from starting there earlier.
    """

    alternative: int
    machine: int
    start: int | None
    end: int | None
    later: int | None
    extra_run: int
    binding: Binding


def why_this_machine(problem: Problem, schedule: Schedule, operation: int) -> tuple[Elsewhere, ...]:
    """Try an operation on each of its other alternatives; the one that ends first stands first.

    A fixed operation has no other alternative. What follows is not asked whether it could wait.
    """
    if problem.fixed[operation]:
        return ()
    pack = packed(problem, schedule.maintenance_start)
    state = loaded(pack, schedule, without=np.array([operation], np.int64))
    ways, chosen = problem.alternatives, int(schedule.alternative[operation])
    found = []
    for way in problem.alternatives_of(operation):
        if way == chosen:
            continue
        state.only_way[operation] = way
        there, slot = best_slot(pack.plant, state, operation)
        machine, extra = int(ways.machine[way]), int(ways.run[way] - ways.run[chosen])
        if there < 0:
            nowhere = Binding(Cause.OFF_SHIFT, -1)
            found.append(Elsewhere(way, machine, None, None, None, extra, nowhere))
            continue
        _, setup_start, start, end = slot
        moved = _with(problem, schedule, operation, (way, setup_start, start, end))
        binding = why_not_earlier(problem, moved, operation)
        later = int(end - schedule.end[operation])
        found.append(Elsewhere(way, machine, int(start), int(end), later, extra, binding))
    never = problem.horizon
    return tuple(sorted(found, key=lambda e: (never if e.end is None else e.end, e.alternative)))


def _with(
    problem: Problem, schedule: Schedule, operation: int, bar: tuple[int, int, int, int]
) -> Schedule:
    columns = [
        column.copy()
        for column in (schedule.alternative, schedule.setup_start, schedule.start, schedule.end)
    ]
    for column, value in zip(columns, bar, strict=True):
        column[operation] = value
    return Schedule.of(
        problem,
        alternative=columns[0],
        setup_start=columns[1],
        start=columns[2],
        end=columns[3],
        maintenance_start=schedule.maintenance_start,
    )
