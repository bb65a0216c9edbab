"""Several different answers to one disruption, with what they cost and whom they hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from ..arrays import Ints
from ..budget import Budget
from ..objective import smallest_change
from ..problem import Problem
from ..schedule import Schedule
from ..unschedulable import Unschedulable
from .actions import Action, Decision, decide, worked_in
from .compare import OrderShift
from .disruption import Disruption
from .happened import Happened
from .react import Reaction, improved
from .situation import apply

_DAY_S = 86_400
_LEAST_DIFFERENCE = 0.1  # of the affected operations
_FEWEST = 3


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
        All of it [currency]; ``action_cost`` is the part for the action itself.
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

    One for each kind of action that is possible: see `Action`. An answer is left out if another
    one of its kind differs in less than a tenth of the affected operations, if it does without its
    own action, or, as long as three are left, if another one costs no more and hits no order
    harder.

    Parameters
    ----------
    budget
        Of the search for each answer; see `solve`.
    """
    prices = costs or Costs()
    found: list[Option] = []
    for action in Action:
        taken: list[Decision] = []

        def act(happened: Happened, action: Action = action, taken: list[Decision] = taken) -> None:
            decision = decide(happened, action, _hit(happened), outside_lead=prices.outside_lead)
            if decision is not None:
                taken.append(decision)

        try:
            situation = apply(
                problem, schedule, disruptions, now=now, frozen_until=frozen_until, decide=act
            )
        except Unschedulable:
            continue
        if not taken:
            continue
        reaction = improved(
            situation,
            smallest_change(situation.planned),
            budget=budget,
            workers=workers,
            seed=seed,
        )
        option = _priced(reaction, taken[0], prices)
        if option is not None:
            found.append(option)
    different = _different(sorted(found, key=lambda o: o.cost))
    return _undominated(different)


def _hit(happened: Happened) -> Ints:
    """Operations of the old plan that disruptions hit and that may be moved."""
    tables, n = happened.tables, len(happened.schedule)
    hit = (happened.doubtful | happened.look_at)[:n]
    hit &= tables.operation["fixed_alternative"][:n] < 0
    hit[[row for row in tables.left_out if row < n]] = False
    if not hit.any():
        for rows, _ in happened.added:
            made = tables.operation["order"][rows]
            hit |= np.isin(tables.operation["order"][:n], made)
        hit &= tables.operation["fixed_alternative"][:n] < 0
    return np.flatnonzero(hit)


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
    late_h = changes.change.weighted_tardiness / 3600
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


def difference(a: Option, b: Option) -> float:
    """Share of the operations that either answer moves which have another machine or start."""
    bars_a, bars_b = a.bars(), b.bars()
    affected = _moved(a) | _moved(b)
    unlike = sum(bars_a.get(row) != bars_b.get(row) for row in affected)
    return unlike / max(len(affected), 1)


def _moved(option: Option) -> set[int]:
    origin = option.reaction.situation.origin
    return {int(origin[row]) for row in option.reaction.changes.moved if origin[row] >= 0}


def _different(ranked: list[Option]) -> list[Option]:
    kept: list[Option] = []
    for option in ranked:
        if all(
            other.action is not option.action or difference(other, option) >= _LEAST_DIFFERENCE
            for other in kept
        ) and not any(_is_same_plan(other, option) for other in kept):
            kept.append(option)
    return kept


def _is_same_plan(a: Option, b: Option) -> bool:
    return len(a.schedule) == len(b.schedule) and a.bars() == b.bars()


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
