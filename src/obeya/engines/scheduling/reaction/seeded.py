"""Disruptions made up by chance, to try reactions on."""

import numpy as np

from ..arrays import distinct
from ..problem import CREW, Alternative, Problem
from ..schedule import Schedule
from .disruption import AbsentCrew, Breakdown, Disruption, LateMaterial, RushOrder, Scrap
from .new_order import After, NewOperation, NewOrder

_HOUR = 3600


def disruptions_of(
    problem: Problem, schedule: Schedule, seed: int, *, now: int | None = None
) -> tuple[Disruption, ...]:
    """Make up one disruption that hits the plan in the day after ``now``; the seed turns the kind.

    Breakdowns take 3 to 12 hours, material is 8 to 48 hours late, an eighth to a half of a crew is
    missing for a day, a rush order has the routing of another one and half the time, and a tenth
    to a half of a lot is spoilt.
    """
    chance = np.random.default_rng(seed)
    moment = problem.now if now is None else now
    soon = np.flatnonzero((schedule.end > moment) & (schedule.start < moment + 24 * _HOUR))
    free = soon[~problem.fixed[soon] & (schedule.start[soon] > moment)]
    hit = int(chance.choice(free if len(free) else np.arange(len(problem))))
    kind = seed % 5
    if kind == 0:
        begin = max(moment, int(schedule.start[hit]) - int(chance.integers(0, 2 * _HOUR)))
        length = int(chance.integers(3, 13)) * _HOUR
        return (Breakdown(int(schedule.machine[hit]), begin, begin + length),)
    if kind == 1:
        late = int(chance.integers(8, 49)) * _HOUR
        return (LateMaterial((hit,), int(schedule.start[hit]) + late),)
    if kind == 2 and (problem.pools.kind == CREW).any():
        crews = np.flatnonzero(problem.pools.kind == CREW)
        used = distinct(problem.alternatives.crew[schedule.alternative[soon]])
        at_work = used[np.isin(used, crews)]
        pool = int(chance.choice(at_work if len(at_work) else crews))
        there = max(capacity for _, _, capacity in problem.pools.steps(pool))
        heads = max(1, int(there * chance.uniform(0.125, 0.5)))
        return (AbsentCrew(pool, moment, moment + 24 * _HOUR, heads),)
    if kind == 3:
        return (RushOrder(_like_another(problem, schedule, chance, moment)),)
    return (Scrap((hit,), round(float(chance.uniform(0.1, 0.5)), 2)),)


def _like_another(
    problem: Problem, schedule: Schedule, chance: np.random.Generator, now: int
) -> NewOrder:
    """The routing of some order, wanted in half the time that such an order takes."""
    o, arcs, last = problem.operations, problem.precedence, problem.orders.last_operation
    order = int(chance.choice(np.flatnonzero(last >= 0)))
    rows = np.flatnonzero(o.order == order).tolist()
    rows.sort(key=lambda row: (row == last[order], row))
    position = {row: place for place, row in enumerate(rows)}
    operations = []
    for row in rows:
        into = range(int(arcs.first[row]), int(arcs.first[row + 1]))
        after = tuple(
            After(
                position[int(arcs.before[a])],
                int(arcs.lag[a]),
                int(arcs.maximum_wait[a]),
                int(arcs.end_lag[a]) if arcs.kind[a] else None,
            )
            for a in into
            if int(arcs.before[a]) in position
        )
        operations.append(
            NewOperation(
                ways_of(problem, row),
                after,
                resumable=bool(o.resumable[row]),
                recipe=int(o.recipe[row]),
                size=int(o.size[row]),
                label=f"RUSH/{position[row] + 1}",
            )
        )
    time = int(schedule.end[rows].max() - schedule.start[rows].min())
    weight = int(problem.orders.weight.max(initial=1))
    return NewOrder(tuple(operations), due=now + time // 2, weight=weight, label="RUSH")


def ways_of(problem: Problem, row: int) -> tuple[Alternative, ...]:
    """The alternatives of an operation as rows to build with."""
    a = problem.alternatives
    return tuple(
        Alternative(
            int(a.machine[way]),
            int(a.run[way]),
            int(a.crew[way]),
            int(a.heads[way]),
            int(a.tool[way]),
            int(a.family[way]),
        )
        for way in problem.alternatives_of(row)
    )
