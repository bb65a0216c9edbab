"""Look for a good schedule, tell how far it is, and stop when somebody asks for what there is."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from obeya.engines.scheduling import (
    Budget,
    Objective,
    Problem,
    Schedule,
    Unschedulable,
    check,
    measure,
    solve,
)
from obeya.engines.scheduling.polish import CpSatMissing, is_solved_whole, polish
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.bridge.placements import Placements
from obeya.modules.scheduling.goals import SMALLEST_CHANGE, Wish
from obeya.modules.scheduling.models import PlanVersion
from obeya.modules.scheduling.refusals import CannotBePlanned, PlanBreaksRule
from obeya.modules.scheduling.verifying import broken_rules
from obeya.plant.log.runs import RunHandle

WORKERS = 2  # as many on every machine: the number is part of what decides the plan


def search(
    plant: PlantProblem,
    wish: Wish,
    *,
    in_force: PlanVersion | None,
    handle: RunHandle | None,
    problem: Problem | None = None,
    start: Schedule | None = None,
) -> Schedule:
    """The best schedule that the wished effort finds, verified by the independent checker.

    ``problem`` is the plant's own, or one in which more stands still; ``start`` a schedule of it
    to go on from: the answer is never worse.

    Raises
    ------
    CannotBePlanned, PlanBreaksRule, NothingToStayCloseTo
    """
    problem = problem or plant.problem
    reference = _reference(plant, in_force) if wish.goal == SMALLEST_CHANGE else None

    def tell(_worth: Sequence[float], found: Schedule) -> None:
        if handle is not None:
            figures = measure(problem, found)
            said = _("%(late)s late, %(setup).0f h of setup")
            words = said % {"late": figures.late_orders, "setup": figures.setup / 3600}
            handle.progress(2, 4, step=words)

    objective = wish.objective(reference)
    try:
        schedule = solve(
            problem,
            objective=objective,
            budget=_budget(wish.moves(len(problem)), handle),
            workers=WORKERS,
            start=start,
            on_better=tell,
        )
    except Unschedulable as failure:
        raise CannotBePlanned(str(failure)) from failure
    if is_solved_whole(problem):
        schedule = _polished(problem, schedule, objective, _budget(wish.windows, handle))
    if handle is not None:
        handle.progress(2, 4, step=_("checking every rule"))
    if found := check(problem, schedule):  # of a large plan it takes seconds, its search minutes
        raise PlanBreaksRule(f"{broken_rules(plant, found)} The draft stays. Please report this.")
    return schedule


def _budget(work_units: int, handle: RunHandle | None) -> Budget:
    return Budget(work_units, handle.should_stop) if handle is not None else Budget(work_units)


def _polished(
    problem: Problem, schedule: Schedule, objective: Objective, budget: Budget
) -> Schedule:
    """Never worse. In a small plan CP-SAT often finds more than the search; in a large one not."""
    try:
        return polish(problem, schedule, objective=objective, budget=budget)
    except CpSatMissing:  # an extra that a plant may do without
        return schedule


def _reference(plant: PlantProblem, in_force: PlanVersion | None) -> Schedule | None:
    if in_force is None:
        return None
    return Placements.unpack(in_force.columns).schedule(plant)
