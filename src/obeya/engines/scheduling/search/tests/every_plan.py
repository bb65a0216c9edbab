"""The cheapest plan of a tiny plant, found by trying every plan on a grid of whole units.

**Why the grid is enough.** Every figure of the plant is a multiple of `UNIT`, and the cost never
falls when something ends later. Round all the moments of any plan down to whole units. A rule says
that one moment comes so much before another, or before or after a fixed one: that survives, as both
sides are rounded alike. Or it says that what is in use does not exceed what is there: through each
unit there is then in use what was in use just ahead of its end. Nothing ends later, so nothing is
dearer. Only what a break interrupts may end a whole break sooner by rounding, which harms those
alone that may not end too soon: operations with a maximum wait or an overlap behind them. Where a
plant has both, nothing may stop for a break (see `tiny_plants`).

What is tried is cut by what pairs of operations must keep; what is left goes to the checker, which
shares no code with the search, the cheapest first. The first plan that it accepts is the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from obeya.engines.scheduling import Problem, Schedule, check
from obeya.engines.scheduling.objective import Objective, tier
from obeya.engines.scheduling.problem import END_TO_START

UNIT = 600  # seconds
LATE, LAST, FLOW = 10, 10, 1  # cost of a weighted unit late, of a unit of makespan, of flow time
OBJECTIVE = Objective((tier(weighted_tardiness=1.0, makespan=1.0, flow_time=0.1),))
PER_HOUR = LATE * 3600 // UNIT  # cost of what the objective counts as 1

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Best:
    """The cheapest plan, what it costs, and how many plans the checker was asked about."""

    cost: int
    plan: Schedule
    asked: int


@dataclass(frozen=True)
class _Options:
    """The ways and starts of one operation that its own hours allow, in units."""

    way: Numbers
    machine: Numbers
    start: Numbers
    end: Numbers


def cost_of(problem: Problem, plan: Schedule) -> float:
    """What a plan costs by the definition of the objective, in tenths of a unit."""
    ends = plan.end.tolist()
    total = LAST * max(ends)
    for row, last in enumerate(problem.orders.last_operation.tolist()):
        late = max(0, ends[last] - int(problem.orders.due[row]))
        total += LATE * int(problem.orders.weight[row]) * late + FLOW * ends[last]
    return float(total / UNIT)


def best_of_all(problem: Problem, no_more_than: float) -> Best | None:
    """The cheapest of all plans that cost so much or less, or None if there is no such plan.

    A start of an operation is left out if it alone makes a plan cost more: when every other
    operation ends as soon as it can, had it the plant to itself.
    """
    cheapest, limit, asked = None, no_more_than, 0
    for starts in _maintenance(problem):
        every = [_options(problem, i, starts, int(limit) // LAST) for i in range(len(problem))]
        options = _affordable(problem, every, limit)
        for cost, plan in _by_cost(problem, options, starts, limit):
            asked += 1
            if check(problem, plan) == []:
                cheapest, limit = (cost, plan), cost - 1
                break
    return None if cheapest is None else Best(*cheapest, asked)


def _affordable(problem: Problem, options: list[_Options], limit: float) -> list[_Options]:
    if not all(len(each.way) for each in options):
        return []
    soonest = [np.array([each.end.min()]) for each in options]
    found = []
    for i, each in enumerate(options):
        ends = [*soonest[:i], each.end, *soonest[i + 1 :]]
        keep = _cost(problem, ends) <= limit
        found.append(_Options(*(column[keep] for column in vars(each).values())))
    return found


def _cost(problem: Problem, ends: list[Numbers]) -> Numbers:
    """What plans with these ends cost; the arrays are broadcast against each other."""
    last = ends[0]
    for end in ends[1:]:
        last = np.maximum(last, end)
    total = LAST * last
    for row, operation in enumerate(problem.orders.last_operation.tolist()):
        late = np.maximum(ends[operation] - int(problem.orders.due[row]) // UNIT, 0)
        total = total + LATE * int(problem.orders.weight[row]) * late + FLOW * ends[operation]
    return total


def _maintenance(problem: Problem) -> Iterator[tuple[int, ...]]:
    """All starts of all maintenance jobs inside their windows."""
    jobs = problem.maintenance
    rows = zip(jobs.earliest.tolist(), jobs.latest.tolist(), jobs.duration.tolist(), strict=True)
    return product(*(range(a // UNIT, (b - length) // UNIT + 1) for a, b, length in rows))


def _hours(problem: Problem, way: int, starts: tuple[int, ...], window: int) -> list[bool]:
    """In which units an alternative can be worked on: shift, no maintenance, crew present."""
    machine, crew = int(problem.alternatives.machine[way]), int(problem.alternatives.crew[way])
    shifts = problem.calendars.intervals(int(problem.machines.calendar[machine]))
    hours = [any(a <= u * UNIT < b for a, b in shifts) for u in range(window)]
    for row, start in enumerate(starts):
        if problem.maintenance.machine[row] == machine:
            end = start + int(problem.maintenance.duration[row]) // UNIT
            hours[max(0, start) : max(0, end)] = [False] * len(hours[max(0, start) : max(0, end)])
    if crew < 0:
        return hours
    steps, heads = problem.pools.steps(crew), int(problem.alternatives.heads[way])
    return [
        hours[u] and any(a <= u * UNIT < b and heads <= there for a, b, there in steps)
        for u in range(window)
    ]


def _options(problem: Problem, i: int, starts: tuple[int, ...], window: int) -> _Options:
    operations, rows = problem.operations, []
    fixed, remaining = int(operations.fixed_alternative[i]), int(operations.remaining[i])
    for way in problem.alternatives_of(i) if fixed < 0 else [fixed]:
        machine, hours = (
            int(problem.alternatives.machine[way]),
            _hours(problem, way, starts, window),
        )
        begins = range(int(operations.release[i]) // UNIT, window)
        if fixed >= 0:
            begins = range(f := int(operations.fixed_start[i]) // UNIT, f + 1)
        run = remaining if remaining >= 0 else int(problem.alternatives.run[way])
        may_stop = operations.resumable[i] and problem.machines.resumable[machine]
        for start in begins:
            since = max(0, start)
            worked = [u for u in range(since, window) if hours[u]][: run // UNIT]
            end = worked[-1] + 1 if worked else since
            if len(worked) < run // UNIT:
                continue
            if fixed >= 0 or end - since == run // UNIT or (may_stop and hours[start]):
                rows.append((way, machine, start, end))
    return _Options(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


def _by_cost(
    problem: Problem, options: list[_Options], starts: tuple[int, ...], limit: float
) -> Iterator[tuple[int, Schedule]]:
    """The plans up to a limit that keep what two operations ask of each other, by their cost."""
    n, shape = len(options), [len(each.way) for each in options]
    if not n:
        return

    def along(*axes: int) -> list[int]:
        return [shape[k] if k in axes else 1 for k in range(n)]

    cost = _cost(problem, [each.end.reshape(along(k)) for k, each in enumerate(options)])
    possible = cost <= limit
    for i, j in combinations(range(n), 2):
        possible &= _keep(problem, options, i, j).reshape(along(i, j))
    left = np.flatnonzero(possible)
    for row in left[np.argsort(cost.ravel()[left], kind="stable")]:
        picked = zip(options, np.unravel_index(row, shape), strict=True)
        rows = [tuple(int(c[k]) for c in (o.way, o.machine, o.start, o.end)) for o, k in picked]
        yield int(cost.ravel()[row]), _plan(problem, rows, starts)


def _keep(problem: Problem, options: list[_Options], i: int, j: int) -> Mask:
    """Which options of two operations do not exclude each other; i in rows, j in columns."""
    start_i, end_i = options[i].start[:, None], options[i].end[:, None]
    start_j, end_j = options[j].start[None, :], options[j].end[None, :]
    machine = options[i].machine[:, None]
    apart = (end_i <= start_j) | (end_j <= start_i)
    together = (start_i == start_j) & (end_i == end_j) & (problem.machines.places[machine] > 0)
    keep: Mask = (machine != options[j].machine[None, :]) | apart | together
    arcs = problem.precedence
    for row in range(len(arcs)):
        before, after = int(arcs.before[row]), int(arcs.after[row])
        if {before, after} != {i, j}:
            continue
        start, end, of = (start_i, end_i, j) if before == i else (start_j, end_j, i)
        start_after, end_after = (start_j, end_j) if of == j else (start_i, end_i)
        lag = int(arcs.lag[row]) // UNIT
        if arcs.kind[row] == END_TO_START:
            keep &= start_after >= end + lag
        else:
            keep &= (start_after >= start + lag) & (end_after >= end + arcs.end_lag[row] // UNIT)
        if arcs.maximum_wait[row] >= 0:
            keep &= start_after <= end + int(arcs.maximum_wait[row]) // UNIT
    return keep


def _plan(problem: Problem, rows: list[tuple[int, ...]], starts: tuple[int, ...]) -> Schedule:
    """The plan with these ways, starts and ends, each setup as late as it can be made."""
    begun = [start for _, _, start, _ in rows]
    lines: dict[int, list[int]] = {}
    for i in sorted(range(len(rows)), key=lambda i: rows[i][2:]):
        lines.setdefault(rows[i][1], []).append(i)
    for machine, line in lines.items():
        left, at = int(problem.machines.initial_family[machine]), None
        now = left
        for i in line:
            way, _, start, _ = rows[i]
            family = int(problem.alternatives.family[way])
            if at != start:  # else it shares the setup of its batch
                left, at = now, start
            asked = problem.setup_seconds(machine, left, family) // UNIT
            if asked and problem.operations.remaining[i] < 0:
                hours = _hours(problem, way, starts, start)
                worked = [u for u in range(start) if hours[u]]
                begun[i] = worked[-asked] if len(worked) >= asked else -1
            now = family
    return Schedule.of(
        problem,
        alternative=[row[0] for row in rows],
        setup_start=[UNIT * unit for unit in begun],
        start=[UNIT * row[2] for row in rows],
        end=[UNIT * row[3] for row in rows],
        maintenance_start=[UNIT * unit for unit in starts],
    )
