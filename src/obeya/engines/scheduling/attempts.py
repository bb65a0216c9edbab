"""Dispatch by one rule after another: none is best everywhere, and one may find no schedule."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .budget import Budget
from .dispatch import Rule, dispatch
from .measure import measure
from .problem import Problem
from .schedule import Schedule
from .unschedulable import Unschedulable


@dataclass(frozen=True)
class Choice:
    """A rule with its figures; see `dispatch`."""

    rule: Rule
    look_ahead: float = 3.0
    setup_weight: float = 1.0
    noise: float = 0.0
    seed: int = 0


RULES_TO_TRY = (
    Choice(Rule.ATC),
    Choice(Rule.ATCS),
    Choice(Rule.BIDIRECTIONAL),
    Choice(Rule.EDD),
    Choice(Rule.SLACK),
    Choice(Rule.ATCS, look_ahead=6.0, setup_weight=3.0),
    Choice(Rule.ATC, look_ahead=1.0),
    Choice(Rule.SETUP_RUNS),
    Choice(Rule.CRITICAL_RATIO),
    Choice(Rule.MOST_WORK),
    Choice(Rule.BACKWARD),
    Choice(Rule.BOTTLENECK_FIRST),
)


def attempt(problem: Problem, choice: Choice) -> Schedule | Unschedulable:
    """Dispatch by a choice, or answer why that finds no schedule."""
    try:
        return dispatch(problem, **vars(choice))
    except Unschedulable as failure:
        return failure


def succeeded(attempts: Iterable[Schedule | Unschedulable]) -> Iterator[Schedule]:
    """The schedules among some attempts.

    Raises
    ------
    Unschedulable
        At the end, if there was none: why the first attempt failed.
    """
    failures, found = [], False
    for outcome in attempts:
        if isinstance(outcome, Unschedulable):
            failures.append(outcome)
        else:
            found = True
            yield outcome
    if not found:
        raise failures[0]


def best_of_rules(problem: Problem, *, budget: Budget, seed: int = 0) -> Schedule:
    """Dispatch by one rule after the other and keep the best.

    After the rules of `RULES_TO_TRY` they follow again with more and more noise. Best is the least
    weighted tardiness, then the least setup, then the least flow time.

    Parameters
    ----------
    budget
        One work unit is one schedule; at least one is made.

    Raises
    ------
    Unschedulable
        If every rule tried finds that some operation cannot be placed.
    """

    def attempts() -> Iterator[Schedule | Unschedulable]:
        for number in range(max(1, budget.work_units)):
            if number and budget.should_stop():
                return
            round_, row = divmod(number, len(RULES_TO_TRY))
            choice = replace(RULES_TO_TRY[row], noise=0.5 * round_, seed=seed + number)
            yield attempt(problem, choice)

    def value(schedule: Schedule) -> tuple[int, int, int]:
        figures = measure(problem, schedule)
        return figures.weighted_tardiness, figures.setup, figures.flow_time

    return min(succeeded(attempts()), key=value)
