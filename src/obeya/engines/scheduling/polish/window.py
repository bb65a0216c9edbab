"""A window solved: other machines, turns and times for some operations, all others untouched."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ..objective import Objective
from ..problem import Problem
from ..schedule import Schedule
from .aim import PER_WORTH, aim
from .cp_sat import Expression, Limit, cp_model, solver
from .hint import hint_plan
from .sequence import Sequence, keep_apart
from .shared import keep_within_pools
from .window_model import Choice, Window


@dataclass(frozen=True)
class Answer:
    """What CP-SAT found.

    Attributes
    ----------
    schedule
        The whole plan, or None if it found none.
    bound
        What it proved that the first tier is not below, whatever the window does; counts only
        what the window changes.
    is_best
        Whether it proved that nothing of the window can be better.
    """

    schedule: Schedule | None
    bound: float
    is_best: bool


def solve_window(
    problem: Problem,
    schedule: Schedule,
    rows: list[int],
    objective: Objective,
    *,
    limit: Limit,
    earliest: int,
    latest: int,
    is_open_ended: bool = False,
) -> Answer:
    """Find better places for some operations, without batch machines among their alternatives.

    Parameters
    ----------
    schedule
        A plan that holds.
    rows
        Operations that may move between ``earliest`` and ``latest`` [s].
    is_open_ended
        See `Window`: the plan may then not hold; the bound does.
    """
    times = {"earliest": earliest, "latest": latest}
    window = Window(problem, schedule, rows, **times, is_open_ended=is_open_ended)
    setup_s = constrain(window)
    hint_plan(window)
    plan, bound, is_best = None, 0.0, True
    for number, tier in enumerate(objective.tiers):
        goal = aim(window, objective, tier, setup_s)
        window.model.minimize(goal)
        found = solver(limit)
        status = found.solve(window.model)
        if number == 0:
            bound = found.best_objective_bound / PER_WORTH
        is_best &= status == cp_model().OPTIMAL
        if status not in (cp_model().OPTIMAL, cp_model().FEASIBLE):
            is_best = False
            bound = 0.0 if status == cp_model().INFEASIBLE else bound
            break
        plan = _plan(window, found)
        if number + 1 < len(objective.tiers):
            window.model.add(goal <= round(found.objective_value))
            _hint_answer(window, found)
    return Answer(plan, bound, is_best)


def constrain(window: Window) -> dict[int, Expression]:
    """All that machines and pools ask; seconds of setup by machine.

    What shares batches is left out: in a bound only is it part of a window.
    """
    places, machine_of = window.problem.machines.places, window.problem.alternatives.machine
    on_machine = defaultdict[int, list[Choice]](list)
    for choice in window.choices:
        if not places[machine_of[choice.way]]:
            on_machine[int(machine_of[choice.way])].append(choice)
    setup_s: dict[int, Expression] = {}
    for machine, choices in on_machine.items():
        keep_apart(window, machine, choices)
        if window.problem.machines.setup_matrix[machine] >= 0:
            setup_s[machine] = Sequence(window, machine, choices).seconds
    keep_within_pools(window)
    return setup_s


def _hint_answer(window: Window, found: Any) -> None:
    """Let the next tier begin where this one has ended."""
    model = window.model
    model.clear_hints()
    for index in range(len(model.proto.variables)):
        variable = model.get_int_var_from_proto_index(index)
        model.add_hint(variable, found.value(variable))


def _plan(window: Window, found: Any) -> Schedule:
    old = window.schedule
    way, begin, start, end = (
        column.copy() for column in (old.alternative, old.setup_start, old.start, old.end)
    )
    for choice in window.choices:
        if found.value(choice.is_taken):
            row, moment = choice.operation, choice.moment
            way[row] = choice.way
            begin[row], start[row], end[row] = (
                found.value(each) for each in (moment.begin, moment.start, moment.end)
            )
    return Schedule.of(
        window.problem,
        alternative=way,
        setup_start=begin,
        start=start,
        end=end,
        maintenance_start=old.maintenance_start,
    )
