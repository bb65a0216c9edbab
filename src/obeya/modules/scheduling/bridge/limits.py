"""Time limits that nobody can keep any more: what runs already ends when it ends."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from obeya.engines.scheduling import Problem, Schedule, Unschedulable, dispatch
from obeya.engines.scheduling.unschedulable import MAXIMUM_WAIT
from obeya.modules.scheduling.bridge.plant_problem import PlantProblem


def attainable(plant: PlantProblem) -> PlantProblem:
    """The plant, without the limits after running work that no plan can keep.

    A furnace runs, and what must follow it within four hours is broken down: the plant needs a
    plan all the same, in which that comes as soon as it can. Limits that can be kept stay, and so
    do those after work that can still be put off.
    """
    if not _after_facts(plant.problem).any():
        return plant
    try:
        return keeping_what_can_be(plant, dispatch)[0]
    except Unschedulable:
        return plant  # another rule stands in the way: whoever plans is told which


def keeping_what_can_be(
    plant: PlantProblem, solve: Callable[[Problem], Schedule]
) -> tuple[PlantProblem, Schedule]:
    """A schedule, and the plant without those limits after running work that had to go for it.

    Raises
    ------
    Unschedulable
        Something else stands in the way.
    """
    while True:
        try:
            return plant, solve(plant.problem)
        except Unschedulable as failure:
            without = _without(plant, failure)
            if without is None:
                raise
            plant = without


def _after_facts(problem: Problem) -> np.ndarray:
    arcs, fixed = problem.precedence, problem.fixed
    return fixed[arcs.before] & ~fixed[arcs.after] & (arcs.maximum_wait >= 0)


def _without(plant: PlantProblem, failure: Unschedulable) -> PlantProblem | None:
    arcs = plant.problem.precedence
    lifted = _after_facts(plant.problem) & (arcs.after == failure.operation)
    if failure.reason != MAXIMUM_WAIT or not lifted.any():
        return None
    waits = np.where(lifted, -1, arcs.maximum_wait)
    waits.setflags(write=False)
    problem = replace(plant.problem, precedence=replace(arcs, maximum_wait=waits))
    return replace(plant, problem=problem, unkept=(*plant.unkept, failure.operation))
