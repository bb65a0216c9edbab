"""From a live plan and what happened to the next plan: at once, then better."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..budget import Budget
from ..objective import SHIFT_S, Objective, tier
from ..problem import Problem
from ..schedule import Schedule
from ..search import alone_start, compared, solve, worth
from .compare import Comparison, compare
from .disruption import Disruption
from .into_gaps import into_gaps
from .situation import Situation, apply

Worth = tuple[float, ...]

_WARMTH = 0.6  # how far the search counts itself as cooled down: a live plan is not to be melted


def steady(reference: Schedule) -> Objective:
    """On time, with no more changes than that is worth; `smallest_change` changes less still."""
    weights = tier(weighted_tardiness=1.0, setup=0.5, moved=0.2, reassigned=4.0)
    return Objective((weights,), reference=reference)


@dataclass(frozen=True, eq=False)
class Reaction:
    """The next plan, and what it changes.

    Attributes
    ----------
    schedule
        On the rows of ``situation.problem``; it holds.
    changes
        What it has otherwise than the plan that reality has overtaken.
    first_worth, worth
        Of the right-shifted plan and of ``schedule``, by the objective.
    """

    situation: Situation
    schedule: Schedule
    changes: Comparison
    first_worth: Worth
    worth: Worth

    @property
    def share_moved_a_shift(self) -> float:
        """Of the unfrozen operations those that start eight hours or more from the old plan."""
        unfrozen = self.situation.unfrozen
        far = np.zeros(len(unfrozen), bool)
        far[list(self.changes.moved_a_shift)] = True
        return float((far & unfrozen).sum() / max(int(unfrozen.sum()), 1))

    @property
    def least_share_moved_a_shift(self) -> float:
        """The share of them in any plan: they would start so late with the plant to themselves."""
        situation = self.situation
        late = alone_start(situation.problem) - situation.planned.start
        far = late[situation.unfrozen] >= SHIFT_S
        return float(far.sum() / max(len(far), 1))


def react(
    problem: Problem,
    schedule: Schedule,
    disruptions: Sequence[Disruption],
    *,
    now: int,
    frozen_until: int | None = None,
    objective: Callable[[Schedule], Objective] = steady,
    budget: Budget,
    workers: int = 1,
    seed: int = 0,
    on_better: Callable[[Situation, Schedule, Worth], None] | None = None,
) -> Reaction:
    """Mend a plan at once by moving right only, then search for a better one.

    Parameters
    ----------
    frozen_until
        What starts before this time [s] stays, unless that has become impossible.
    objective
        Gets the old plan on the rows of the new problem, to compare with.
    budget, workers, seed
        Of the search; see `solve`. It is as cool as at the end of a long one: a live plan is
        improved where that pays, not shaken.
    on_better
        Told of the right-shifted plan as soon as there is one, then of each better plan.

    Raises
    ------
    Unschedulable
        If there is no plan before the horizon.
    """
    situation = apply(problem, schedule, disruptions, now=now, frozen_until=frozen_until)
    return improved(
        situation,
        objective(situation.planned),
        budget=budget,
        workers=workers,
        seed=seed,
        on_better=on_better,
    )


def improved(
    situation: Situation,
    objective: Objective,
    *,
    budget: Budget,
    workers: int = 1,
    seed: int = 0,
    on_better: Callable[[Situation, Schedule, Worth], None] | None = None,
) -> Reaction:
    """Search from the right-shifted plan of a situation; never worse than that one.

    Before, `into_gaps` tries the other way on: the search begins with the better of the two.
    """
    now_problem, first = situation.problem, situation.first
    first_worth = worth(now_problem, first, objective)

    def tell(value: Worth, found: Schedule) -> None:
        if on_better is not None and found is not first:
            on_better(situation, found, value)

    if on_better is not None:  # before the search makes ready, which takes as long again
        on_better(situation, first, first_worth)
    start = first
    if budget.work_units > 0 and not budget.should_stop():
        other = into_gaps(situation)
        if other is not None and compared(worth(now_problem, other, objective), first_worth) < 0:
            start = other
    best = solve(
        now_problem,
        objective=objective,
        budget=budget,
        held=_WARMTH,
        seed=seed,
        workers=workers,
        start=start,
        on_better=tell,
    )
    return Reaction(
        situation,
        best,
        compare(now_problem, situation.planned, best),
        first_worth,
        worth(now_problem, best, objective),
    )
