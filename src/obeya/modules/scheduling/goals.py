"""What a planner may ask of a plan, in words; each is an objective of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from obeya.engines.scheduling import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    Objective,
    Schedule,
    smallest_change,
)
from obeya.modules.scheduling.refusals import NothingToStayCloseTo, UnknownGoal

SMALLEST_CHANGE = "smallest_change"
GOALS: Mapping[str, Any] = {
    "on_time": _("On time first"),
    "least_changeover": _("Least changeover"),
    SMALLEST_CHANGE: _("Smallest change"),
}
EFFORTS: Mapping[str, Any] = {
    "quick": _("A few seconds"),
    "thorough": _("Less than a minute"),
    "long": _("A few minutes"),
}
_MOVES = {"quick": 60_000, "thorough": 1_000_000, "long": 10_000_000}
_MOVES_PER_OPERATION = {"quick": 150, "thorough": 4_000, "long": 40_000}
_WINDOWS = {"quick": 0, "thorough": 4, "long": 10}  # of CP-SAT, about 1.5 s each


@dataclass(frozen=True)
class Wish:
    """How a plan is to be made: what counts, and how long to look for a better one.

    The effort is counted in moves tried and not in time: the same data give the same plan,
    on a fast machine and on a slow one.
    """

    goal: str = "on_time"
    effort: str = "quick"

    def __post_init__(self) -> None:
        for value, known in ((self.goal, GOALS), (self.effort, EFFORTS)):
            if value not in known:
                raise UnknownGoal(f"Nobody plans by {value!r}. Choose one of {', '.join(known)}.")

    def moves(self, operations: int) -> int:
        """Moves to try, all cores together; a small plan needs fewer."""
        return min(_MOVES[self.effort], _MOVES_PER_OPERATION[self.effort] * operations)

    @property
    def windows(self) -> int:
        """Work units for polishing what the search has found."""
        return _WINDOWS[self.effort]

    def objective(self, reference: Schedule | None) -> Objective:
        """``reference`` is the plan in force on the problem that is to be solved.

        Raises
        ------
        NothingToStayCloseTo
        """
        if self.goal == SMALLEST_CHANGE:
            if reference is None:
                raise NothingToStayCloseTo(
                    "No plan is in force yet, so there is nothing to stay close to."
                    " Plan by another goal."
                )
            return smallest_change(reference)
        return LEAST_CHANGEOVER if self.goal == "least_changeover" else ON_TIME_FIRST
