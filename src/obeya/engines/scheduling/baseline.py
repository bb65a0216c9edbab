"""What a search is measured against: the best of many dispatch rules with many settings.

No single rule is enough (the worst of these may cost a third more than the best), so a fair
comparison takes the best of them on each problem.
"""

from typing import Final

from .dispatch import Choice, Rule, dispatch
from .measure import Measures, measure
from .problem import Problem
from .schedule import Schedule
from .unschedulable import Unschedulable

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
)


def best_of_settings(problem: Problem) -> tuple[Schedule, Measures]:
    """Dispatch by every setting; the best has least weighted tardiness, then least setup.

    Raises
    ------
    Unschedulable
        If every setting finds that some operation cannot be placed.
    """
    best: tuple[Schedule, Measures] | None = None
    failure: Unschedulable | None = None
    for choice in SETTINGS:
        try:
            schedule = dispatch(
                problem,
                rule=choice.rule,
                look_ahead=choice.look_ahead,
                setup_weight=choice.setup_weight,
            )
        except Unschedulable as refused:
            failure = refused
            continue
        figures = measure(problem, schedule)
        if best is None or _worth(figures) < _worth(best[1]):
            best = schedule, figures
    if best is None:
        assert failure is not None  # noqa: S101  # every setting found a schedule or failed
        raise failure
    return best


def _worth(figures: Measures) -> tuple[int, int]:
    return figures.weighted_tardiness, figures.setup
