"""The best plan that was found, by the tiers of the objective."""

from collections.abc import Callable

from ..objective import Objective
from ..problem import Problem
from ..schedule import Schedule
from .team import Team
from .worth import Worth, compared, worth

OnBetter = Callable[[Worth, Schedule], None]


class Found:
    """Keeps what is better by the tiers, and calls the search back where it is not.

    The search runs on one sum of all tiers, in which very much of a later tier can outweigh a
    little of an earlier one. It would go on from there, ever further from what counts.
    """

    def __init__(
        self, problem: Problem, objective: Objective, best: Schedule, on_better: OnBetter | None
    ) -> None:
        self._problem, self._objective, self._on_better = problem, objective, on_better
        self.best = best
        self.value = self._least = worth(problem, best, objective)

    def look(self, team: Team) -> None:
        """Take over what is better by the tiers; otherwise go back to what was."""
        for schedule in team.news():
            value = worth(self._problem, schedule, self._objective)
            outcome = compared(value, self._least)
            if outcome < 0:
                self.value, self.best = value, schedule
                self._least = _least(value, self._least)
                team.agree()
                if self._on_better is not None:
                    self._on_better(value, schedule)
            elif outcome > 0 and len(self._objective.tiers) > 1:
                team.go_back()


def _least(value: Worth, before: Worth) -> Worth:
    """What is next compared with: many times a rounding more is not to add up unseen."""
    for tier, (mine, its) in enumerate(zip(value, before, strict=True)):
        if compared((mine,), (its,)):
            return (*map(min, value[:tier], before[:tier]), *value[tier:])
    return value
