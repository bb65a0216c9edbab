"""What a schedule is worth to a planner: every term of an objective, from its definition."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..kernels.plant import CALENDAR
from ..measure import measure, setup_asked
from ..objective import SHIFT_S, Energy, Objective, Overtime, Term
from ..packing import packed
from ..problem import Problem
from ..schedule import Schedule
from ..working_time import Spans

_HOUR = 3600.0
_ROUNDING = 1e-9  # of a figure, or of a unit where it is less than one
Worth = tuple[float, ...]


def worth(problem: Problem, schedule: Schedule, objective: Objective) -> Worth:
    """Weigh a complete schedule, one figure per tier of the objective; less is better.

    Written over whole columns and apart from the search, whose incremental cost it verifies.

    Raises
    ------
    ValueError
        If figures per machine, or the reference plan, are those of another problem.
    """
    objective.must_fit(problem)
    figure = _terms(problem, schedule, objective)
    return tuple(
        float(sum(weight * figure[term]() for term, weight in tier.items()))
        for tier in objective.tiers
    )


def compared(one: Worth, other: Worth) -> int:
    """-1, 0 or 1: whether one worth is less than another, as good, or more, by the tiers.

    Figures that differ by less than rounding are equal, so that the next tier decides.
    """
    for mine, its in zip(one, other, strict=True):
        if abs(mine - its) > _ROUNDING * max(1.0, abs(mine), abs(its)):
            return -1 if mine < its else 1
    return 0


def _terms(
    problem: Problem, schedule: Schedule, objective: Objective
) -> dict[Term, Callable[[], float]]:
    """How to come by every term that the objective has the data for."""
    measures = measure(problem, schedule)
    terms: dict[Term, Callable[[], float]] = {
        Term.WEIGHTED_TARDINESS: lambda: measures.weighted_tardiness / _HOUR,
        Term.LATE_ORDERS: lambda: measures.late_orders,
        Term.SETUP: lambda: measures.setup / _HOUR,
        Term.MAKESPAN: lambda: measures.makespan / _HOUR,
        Term.FLOW_TIME: lambda: measures.flow_time / _HOUR,
        Term.WORK_IN_PROGRESS: partial(_work_in_progress, problem, schedule),
        Term.EARLINESS: partial(_earliness, problem, schedule),
        Term.SETUP_COST: partial(_setup_cost, problem, schedule, objective.setup_cost_per_hour),
    }
    if objective.overtime is not None:
        terms[Term.OVERTIME] = partial(_overtime, problem, schedule, objective.overtime)
    if objective.energy is not None:
        terms[Term.ENERGY] = partial(_energy, problem, schedule, objective.energy)
    if objective.reference is not None:
        terms[Term.MOVED] = partial(_moved, schedule, objective.reference)
        terms[Term.MOVED_A_SHIFT] = partial(_moved_a_shift, schedule, objective.reference)
        terms[Term.REASSIGNED] = partial(_reassigned, schedule, objective.reference)
    return terms


def _completion(problem: Problem, schedule: Schedule) -> tuple[Ints, Ints]:
    """Rows of the open orders, and when each is done [s]."""
    rows = np.flatnonzero(problem.orders.last_operation >= 0)
    return rows, schedule.end[problem.orders.last_operation[rows]]


def _work_in_progress(problem: Problem, schedule: Schedule) -> float:
    rows, completion = _completion(problem, schedule)
    order = problem.operations.order
    first = np.full(len(problem.orders), np.iinfo(np.int64).max)
    np.minimum.at(first, order[order >= 0], schedule.start[order >= 0])
    return float((completion - np.minimum(first[rows], completion)).sum()) / _HOUR


def _earliness(problem: Problem, schedule: Schedule) -> float:
    rows, completion = _completion(problem, schedule)
    early = np.maximum(problem.orders.due[rows] - completion, 0)
    return float((early * problem.orders.weight[rows]).sum()) / _HOUR


def _overtime(problem: Problem, schedule: Schedule, overtime: Overtime) -> float:
    rate = np.array(overtime.cost_per_hour) / _HOUR
    spans = np.array(overtime.spans, dtype=np.float64).reshape(-1, 2)
    length = np.concatenate([[0.0], np.cumsum(spans[:, 1] - spans[:, 0])])

    def until(moment: Ints) -> NDArray[np.float64]:
        i = np.searchsorted(spans[:, 0], moment, side="right")
        started = np.maximum(i - 1, 0)
        if not len(spans):
            return np.zeros(len(moment))
        over = np.clip(spans[started, 1] - moment, 0, None)
        return np.asarray(np.where(i > 0, length[i] - over, 0.0))

    return _per_working_second(problem, schedule, rate, until)


def _energy(problem: Problem, schedule: Schedule, energy: Energy) -> float:
    power = np.array(energy.power_kw) / _HOUR
    moments = np.array([moment for moment, _ in energy.steps], dtype=np.float64)
    prices = np.array([price for _, price in energy.steps])
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
    calendar = plant.way[schedule.alternative[operation], CALENDAR]
    return plant.span[plant.calendar[calendar] : plant.calendar[calendar + 1], :2]


def _pieces(spans: Spans, begin: int, end: int) -> Spans:
    kept = spans[(spans[:, 1] > begin) & (spans[:, 0] < end)]
    return np.column_stack([np.maximum(kept[:, 0], begin), np.minimum(kept[:, 1], end)])


def _setup_cost(problem: Problem, schedule: Schedule, per_hour: tuple[float, ...]) -> float:
    machines, seconds = setup_asked(problem, schedule)
    rate = np.array(per_hour) / _HOUR
    return float((rate[machines] * seconds).sum())


def _moved(schedule: Schedule, reference: Schedule) -> float:
    return float(np.abs(schedule.start - reference.start).sum()) / _HOUR


def _moved_a_shift(schedule: Schedule, reference: Schedule) -> float:
    return float((np.abs(schedule.start - reference.start) >= SHIFT_S).sum())


def _reassigned(schedule: Schedule, reference: Schedule) -> float:
    return float((schedule.machine != reference.machine).sum())
