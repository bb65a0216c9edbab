"""A good plan made a little better: windows around its worst orders, each solved by CP-SAT."""

from ..budget import Budget
from ..checker import check
from ..objective import ON_TIME_FIRST, Objective
from ..problem import Problem
from ..schedule import Schedule
from ..search.worth import worth
from .cp_sat import Limit
from .neighbourhood import Neighbourhoods, by_urgency, is_movable
from .window import solve_window

_SIZE = 60  # operations of a window
_MARGIN_S = 86_400  # by which they may leave the time of their window
_WORK = 0.5  # of CP-SAT's deterministic time for one window


def is_solved_whole(problem: Problem) -> bool:
    """Whether there is something to move, and little enough for one window."""
    return 0 < int(is_movable(problem).sum()) <= _SIZE


def polish(
    problem: Problem,
    schedule: Schedule,
    *,
    objective: Objective = ON_TIME_FIRST,
    budget: Budget,
    seed: int = 0,
) -> Schedule:
    """Try to make a plan better; never worse, and the same on every run.

    A plan of up to 60 movable operations is solved as a whole. In a larger one, windows are taken
    around its orders, the most urgent first; it ends when none of them gives anything. A window
    leaves what is outside of it untouched.

    Parameters
    ----------
    schedule
        A plan that holds every constraint.
    budget
        One work unit is one window.

    Raises
    ------
    CpSatMissing
        If OR-Tools is not installed.
    """
    best, value = schedule, worth(problem, schedule, objective)
    near, tried = Neighbourhoods(problem), set[int]()
    is_whole = is_solved_whole(problem)  # then no order is needed to say where to begin
    for number in range(budget.work_units):
        order = next((j for j in by_urgency(problem, best).tolist() if j not in tried), -1)
        if (order < 0 and not is_whole) or budget.should_stop():
            break
        tried.add(order)
        rows = near.around(best, order, _SIZE)
        if not rows:
            continue
        work = _WORK * (budget.work_units if is_whole else 1)
        found = solve_window(
            problem,
            best,
            rows,
            objective,
            limit=Limit(work, seed=seed + number),
            earliest=problem.now if is_whole else int(best.setup_start[rows].min()) - _MARGIN_S,
            latest=int(best.end[rows].max()) + _MARGIN_S,
        ).schedule
        if found and worth(problem, found, objective) < value and not check(problem, found):
            best, value, tried = found, worth(problem, found, objective), set()
        if is_whole:
            break
    return best
