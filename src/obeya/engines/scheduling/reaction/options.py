"""Several different answers to one disruption, with what they cost and whom they hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf

import numpy as np

from ..budget import Budget
from ..objective import smallest_change
from ..problem import Problem
from ..schedule import Schedule
from ..unschedulable import Unschedulable
from .actions import Action, Decision, decide, worked_in
from .compare import OrderShift
from .disruption import Disruption
from .happened import Happened
from .react import Reaction, improved, steady
from .situation import Situation, apply
from .standing import Standing, at_stake

_DAY_S = 86_400
_FEWEST, _MOST = 3, 5
_WIDTHS = 3  # of what is at stake; see `at_stake`


@dataclass(frozen=True)
class Costs:
    """What answers cost [currency].

    Attributes
    ----------
    late_hour
        Of one order of weight 1 being an hour late.
    overtime_hour
        Of one machine with its crew.
    outside_hour
        Of work that takes an hour here.
    move
        Of one operation that starts at least a shift away from where it was planned.
    second_setup
        Of running a lot on two machines.
    outside_lead
        Clock seconds until a lot made outside is back.
    """

    late_hour: float = 40.0
    overtime_hour: float = 90.0
    outside_hour: float = 150.0
    move: float = 5.0
    second_setup: float = 60.0
    outside_lead: int = 3 * _DAY_S

    def __post_init__(self) -> None:
        if not all(0 <= cost < inf for cost in vars(self).values()):
            raise ValueError("A cost or the lead is less than 0, or no number. Expected 0 or more.")


@dataclass(frozen=True, eq=False)
class Option:
    """One answer.

    Attributes
    ----------
    cost
        All of it [currency], beside the plan that reality has overtaken; of an order that it did
        not know, all of its lateness. ``action_cost`` is the part for the action itself.
    hit
        Orders that are done later than planned, the furthest first.
    """

    action: Action
    problem: Problem
    schedule: Schedule
    cost: float
    action_cost: float
    hit: tuple[OrderShift, ...]
    reaction: Reaction
    decision: Decision

    def bars(self) -> dict[int, tuple[int, int]]:
        """Machine and start of each operation of the old plan that is left, by its old row."""
        origin, s = self.reaction.situation.origin, self.schedule
        rows = np.flatnonzero(origin >= 0)
        return {
            row: (machine, start)
            for row, machine, start in zip(
                origin[rows].tolist(), s.machine[rows].tolist(), s.start[rows].tolist(), strict=True
            )
        }


def options(
    problem: Problem,
    schedule: Schedule,
    disruptions: Sequence[Disruption],
    *,
    now: int,
    frozen_until: int | None = None,
    costs: Costs | None = None,
    budget: Budget,
    workers: int = 1,
    seed: int = 0,
) -> list[Option]:
    """Find up to five answers, the cheapest first.

    At most one for each kind of action that is possible: see `Action`. It is tried on what was hit;
    where that cannot be or does nothing, or comes to the plan of an answer before it, on more of
    what is at stake. An answer is left out if it does without its own action, or, as long as three
    are left, if another one costs no more and hits no order harder.

    Parameters
    ----------
    budget
        Of each search; see `solve`. There is one for each answer, and for what was tried in vain.
    """
    prices = costs or Costs()

    def answer(action: Action, base: Reaction | None, width: int) -> Option | None:
        taken: list[Decision] = []

        def act(happened: Happened) -> None:
            standing = Standing.of(happened, base)
            frozen = now if frozen_until is None else frozen_until
            widths = at_stake(happened, standing, base, frozen_until=frozen)
            hit = next(islice(widths, width, None))
            decision = decide(happened, action, standing, hit, outside_lead=prices.outside_lead)
            if decision is not None:
                taken.append(decision)

        try:
            situation = apply(
                problem, schedule, disruptions, now=now, frozen_until=frozen_until, decide=act
            )
        except Unschedulable:
            return None
        if not taken:
            return None
        aim = steady if action is Action.RESEQUENCE else smallest_change
        reaction = improved(
            situation, aim(situation.planned), budget=budget, workers=workers, seed=seed
        )
        return _priced(reaction, taken[0], prices)

    stay = answer(Action.DELAY, None, 0)
    base = None if stay is None else stay.reaction
    found = [] if stay is None else [stay]
    widths = {Action.DELAY: 0, Action.RESEQUENCE: 1}  # the others look at more and more
    for action in Action:
        for width in range(widths.get(action, _WIDTHS)):
            option = answer(action, base, width)
            if option is not None and _is_new(option, found):
                found.append(option)
                break
    return _undominated(sorted(found, key=lambda o: o.cost))[:_MOST]


def _priced(reaction: Reaction, decision: Decision, prices: Costs) -> Option | None:
    """Price an answer; None if it does without its own action."""
    situation, schedule = reaction.situation, reaction.schedule
    changes = reaction.changes
    action_cost = prices.move * len(changes.moved_a_shift)
    match decision.action:
        case Action.OVERTIME:
            hours = worked_in(situation.problem, schedule, decision)
            if hours == 0:
                return None
            action_cost += hours * prices.overtime_hour
        case Action.SPLIT:
            action_cost += prices.second_setup
        case Action.SUBCONTRACT:
            action_cost += decision.outside_s / 3600 * prices.outside_hour
    late_h = (changes.change.weighted_tardiness + _unplanned_lateness(situation)) / 3600
    return Option(
        action=decision.action,
        problem=situation.problem,
        schedule=schedule,
        cost=action_cost + prices.late_hour * late_h,
        action_cost=action_cost,
        hit=changes.later,
        reaction=reaction,
        decision=decision,
    )


def _unplanned_lateness(situation: Situation) -> int:
    """Weighted seconds late of new orders where they were put at first: no plan had them late."""
    orders = situation.problem.orders
    new = np.flatnonzero(orders.last_operation >= 0)
    new = new[new >= situation.orders_before]
    late = situation.planned.end[orders.last_operation[new]] - orders.due[new]
    return int((orders.weight[new] * np.maximum(late, 0)).sum())


def difference(a: Option, b: Option) -> float:
    """Share of the operations that either answer moves which have another machine or start.

    What the disruption itself brings, such as the operations of a rush order, counts as moved.
    """
    bars_a, bars_b = _all_bars(a), _all_bars(b)
    affected = _moved(a) | _moved(b)
    unlike = sum(bars_a.get(row) != bars_b.get(row) for row in affected)
    return unlike / max(len(affected), 1)


def _all_bars(option: Option) -> dict[int, tuple[int, int]]:
    """Bars of the old plan by their rows, and of what is new by -1, -2 and so on."""
    s = option.schedule
    new = np.flatnonzero(option.reaction.situation.origin < 0).tolist()
    added = {-1 - k: (int(s.machine[row]), int(s.start[row])) for k, row in enumerate(new)}
    return option.bars() | added


def _moved(option: Option) -> set[int]:
    origin = option.reaction.situation.origin
    old = {int(origin[row]) for row in option.reaction.changes.moved if origin[row] >= 0}
    return old | {-1 - k for k in range(int((origin < 0).sum()))}


def _is_new(option: Option, found: list[Option]) -> bool:
    return not any(_is_same_plan(option, other) for other in found)


def _is_same_plan(a: Option, b: Option) -> bool:
    return len(a.schedule) == len(b.schedule) and _all_bars(a) == _all_bars(b)


def _undominated(ranked: list[Option]) -> list[Option]:
    left = list(ranked)
    for option in reversed(ranked):
        if len(left) > _FEWEST and any(
            _is_no_worse(other, option) for other in left if other is not option
        ):
            left.remove(option)
    return left


def _is_no_worse(a: Option, b: Option) -> bool:
    hits = {shift.order: shift.seconds for shift in b.hit}
    return a.cost <= b.cost and all(s.seconds <= hits.get(s.order, 0) for s in a.hit)
