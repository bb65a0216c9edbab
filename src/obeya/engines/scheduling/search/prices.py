"""What a second of anything costs under an objective: the weights as the kernels read them."""

import numpy as np

from ..arrays import Ints
from ..objective import Objective, Term
from ..problem import Problem
from .kernels import tables as t
from .kernels.tables import Floats

_HOUR = 3600.0
_TIER = 1e-4  # what a unit of a tier counts against one of the tier before


class Prices:
    """One price per second, or per case, for each term; tiers are weighed far apart.

    The search runs on this one figure; which of two plans is kept is decided by the tiers.
    """

    def __init__(self, problem: Problem, objective: Objective) -> None:
        self.problem, self.reference = problem, objective.reference
        self._weights = dict.fromkeys(Term, 0.0)
        for number, tier in enumerate(objective.tiers):
            for term, weight in tier.items():
                self._weights[term] += weight * _TIER**number
        self.rate = self._rate(objective)
        self._objective = objective
        self.price = self._price()

    def table(self, rows: Ints, origin: int) -> tuple[Floats, int, int, int]:
        """`Plant.money` for some orders, and where orders and tariff begin and end in it."""
        parts = (
            self.price[None, :],
            self.rate,
            self._of_orders(rows, origin),
            self._tariff(origin),
        )
        table = np.concatenate([np.pad(p, ((0, 0), (0, 8 - p.shape[1]))) for p in parts])
        orders = 1 + len(self.rate)
        return table, orders, orders + len(rows), len(table)

    def _of_orders(self, rows: Ints, origin: int) -> Floats:
        """Columns `DUE` to `FLOW` of some orders."""
        orders, w = self.problem.orders, self._weights
        weight = orders.weight[rows]
        table = np.zeros((len(rows), 5))
        table[:, t.DUE] = orders.due[rows] - origin
        table[:, t.LATE_COST] = w[Term.LATE_ORDERS]
        table[:, t.TARDY] = w[Term.WEIGHTED_TARDINESS] * weight / _HOUR
        table[:, t.EARLY] = w[Term.EARLINESS] * weight / _HOUR
        table[:, t.FLOW] = (w[Term.FLOW_TIME] + w[Term.WORK_IN_PROGRESS]) / _HOUR
        return table

    def _price(self) -> Floats:
        w, weight = self._weights, self.problem.orders.weight
        price = np.zeros(8)
        price[t.MOVED] = w[Term.MOVED] / _HOUR
        price[t.MOVED_A_SHIFT] = w[Term.MOVED_A_SHIFT]
        price[t.REASSIGNED] = w[Term.REASSIGNED]
        price[t.MAKESPAN] = w[Term.MAKESPAN] / _HOUR
        price[t.PROGRESS] = w[Term.WORK_IN_PROGRESS] / _HOUR
        price[t.TARIFF] = self.rate[:, t.POWER :].any()
        price[t.TYPICAL] = w[Term.WEIGHTED_TARDINESS] * weight.mean() / _HOUR if len(weight) else 0
        flow = w[Term.FLOW_TIME] / _HOUR
        price[t.FLOWING] = max(flow, 0.01 * price[t.TYPICAL], 0.01 * price[t.MAKESPAN])
        return price

    def _rate(self, objective: Objective) -> Floats:
        w, machines = self._weights, len(self.problem.machines)
        rate = np.zeros((machines, 3))
        rate[:, t.SETUP_RATE] = w[Term.SETUP] / _HOUR
        if w[Term.SETUP_COST]:
            per_hour = np.array(objective.setup_cost_per_hour)
            rate[:, t.SETUP_RATE] += w[Term.SETUP_COST] * per_hour / _HOUR
        if objective.energy is not None:
            rate[:, t.POWER] = w[Term.ENERGY] * np.array(objective.energy.power_kw) / _HOUR
        if objective.overtime is not None:
            per_hour = np.array(objective.overtime.cost_per_hour)
            rate[:, t.OVERTIME] = w[Term.OVERTIME] * per_hour / _HOUR
        return rate

    def _tariff(self, origin: int) -> Floats:
        """Moments at which the price of energy or of work changes, with the sums up to each."""
        objective = self._objective
        steps = objective.energy.steps if objective.energy is not None else ()
        spans = objective.overtime.spans if objective.overtime is not None else ()
        moments = {0, *(m - origin for m, _ in steps)}
        moments |= {m - origin for span in spans for m in span}
        table = np.zeros((len(moments), 5))
        table[:, t.MOMENT] = sorted(moments)
        for row, moment in enumerate(table[:, t.MOMENT]):
            before = [price for m, price in steps if m - origin <= moment]
            price = before[-1] if before else (steps[0][1] if steps else 0.0)
            table[row, t.ENERGY_RATE] = price
            table[row, t.OVERTIME_RATE] = any(a - origin <= moment < b - origin for a, b in spans)
        length = np.diff(table[:, t.MOMENT])
        table[1:, t.ENERGY_SUM] = np.cumsum(table[:-1, t.ENERGY_RATE] * length)
        table[1:, t.OVERTIME_SUM] = np.cumsum(table[:-1, t.OVERTIME_RATE] * length)
        return table
