"""What a plan is worth, as sums that CP-SAT can make small."""

from collections.abc import Callable
from typing import Final

import numpy as np

from ..objective import SHIFT_S, Objective, Term, Tier
from ..schedule import Schedule
from .cp_sat import Expression
from .window_model import Window

_GRAIN: Final = 1000  # of a weight; what is finer is cut off, so that a bound stays a bound
_HOUR: Final = 3600
PER_WORTH: Final = _GRAIN * _HOUR  # an aim is this many times what `search.worth` says


def aim(
    window: Window, objective: Objective, tier: Tier, setup_s: dict[int, Expression]
) -> Expression:
    """One tier of an objective, but for what no operation of the window changes.

    Overtime and energy are left out: they are never less than nothing.

    Parameters
    ----------
    setup_s
        Seconds of setup by machine.
    """
    parts = _Parts(window, objective, setup_s)
    terms: dict[Term, Callable[[float], Expression]] = {
        Term.WEIGHTED_TARDINESS: parts.weighted_tardiness,
        Term.LATE_ORDERS: parts.late_orders,
        Term.SETUP: parts.setup,
        Term.MAKESPAN: parts.makespan,
        Term.FLOW_TIME: parts.flow_time,
        Term.WORK_IN_PROGRESS: parts.work_in_progress,
        Term.EARLINESS: parts.earliness,
        Term.SETUP_COST: parts.setup_cost,
        Term.MOVED: parts.moved,
        Term.MOVED_A_SHIFT: parts.moved_a_shift,
        Term.REASSIGNED: parts.reassigned,
    }
    return sum(terms[term](weight) for term, weight in tier.items() if weight and term in terms)


def _grains(weight: float) -> int:
    return int(weight * _GRAIN + 1e-6)


class _Parts:
    """Each term times its weight, for the orders and operations of a window."""

    def __init__(
        self, window: Window, objective: Objective, setup_s: dict[int, Expression]
    ) -> None:
        self.window, self.problem, self.model = window, window.problem, window.model
        self.objective, self.setup_s = objective, setup_s
        orders = self.problem.orders
        rows = np.flatnonzero(orders.last_operation >= 0).tolist()
        self.first = min(self.problem.now, int(window.schedule.start.min(initial=0)))
        self.completion = {j: window.moment(int(orders.last_operation[j])).end for j in rows}

    def _at_least(self, most: int, *floors: Expression) -> Expression:
        """The greatest of some figures, when it is made as small as it can be; up to ``most``."""
        numbers = [floor for floor in floors if isinstance(floor, int)]
        others = [floor for floor in floors if not isinstance(floor, int)]
        least = max(numbers, default=0)
        if not others:
            return least
        found = self.model.new_int_var(least, max(least, most), "")
        for floor in others:
            self.model.add(found >= floor)
        return found

    def weighted_tardiness(self, weight: float) -> Expression:
        orders, grains, horizon = self.problem.orders, _grains(weight), self.problem.horizon
        return sum(
            grains * int(orders.weight[j]) * self._at_least(horizon - due, 0, end - due)
            for j, end in self.completion.items()
            for due in [int(orders.due[j])]
            if orders.weight[j]
        )

    def earliness(self, weight: float) -> Expression:
        orders, grains = self.problem.orders, _grains(weight)
        return sum(
            grains * int(orders.weight[j]) * self._at_least(due - self.first, 0, due - end)
            for j, end in self.completion.items()
            for due in [int(orders.due[j])]
            if orders.weight[j]
        )

    def late_orders(self, weight: float) -> Expression:
        late: Expression = 0
        for j, end in self.completion.items():
            due = int(self.problem.orders.due[j])
            if isinstance(end, int):
                late += int(end > due)
                continue
            is_late = self.model.new_bool_var("")
            self.model.add(end <= due).only_enforce_if(~is_late)
            late += is_late
        return _grains(weight) * _HOUR * late

    def setup(self, weight: float) -> Expression:
        return _grains(weight) * sum(self.setup_s.values())

    def setup_cost(self, weight: float) -> Expression:
        rate = self.objective.setup_cost_per_hour
        return sum(_grains(weight * rate[m]) * seconds for m, seconds in self.setup_s.items())

    def makespan(self, weight: float) -> Expression:
        still = self.window.schedule.end[~self.window.is_inside]
        ends = [self.window.moment(row).end for row in self.window.rows]
        last = int(still.max(initial=self.problem.now))
        latest = self._at_least(self.problem.horizon, last, *ends)
        return _grains(weight) * (latest - self.problem.now)

    def flow_time(self, weight: float) -> Expression:
        return _grains(weight) * sum(end - self.problem.now for end in self.completion.values())

    def work_in_progress(self, weight: float) -> Expression:
        order, waits = self.problem.operations.order, []
        for j, end in self.completion.items():
            starts = [self.window.moment(row).start for row in np.flatnonzero(order == j).tolist()]
            most = self.problem.horizon - self.first
            waits.append(self._at_least(most, 0, *(end - start for start in starts)))
        return _grains(weight) * sum(waits)

    def moved(self, weight: float) -> Expression:
        plan = self._reference()
        moved = [
            self._at_least(self.problem.horizon - self.first, start - there, there - start)
            for row in self.window.rows
            for start, there in [(self.window.moment(row).start, int(plan.start[row]))]
        ]
        return _grains(weight) * sum(moved)

    def moved_a_shift(self, weight: float) -> Expression:
        plan, far = self._reference(), []
        for row in self.window.rows:
            start, there = self.window.moment(row).start, int(plan.start[row])
            is_far = self.model.new_bool_var("")
            self.model.add(start < there + SHIFT_S).only_enforce_if(~is_far)
            self.model.add(start > there - SHIFT_S).only_enforce_if(~is_far)
            far.append(is_far)
        return _grains(weight) * _HOUR * sum(far)

    def reassigned(self, weight: float) -> Expression:
        plan, ways = self._reference(), self.problem.alternatives
        elsewhere = [
            choice.is_taken
            for choice in self.window.choices
            if ways.machine[choice.way] != plan.machine[choice.operation]
        ]
        return _grains(weight) * _HOUR * sum(elsewhere)

    def _reference(self) -> Schedule:
        if self.objective.reference is None:
            raise ValueError("Moved and reassigned need the reference plan of the objective.")
        return self.objective.reference
