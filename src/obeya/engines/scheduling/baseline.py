"""What a search is measured against: the best of many dispatch rules with many settings.

No single rule is enough (the worst of these may cost a third more than the best), so a fair
comparison takes the best of them on each problem.
"""

from typing import Final

from .attempts import Choice, attempt, succeeded
from .dispatch import Rule
from .measure import Measures, measure
from .problem import Problem
from .schedule import Schedule

SETTINGS: Final = (
    Choice(Rule.EDD),
    Choice(Rule.SLACK),
    Choice(Rule.CRITICAL_RATIO),
    Choice(Rule.MOST_WORK),
    Choice(Rule.SETUP_RUNS),
    *(Choice(Rule.ATC, look_ahead=k) for k in (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0)),
    *(
        Choice(Rule.ATCS, look_ahead=k, setup_weight=weight)
        for k in (1.0, 3.0, 6.0)
        for weight in (0.5, 1.0, 3.0)
    ),
    Choice(Rule.ATCS, look_ahead=10.0, setup_weight=3.0),
    Choice(Rule.ATCS, look_ahead=4.0, setup_weight=2.0),
    Choice(Rule.BACKWARD),
    Choice(Rule.BIDIRECTIONAL),
    Choice(Rule.BOTTLENECK_FIRST),
)


def best_of_settings(problem: Problem) -> tuple[Schedule, Measures]:
    """Dispatch by every setting; the best has least weighted tardiness, then least setup.

    Raises
    ------
    Unschedulable
        If every setting finds that some operation cannot be placed.
    """
    outcomes = (attempt(problem, choice) for choice in SETTINGS)
    found = ((schedule, measure(problem, schedule)) for schedule in succeeded(outcomes))
    return min(found, key=lambda each: (each[1].weighted_tardiness, each[1].setup))
