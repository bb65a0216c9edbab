"""Islands to search on, from a plan by a rule, and what their plans are worth."""

from obeya.engines.scheduling import Problem, Rule, dispatch, random_problem
from obeya.engines.scheduling.objective import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    SHORTEST,
    Objective,
    smallest_change,
    tier,
)
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import worth
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.prices import Prices

from .objectives import with_all_terms

JUST_IN_TIME = Objective((tier(weighted_tardiness=5.0, earliness=1.0, work_in_progress=0.2),))

OBJECTIVES = {
    "on time first": lambda problem, schedule: ON_TIME_FIRST,
    "least changeover": lambda problem, schedule: LEAST_CHANGEOVER,
    "shortest": lambda problem, schedule: SHORTEST,
    "smallest change": lambda problem, schedule: smallest_change(schedule),
    "in progress": lambda problem, schedule: Objective((tier(work_in_progress=1.0),)),
    "just in time": lambda problem, schedule: JUST_IN_TIME,
    "all terms": with_all_terms,
}


def island(seed: int, operations: int = 60, objective=OBJECTIVES["on time first"]) -> Island:
    problem = random_problem(seed, operations)
    schedule = dispatch(problem, rule=Rule(seed % len(Rule)))
    chosen = objective(problem, schedule)
    layout = Layout(packed(problem, schedule.maintenance_start), Prices(problem, chosen))
    return Island(layout, schedule, seed=seed, stream=0)


def searching(problem: Problem, objective: Objective) -> Island:
    schedule = dispatch(problem, rule=Rule.EDD)
    layout = Layout(packed(problem, schedule.maintenance_start), Prices(problem, objective))
    return Island(layout, schedule, seed=1, stream=0)


def weighed(problem, schedule, objective) -> float:
    """Worth on the scale of the kernels: a tier counts little against the one before."""
    return sum(figure * 1e-4**i for i, figure in enumerate(worth(problem, schedule, objective)))
