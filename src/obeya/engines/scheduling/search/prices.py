"""What a second of anything costs under an objective: the weights as the kernels read them."""

from collections.abc import Mapping
from math import log

import numpy as np

from ..arrays import Ints
from ..objective import Objective, Term
from ..problem import Problem
from .kernels import tables as t
from .kernels.tables import Floats
from .worth import Worth

_HOUR = 3600.0
_TIER = 1e-4  # what a unit of a tier counts at most against one of the tier before, and
_AT_STAKE = 0.1  # so much of its least unit count all units of the tier together
_READABLE = 1e-6, 1e-12  # the least unit of a tier in its turn, and per cost of the first tier:
# at its coldest it is still above what counts as rounding, and above what a sum so large rounds
_WAITS, _FEW_WAITS = 25, 10  # percent of the moves
_SMALL = 20  # operations; in a larger plant what waits is in the way of what moves
_HOT_H = 8.0  # a typical order so many hours later, or earlier, is a unit of heat
_HOT_CASES = 0.4  # so is this share of a case: an order that is late, an operation that is moved

Weights = Mapping[Term, float]


class Prices:
    """One price per second, or per case, for each term; tiers are weighed far apart.

    The search runs on this one figure; which of two plans is kept is decided by the tiers.

    Parameters
    ----------
    at_stake
        Worth of the plan to begin with, by tiers. A tier may be a large sum of small things
        (hours of flow over thousands of orders): the more there is of it, the less it weighs.
    turn
        The tier whose turn it is: it is to be readable beside what the earlier ones cost.

    Attributes
    ----------
    units
        Of each tier, on the scale of the kernels: how hot it is where its search begins.
    waits
        Whether it can pay that something waits on purpose.
    waits_drawn
        Percent of the moves that let something wait.
    """

    def __init__(
        self, problem: Problem, objective: Objective, at_stake: Worth = (), turn: int = 0
    ) -> None:
        self.problem, self.reference = problem, objective.reference
        self._objective = objective
        units = [self._unit(dict.fromkeys(Term, 0.0) | dict(tier)) for tier in objective.tiers]
        scales = _scales(objective, at_stake)
        if turn:
            scales = _readable(scales, units, turn, at_stake[0] if at_stake else 0.0)
        self.units = [unit * scale for unit, scale in zip(units, scales, strict=True)]
        weights = dict.fromkeys(Term, 0.0)
        for scale, tier in zip(scales, objective.tiers, strict=True):
            for term, weight in tier.items():
                weights[term] += weight * scale
        self._weights = weights
        self.rate, self.price = self._rate(weights), self._price(weights)
        dear = weights[Term.EARLINESS] or self.price[t.PROGRESS] or self.price[t.TARIFF]
        moved = self.price[t.MOVED] or self.price[t.MOVED_A_SHIFT]
        self.waits = bool(dear or moved)
        self.waits_drawn = _FEW_WAITS if moved else 0
        if dear and len(problem) <= _SMALL:
            self.waits_drawn = _WAITS

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

    def _price(self, w: Weights) -> Floats:
        price = np.zeros(8)
        price[t.MOVED] = w[Term.MOVED] / _HOUR
        price[t.MOVED_A_SHIFT] = w[Term.MOVED_A_SHIFT]
        price[t.REASSIGNED] = w[Term.REASSIGNED]
        price[t.MAKESPAN] = w[Term.MAKESPAN] / _HOUR
        price[t.PROGRESS] = w[Term.WORK_IN_PROGRESS] / _HOUR
        price[t.TARIFF] = self._rate(w)[:, t.POWER :].any()
        price[t.TYPICAL] = w[Term.WEIGHTED_TARDINESS] * self._typical_weight() / _HOUR
        flow = w[Term.FLOW_TIME] / _HOUR
        price[t.FLOWING] = max(flow, 0.01 * price[t.TYPICAL], 0.01 * price[t.MAKESPAN])
        return price

    def _typical_weight(self) -> float:
        weight = self.problem.orders.weight
        return float(weight.mean()) if len(weight) else 0.0

    def _rate(self, w: Weights) -> Floats:
        objective, machines = self._objective, len(self.problem.machines)
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

    def _unit(self, w: Weights) -> float:
        """The dearest of what one move typically changes: an hour of it, a shift, or a case."""
        price, rate = self._price(w), self._rate(w)
        kwh = [each for _, each in self._objective.energy.steps] if self._objective.energy else []
        early = w[Term.EARLINESS] * self._typical_weight()
        hour = max(
            _HOUR * price[t.TYPICAL] * _HOT_H,
            _HOUR * price[t.MAKESPAN],
            _HOUR * price[t.MOVED] * _HOT_H,
            _HOUR * price[t.PROGRESS],
            _HOUR * rate[:, t.SETUP_RATE].mean(),
            _HOUR * price[t.FLOWING],
            early * _HOT_H,
            _HOUR * rate[:, t.POWER].mean() * (max(kwh, default=0.0) - min(kwh, default=0.0)),
            _HOUR * rate[:, t.OVERTIME].mean(),
        )
        case = max(w[Term.LATE_ORDERS], w[Term.MOVED_A_SHIFT], w[Term.REASSIGNED])
        return float(max(hour, case * _HOT_CASES))

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


def _scales(objective: Objective, at_stake: Worth) -> list[float]:
    """What a unit of each tier counts on the one scale of the search."""
    scales = [1.0]
    for number, tier in enumerate(objective.tiers[:-1]):
        least = min((weight for weight in tier.values() if weight > 0), default=1.0)
        of_next = at_stake[number + 1] if len(at_stake) > number + 1 else 0.0
        scale = min(_TIER, _AT_STAKE * least / of_next) if of_next > 0 else _TIER
        scales.append(scales[-1] * scale)
    return scales


def _readable(scales: list[float], units: list[float], turn: int, first: float) -> list[float]:
    """Draw the tiers up to one together, all by the same power, if its unit would be rounding.

    Steps that multiply soon pass what one figure of 53 bits can hold: with a hundred thousand
    hours of flow in the second tier a unit of the third is a ten thousand millionth.

    Parameters
    ----------
    first
        What the first tier costs to begin with.
    """
    least = max(_READABLE[0], _READABLE[1] * first)
    top, own = units[0] * scales[0], units[turn] * scales[turn]
    if not 0.0 < own < least < top:
        return scales
    power = log(least / top) / log(own / top)
    drawn = list(scales)
    for number in range(1, turn + 1):
        if units[number] > 0:
            share = units[number] * scales[number] / top
            drawn[number] = top * share**power / units[number]
    return drawn
