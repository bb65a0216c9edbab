"""Lower bounds for the report: what CP-SAT proved in the given time, and no more."""

from dataclasses import replace

import numpy as np

from ..arrays import frozen_ints
from ..dispatch import dispatch
from ..objective import ON_TIME_FIRST, Objective
from ..plain.bound import lower_bound
from ..plain.shop import PlainShop
from ..problem import Maintenance, Problem
from .cp_sat import Expression, Limit, cp_model, solver
from .window import solve_window

_MOST_OPERATIONS = 150  # of a plant
_MOST_PLAIN_OPERATIONS = 600


def worth_bound(problem: Problem, *, objective: Objective = ON_TIME_FIRST, limit: Limit) -> float:
    """No plan is worth less than this in the first tier of an objective.

    Left out, so that it stays a bound: maintenance that can move, what batch machines and the
    crews at them can take, overtime and energy, breaks and crews after the end of a first plan.

    Raises
    ------
    ValueError
        If there are more than 150 operations.
    Unschedulable
        If there is no first plan.
    CpSatMissing
    """
    if len(problem) > _MOST_OPERATIONS:
        raise ValueError(f"{len(problem)} operations. Expected {_MOST_OPERATIONS} or fewer.")
    jobs = problem.maintenance
    rigid = jobs.latest - jobs.earliest == jobs.duration
    columns = (jobs.machine, jobs.duration, jobs.earliest, jobs.latest)
    kept = Maintenance(*(frozen_ints(column[rigid]) for column in columns))
    loose = replace(problem, maintenance=kept)
    plan = dispatch(loose)
    rows = np.flatnonzero(problem.operations.remaining < 0).tolist()
    latest = int(plan.end.max(initial=problem.now))
    answer = solve_window(
        loose,
        plan,
        rows,
        objective,
        limit=limit,
        earliest=problem.now,
        latest=latest,
        is_open_ended=True,
    )
    return max(0.0, answer.bound)


def makespan_bound(shop: PlainShop, *, limit: Limit) -> int:
    """No plan of a plain shop is shorter than this [s]; setups are not counted.

    Raises
    ------
    ValueError
        If there are more than 600 operations.
    CpSatMissing
    """
    if len(shop) > _MOST_PLAIN_OPERATIONS:
        raise ValueError(f"{len(shop)} operations. Expected {_MOST_PLAIN_OPERATIONS} or fewer.")
    least = lower_bound(shop)
    model = cp_model().CpModel()
    first = shop.first_alternative.tolist()
    longest = np.maximum.reduceat(shop.duration, first[:-1]).sum() if len(shop) else 0
    horizon = int(longest + shop.release.max(initial=0) + shop.tail.max(initial=0))
    makespan = model.new_int_var(least, max(least, horizon), "makespan")
    ends: list[Expression] = []
    on_machine: list[list[Expression]] = [[] for _ in range(shop.machines)]
    starts = [model.new_int_var(int(release), horizon, "") for release in shop.release]
    for row, start in enumerate(starts):
        end, given = model.new_int_var(0, horizon, ""), []
        for way in range(first[row], first[row + 1]):
            is_taken, run = model.new_bool_var(""), int(shop.duration[way])
            interval = model.new_optional_interval_var(start, run, start + run, is_taken, "")
            model.add(end == start + run).only_enforce_if(is_taken)
            on_machine[shop.machine[way]].append(interval)
            given.append(is_taken)
        model.add_exactly_one(given)
        model.add(makespan >= end + int(shop.tail[row]))
        ends.append(end)
    predecessor = shop.first_predecessor.tolist()
    for row, start in enumerate(starts):
        for before in shop.predecessor[predecessor[row] : predecessor[row + 1]].tolist():
            model.add(start >= ends[before])
    for intervals in on_machine:
        model.add_no_overlap(intervals)
    model.minimize(makespan)
    found = solver(limit)
    found.solve(model)
    proved: int = round(found.best_objective_bound)
    return max(least, proved)
