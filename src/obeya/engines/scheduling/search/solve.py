"""From a first plan to a good one: the search on the whole plant model."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ..attempts import RULES_TO_TRY, attempt, succeeded
from ..budget import Budget
from ..objective import ON_TIME_FIRST, Objective
from ..packing import packed
from ..problem import Problem
from ..schedule import Schedule
from ..unschedulable import Unschedulable
from .cooling import Cooling
from .fitting import refuse_unfit_start
from .found import Found, OnBetter
from .layout import Layout
from .prices import Prices
from .team import Team
from .worth import compared, worth

_FEW, _MANY = 3_000, 30_000  # operations


def solve(
    problem: Problem,
    *,
    objective: Objective = ON_TIME_FIRST,
    budget: Budget,
    seed: int = 0,
    workers: int = 1,
    start: Schedule | None = None,
    held: float | None = None,
    on_better: OnBetter | None = None,
    on_moves: Callable[[int], None] | None = None,
) -> Schedule:
    """Search for a good schedule; there always is an answer, and it is never worse than the start.

    Parameters
    ----------
    budget
        One work unit is one move, evaluated exactly; all workers share them. Asked for a stop
        every fraction of a second.
    seed, workers
        With the same work, seed and number of workers the answer is the same on every run.
    start
        A plan that holds every constraint, to go on from. Without it, the best of some rules.
    held
        How far each tier counts itself as cooled down, 0 to 1, all along; see `Cooling`.
    on_better
        Told of each better plan with its worth, one figure per tier of the objective.
    on_moves
        Told now and then how many moves are done, of all workers together.

    Raises
    ------
    Unschedulable
        If there is no ``start`` and no rule finds a schedule.
    ValueError
        If ``start`` is a plan of another problem or moves what is fixed, there is no worker, or
        ``seed`` is below 0.
    """
    if workers < 1 or seed < 0:
        raise ValueError(f"{workers} workers, seed {seed}. Expected 1 or more, and 0 or more.")
    if start is not None:
        refuse_unfit_start(problem, start)
    best = start or first_schedule(problem, objective, workers=workers)
    value = worth(problem, best, objective)
    if on_better is not None:
        on_better(value, best)
    if not (~problem.fixed).any() or budget.work_units <= 0 or budget.should_stop():
        return best
    prices = Prices(problem, objective, value)
    layout = Layout(packed(problem, best.maintenance_start), prices)
    team = Team(layout, best, seed=seed, workers=workers)
    cooling = Cooling(layout, budget, held)
    found = Found(problem, objective, best, on_better)
    done = turn = 0
    stopped = has_justified = False
    with ThreadPoolExecutor(max_workers=workers) as threads:
        while done < budget.work_units and not (stopped := budget.should_stop()):
            moves, effort = cooling.epoch(done, workers)
            moves = min(moves, budget.work_units - done)
            if cooling.tier(done) != turn:  # what is settled by now is what counts by the tiers
                turn = cooling.tier(done)
                prices = Prices(problem, objective, value, turn)
                cooling.units = prices.units
                team.weigh_anew(prices)
            done += team.work(moves, effort, cooling.heat(done), threads)
            found.look(team)
            if on_moves is not None:
                on_moves(done)
            if not has_justified and cooling.is_nearly_over():
                has_justified = True
                team.justify()
    if not stopped:
        team.justify()
    found.look(team)
    return found.best


def first_schedule(problem: Problem, objective: Objective, *, workers: int = 1) -> Schedule:
    """The best of several dispatch rules, in parallel; of the other rules, where those find none.

    Raises
    ------
    Unschedulable
        If none of them finds a schedule.
    """
    n = len(problem)
    few = len(RULES_TO_TRY) if n <= _FEW else 4 if n <= _MANY else 2

    first = attempt(problem, RULES_TO_TRY[0])  # packs the problem, which the others then share
    with ThreadPoolExecutor(max_workers=workers) as threads:
        more = threads.map(lambda choice: attempt(problem, choice), RULES_TO_TRY[1:few])
        outcomes = [first, *more]
    if all(isinstance(outcome, Unschedulable) for outcome in outcomes):
        outcomes += [attempt(problem, choice) for choice in RULES_TO_TRY[few:]]
    best, *others = succeeded(outcomes)
    least = worth(problem, best, objective)
    for schedule in others:
        value = worth(problem, schedule, objective)
        if compared(value, least) < 0:
            best, least = schedule, value
    return best
