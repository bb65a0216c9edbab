"""Look for a good schedule, tell how far it is, and stop when somebody asks for what there is."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from obeya.engines.scheduling import Budget, Problem, Schedule, Unschedulable, check, measure, solve
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.bridge.placements import Placements
from obeya.modules.scheduling.goals import SMALLEST_CHANGE, Wish
from obeya.modules.scheduling.models import PlanVersion
from obeya.modules.scheduling.refusals import CannotBePlanned
from obeya.plant.log.runs import RunHandle

WORKERS = 2  # as many on every machine: the number is part of what decides the plan
_CHECKED_UP_TO = 20_000  # operations; the checker is plain Python and slow on purpose


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
    CannotBePlanned, NothingToStayCloseTo
    """
    problem = problem or plant.problem
    reference = _reference(plant, in_force) if wish.goal == SMALLEST_CHANGE else None

    def tell(_worth: Sequence[float], found: Schedule) -> None:
        if handle is not None:
            figures = measure(problem, found)
            said = _("%(late)s late, %(setup).0f h of setup")
            words = said % {"late": figures.late_orders, "setup": figures.setup / 3600}
            handle.progress(2, 4, step=words)

    moves = wish.moves(len(problem))
    budget = Budget(moves, handle.should_stop) if handle is not None else Budget(moves)
    try:
        schedule = solve(
            problem,
            objective=wish.objective(reference),
            budget=budget,
            workers=WORKERS,
            start=start,
            on_better=tell,
        )
    except Unschedulable as failure:
        raise CannotBePlanned(str(failure)) from failure
    if len(problem) <= _CHECKED_UP_TO and (found := check(problem, schedule)):
        raise CannotBePlanned(f"The plan breaks a rule: {found[0].message} Please report this.")
    return schedule


def _reference(plant: PlantProblem, in_force: PlanVersion | None) -> Schedule | None:
    if in_force is None:
        return None
    return Placements.unpack(in_force.columns).schedule(plant)
