"""What a schedule is worth to a planner: every term of an objective, from its definition."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..measure import measure, setup_asked
from ..objective import Objective, Term
from ..packing import packed
from ..problem import Problem
from ..schedule import Schedule
from ..working_time import Spans

_HOUR = 3600.0
Worth = tuple[float, ...]


def worth(problem: Problem, schedule: Schedule, objective: Objective) -> Worth:
    """Weigh a complete schedule, one figure per tier of the objective; less is better.

    Written over whole columns and apart from the search, whose incremental cost it verifies.
    """
    needed = {term for tier in objective.tiers for term in tier}
    figures = {term: _TERMS[term](problem, schedule, objective) for term in needed}
    return tuple(
        float(sum(weight * figures[term] for term, weight in tier.items()))
        for tier in objective.tiers
    )


def _completion(problem: Problem, schedule: Schedule) -> tuple[Ints, Ints]:
    """Rows of the open orders, and when each is done [s]."""
    rows = np.flatnonzero(problem.orders.last_operation >= 0)
    return rows, schedule.end[problem.orders.last_operation[rows]]


def _weighted_tardiness(problem: Problem, schedule: Schedule, _: Objective) -> float:
    return measure(problem, schedule).weighted_tardiness / _HOUR


def _late_orders(problem: Problem, schedule: Schedule, _: Objective) -> float:
    return measure(problem, schedule).late_orders


def _setup(problem: Problem, schedule: Schedule, _: Objective) -> float:
    return measure(problem, schedule).setup / _HOUR


def _makespan(problem: Problem, schedule: Schedule, _: Objective) -> float:
    return measure(problem, schedule).makespan / _HOUR


def _flow_time(problem: Problem, schedule: Schedule, _: Objective) -> float:
    return measure(problem, schedule).flow_time / _HOUR


def _work_in_progress(problem: Problem, schedule: Schedule, _: Objective) -> float:
    rows, completion = _completion(problem, schedule)
    order = problem.operations.order
    first = np.full(len(problem.orders), np.iinfo(np.int64).max)
    np.minimum.at(first, order[order >= 0], schedule.start[order >= 0])
    return float((completion - np.minimum(first[rows], completion)).sum()) / _HOUR


def _earliness(problem: Problem, schedule: Schedule, _: Objective) -> float:
    rows, completion = _completion(problem, schedule)
    early = np.maximum(problem.orders.due[rows] - completion, 0)
    return float((early * problem.orders.weight[rows]).sum()) / _HOUR


def _overtime(problem: Problem, schedule: Schedule, objective: Objective) -> float:
    assert objective.overtime is not None  # noqa: S101  # the objective was checked
    rate = np.array(objective.overtime.cost_per_hour) / _HOUR
    spans = np.array(objective.overtime.spans, dtype=np.float64).reshape(-1, 2)
    length = np.concatenate([[0.0], np.cumsum(spans[:, 1] - spans[:, 0])])

    def until(moment: Ints) -> NDArray[np.float64]:
        i = np.searchsorted(spans[:, 0], moment, side="right")
        started = np.maximum(i - 1, 0)
        if not len(spans):
            return np.zeros(len(moment))
        over = np.clip(spans[started, 1] - moment, 0, None)
        return np.asarray(np.where(i > 0, length[i] - over, 0.0))

    return _per_working_second(problem, schedule, rate, until)


def _energy(problem: Problem, schedule: Schedule, objective: Objective) -> float:
    assert objective.energy is not None  # noqa: S101  # the objective was checked
    power = np.array(objective.energy.power_kw) / _HOUR
    moments = np.array([moment for moment, _ in objective.energy.steps], dtype=np.float64)
    prices = np.array([price for _, price in objective.energy.steps])
    paid = np.concatenate([[0.0], np.cumsum(prices[:-1] * np.diff(moments))])

    def until(moment: Ints) -> NDArray[np.float64]:
        i = np.maximum(np.searchsorted(moments, moment, side="right") - 1, 0)
        return np.asarray(paid[i] + prices[i] * (moment - moments[i]))

    return _per_working_second(problem, schedule, power, until)


def _per_working_second(
    problem: Problem,
    schedule: Schedule,
    rate: NDArray[np.float64],
    until: Callable[[Ints], NDArray[np.float64]],
) -> float:
    """Sum over machines of a rate times an integral over the time in which each one works."""
    total = 0.0
    for i in _one_per_batch(problem, schedule):
        begin = problem.now if problem.operations.remaining[i] >= 0 else schedule.setup_start[i]
        spans = _pieces(_calendar(problem, schedule, i), int(begin), int(schedule.end[i]))
        paid = until(spans[:, 1]) - until(spans[:, 0])
        total += float(rate[schedule.machine[i]] * paid.sum())
    return total


def _one_per_batch(problem: Problem, schedule: Schedule) -> list[int]:
    places = problem.machines.places
    seen: dict[tuple[int, int], int] = {}
    for i, (machine, start) in enumerate(
        zip(schedule.machine.tolist(), schedule.start.tolist(), strict=True)
    ):
        key = (machine, start) if places[machine] > 0 else (-1 - i, 0)
        if key not in seen or problem.fixed[i] > problem.fixed[seen[key]]:
            seen[key] = i
    return list(seen.values())


def _calendar(problem: Problem, schedule: Schedule, operation: int) -> Spans:
    plant = packed(problem, schedule.maintenance_start).plant
    calendar = plant.way[schedule.alternative[operation], 6]
    return plant.span[plant.calendar[calendar] : plant.calendar[calendar + 1], :2]


def _pieces(spans: Spans, begin: int, end: int) -> Spans:
    kept = spans[(spans[:, 1] > begin) & (spans[:, 0] < end)]
    return np.column_stack([np.maximum(kept[:, 0], begin), np.minimum(kept[:, 1], end)])


def _setup_cost(problem: Problem, schedule: Schedule, objective: Objective) -> float:
    machines, seconds = setup_asked(problem, schedule)
    rate = np.array(objective.setup_cost_per_hour) / _HOUR
    return float((rate[machines] * seconds).sum())


def _moved(_: Problem, schedule: Schedule, objective: Objective) -> float:
    assert objective.reference is not None  # noqa: S101  # the objective was checked
    return float(np.abs(schedule.start - objective.reference.start).sum()) / _HOUR


def _reassigned(_: Problem, schedule: Schedule, objective: Objective) -> float:
    assert objective.reference is not None  # noqa: S101  # the objective was checked
    return float((schedule.machine != objective.reference.machine).sum())


_TERMS: dict[Term, Callable[[Problem, Schedule, Objective], float]] = {
    Term.WEIGHTED_TARDINESS: _weighted_tardiness,
    Term.LATE_ORDERS: _late_orders,
    Term.SETUP: _setup,
    Term.MAKESPAN: _makespan,
    Term.FLOW_TIME: _flow_time,
    Term.WORK_IN_PROGRESS: _work_in_progress,
    Term.EARLINESS: _earliness,
    Term.OVERTIME: _overtime,
    Term.ENERGY: _energy,
    Term.SETUP_COST: _setup_cost,
    Term.MOVED: _moved,
    Term.REASSIGNED: _reassigned,
}
