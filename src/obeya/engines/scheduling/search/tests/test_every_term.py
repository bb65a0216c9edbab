"""Each term of an objective against all plans of tiny plants, those that wait included."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
import pytest

from obeya.engines.scheduling import Alternative, Budget, Problem, ProblemBuilder, Schedule, check
from obeya.engines.scheduling.objective import Energy, Objective, Overtime, Term, tier
from obeya.engines.scheduling.search import solve, worth
from obeya.engines.scheduling.search.prices import Prices

HOUR = 3600
LONGEST_WAIT_H = 12  # all data are whole hours, so no wait need be anything else
POWER_KW = (3.0, 5.0)
STEPS_H = ((0, 0.4), (3, 0.1), (5, 0.5), (9, 0.2), (40, 0.3))
OVERTIME_H = ((1, 4), (7, 9))
OVERTIME_COST = (20.0, 30.0)
SETUP_COST = (40.0, 70.0)

ALONE = [{term: 1.0} for term in Term]
RANKED = [
    ({Term.LATE_ORDERS: 1.0}, {Term.EARLINESS: 1.0}),
    ({Term.WEIGHTED_TARDINESS: 1.0}, {Term.ENERGY: 1.0, Term.OVERTIME: 0.1}),
    ({Term.MAKESPAN: 1.0}, {Term.WORK_IN_PROGRESS: 1.0}),
]


def tiny(seed: int) -> Problem:
    """Two orders of two operations each, on two machines with setups, that never close."""
    rng = np.random.default_rng(seed)
    plan = ProblemBuilder(now=0, horizon=40 * 24 * HOUR)
    always = plan.calendar([(0, 40 * 24 * HOUR)])
    matrix = plan.setup_matrix([[0, 2 * HOUR, HOUR], [HOUR, 0, 2 * HOUR], [HOUR, HOUR, 0]])
    machines = [plan.machine(calendar=always, setup_matrix=matrix, family=0) for _ in range(2)]
    for weight in (1, 2):
        order = plan.order(due=int(rng.integers(7, 14)) * HOUR, weight=weight)
        before = None
        for _ in range(2):
            family = int(rng.integers(3))
            ways = [
                Alternative(m, run=int(rng.integers(1, 4)) * HOUR, family=family)
                for m in machines[: 1 + int(rng.integers(2))]
            ]
            release = int(rng.integers(0, 3)) * HOUR
            operation = plan.operation(ways, order=order, family=family, release=release)
            if before is not None:
                plan.follows(operation, before)
            before = operation
    return plan.build()


def anything(problem: Problem, seed: int) -> Schedule:
    """A published plan that nobody could keep: starts and machines by chance."""
    rng = np.random.default_rng(seed)
    ways = [int(rng.choice(list(problem.alternatives_of(i)))) for i in range(len(problem))]
    start = rng.integers(0, 13, len(problem)) * HOUR
    end = start + problem.alternatives.run[ways]
    return Schedule.of(problem, alternative=ways, setup_start=start, start=start, end=end)


def objective_of(tiers: tuple[dict[Term, float], ...], reference: Schedule) -> Objective:
    return Objective(
        tuple(tier(**{term.value: weight for term, weight in one.items()}) for one in tiers),
        reference=reference,
        energy=Energy(POWER_KW, tuple((hour * HOUR, price) for hour, price in STEPS_H)),
        overtime=Overtime(tuple((a * HOUR, b * HOUR) for a, b in OVERTIME_H), OVERTIME_COST),
        setup_cost_per_hour=SETUP_COST,
    )


def least_of_all(
    problem: Problem, tiers: tuple[dict[Term, float], ...], reference: Schedule
) -> tuple[float, ...]:
    """Least worth over all sequences, alternatives, and waits before each operation."""
    best = (np.inf,) * len(tiers)
    for figures in _all_plans(problem, reference):
        left = np.ones(len(figures[Term.MAKESPAN]), bool)
        worths = []
        for one in tiers:
            total = np.sum([weight * figures[term] for term, weight in one.items()], axis=0)
            worths.append(float(total[left].min()))
            left &= total < worths[-1] + 1e-9
        best = min(best, tuple(np.round(worths, 9).tolist()))
    return best


def _all_plans(problem: Problem, reference: Schedule) -> Iterator[dict[Term, np.ndarray]]:
    n, arcs = len(problem), problem.precedence
    pairs = list(zip(arcs.before.tolist(), arcs.after.tolist(), strict=True))
    waits = np.indices((LONGEST_WAIT_H + 1,) * n).reshape(n, -1)
    for order in permutations(range(n)):
        if any(order.index(a) > order.index(b) for a, b in pairs):
            continue
        for ways in product(*(problem.alternatives_of(i) for i in range(n))):
            turns = {i: ways[i] for i in order}
            yield _figures(problem, reference, waits, pairs, turns)


def _figures(problem, reference, waits, pairs, turns) -> dict[Term, np.ndarray]:
    """Every term, in hours, of all plans with these turns and ways; a row per choice of waits."""
    zero = np.zeros(waits.shape[1], int)
    free, family = [zero, zero], [0, 0]
    start: dict[int, np.ndarray] = {}
    end: dict[int, np.ndarray] = {}
    figure = dict.fromkeys(Term, zero.astype(float))
    table = problem.alternatives
    for i, way in turns.items():
        machine, own = int(table.machine[way]), int(table.family[way])
        setup = problem.setup_seconds(machine, family[machine], own) // HOUR
        earliest = free[machine] + setup
        earliest = np.maximum(earliest, int(problem.operations.release[i]) // HOUR)
        for before in (a for a, b in pairs if b == i):
            earliest = np.maximum(earliest, end[before])
        start[i] = earliest + waits[i]
        end[i] = start[i] + int(table.run[way]) // HOUR
        free[machine], family[machine] = end[i], own
        figure[Term.SETUP] = figure[Term.SETUP] + setup
        figure[Term.SETUP_COST] = figure[Term.SETUP_COST] + setup * SETUP_COST[machine]
        for term, rate, hourly in (
            (Term.ENERGY, POWER_KW, _price),
            (Term.OVERTIME, OVERTIME_COST, _is_overtime),
        ):
            sums = np.concatenate([[0.0], np.cumsum([hourly(hour) for hour in range(200)])])
            worked = sums[end[i]] - sums[start[i] - setup]
            figure[term] = figure[term] + rate[machine] * worked
        away = np.abs(start[i] - int(reference.start[i]) // HOUR)
        figure[Term.MOVED] = figure[Term.MOVED] + away
        figure[Term.MOVED_A_SHIFT] = figure[Term.MOVED_A_SHIFT] + (away >= 8)
        elsewhere = machine != int(reference.machine[i])
        figure[Term.REASSIGNED] = figure[Term.REASSIGNED] + elsewhere
    for row, last in enumerate(problem.orders.last_operation.tolist()):
        due, weight = int(problem.orders.due[row]) // HOUR, int(problem.orders.weight[row])
        mine = np.flatnonzero(problem.operations.order == row).tolist()
        begun = np.min([start[i] for i in mine], axis=0)
        for term, amount in (
            (Term.WEIGHTED_TARDINESS, weight * np.maximum(end[last] - due, 0)),
            (Term.LATE_ORDERS, end[last] > due),
            (Term.EARLINESS, weight * np.maximum(due - end[last], 0)),
            (Term.FLOW_TIME, end[last]),
            (Term.WORK_IN_PROGRESS, end[last] - begun),
        ):
            figure[term] = figure[term] + amount
    figure[Term.MAKESPAN] = np.max(list(end.values()), axis=0)
    return figure


def _price(hour: int) -> float:
    return next(price for since, price in reversed(STEPS_H) if since <= hour)


def _is_overtime(hour: int) -> bool:
    return any(a <= hour < b for a, b in OVERTIME_H)


def _names(tiers: tuple[dict[Term, float], ...]) -> str:
    return " then ".join("+".join(one) for one in tiers)


@pytest.mark.parametrize("tiers", [(one,) for one in ALONE], ids=_names)
def test_no_plan_is_better_than_what_the_search_finds(tiers):
    for seed in range(4):
        problem = tiny(seed)
        reference = anything(problem, seed)
        objective = objective_of(tiers, reference)

        answer = solve(problem, objective=objective, budget=Budget(6_000), seed=seed)

        assert check(problem, answer) == []
        least = least_of_all(problem, tiers, reference)
        assert worth(problem, answer, objective) == pytest.approx(least), seed


@pytest.mark.parametrize("tiers", RANKED, ids=_names)
def test_no_plan_is_better_by_rank_than_the_best_of_four_searches(tiers):
    """The first goal is met by each; the way to the best of the next may lead through a worse."""
    for seed in range(4):
        problem = tiny(seed)
        reference = anything(problem, seed)
        objective = objective_of(tiers, reference)
        least = least_of_all(problem, tiers, reference)

        answers = [
            solve(problem, objective=objective, budget=Budget(6_000), seed=4 * seed + i)
            for i in range(4)
        ]

        assert not any(check(problem, answer) for answer in answers)
        worths = [worth(problem, answer, objective) for answer in answers]
        assert [value[0] for value in worths] == pytest.approx([least[0]] * 4), seed
        assert min(worths) == pytest.approx(least), seed


@pytest.mark.parametrize("term", [Term.LATE_ORDERS, Term.EARLINESS, Term.ENERGY, Term.OVERTIME])
def test_a_search_for_one_term_alone_begins_warm(term):
    """At a heat of 0 it would never take a step back."""
    problem = tiny(1)
    objective = objective_of(({term: 1.0},), anything(problem, 1))

    [unit] = Prices(problem, objective).units

    assert unit > 0.1
