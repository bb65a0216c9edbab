"""Tiny plants whose best schedule is found by trying all."""

from itertools import permutations, product

import numpy as np
import pytest

from obeya.engines.scheduling import Alternative, Budget, Problem, ProblemBuilder, check
from obeya.engines.scheduling.objective import Objective, tier
from obeya.engines.scheduling.search import solve, worth

HOUR = 3600
OBJECTIVES = (
    Objective((tier(weighted_tardiness=1.0, setup=0.5),)),
    Objective((tier(makespan=1.0, flow_time=0.01),)),
)


def tiny(seed: int) -> Problem:
    """Five operations of three orders on two machines, with setups and one crew for both."""
    rng = np.random.default_rng(seed)
    plan = ProblemBuilder(now=0, horizon=40 * 24 * HOUR)
    always = plan.calendar([(0, 40 * 24 * HOUR)])
    matrix = plan.setup_matrix([[0, 2 * HOUR, HOUR], [HOUR, 0, 3 * HOUR], [HOUR, HOUR, 0]])
    crew = plan.crew([(0, 40 * 24 * HOUR, 1)])
    machines = [plan.machine(calendar=always, setup_matrix=matrix, family=0) for _ in range(2)]
    orders = [plan.order(due=int(rng.integers(4, 16)) * HOUR, weight=w) for w in (1, 2, 3)]
    before: dict[int, int] = {}
    for i in range(5):
        order, family = orders[i % 3], int(rng.integers(3))
        mans = crew if rng.random() < 0.5 else -1
        ways = [
            Alternative(m, run=int(rng.integers(2, 7)) * HOUR, crew=mans, family=family)
            for m in machines[: 1 + int(rng.integers(2))]
        ]
        release = int(rng.integers(0, 4)) * HOUR
        operation = plan.operation(ways, order=order, family=family, release=release)
        if order in before:
            plan.follows(operation, before[order])
        before[order] = operation
    return plan.build()


def best_of_all(problem: Problem, objective: Objective) -> float:
    """Least worth over all sequences and alternatives, each operation at its earliest."""
    n, arcs = len(problem), problem.precedence
    pairs = list(zip(arcs.before.tolist(), arcs.after.tolist(), strict=True))
    weights = objective.tiers[0]
    best = np.inf
    for order in permutations(range(n)):
        if any(order.index(a) > order.index(b) for a, b in pairs):
            continue
        for ways in product(*(problem.alternatives_of(i) for i in range(n))):
            best = min(best, _value(problem, order, ways, pairs, weights))
    return best


def _value(problem, order, ways, pairs, weights) -> float:
    free, family, crew_free, setup_total = [0, 0], [0, 0], 0, 0
    end: dict[int, int] = {}
    for i in order:
        way = ways[i]
        machine, own = int(problem.alternatives.machine[way]), int(problem.alternatives.family[way])
        setup = problem.setup_seconds(machine, family[machine], own)
        ready = max([int(problem.operations.release[i]), *(end[a] for a, b in pairs if b == i)])
        mans = problem.alternatives.crew[way] >= 0
        begin = max(free[machine], crew_free if mans else 0)
        start = max(begin + setup, ready)
        end[i] = start + int(problem.alternatives.run[way])
        free[machine], family[machine] = end[i], own
        crew_free = end[i] if mans else crew_free
        setup_total += setup
    orders = problem.orders
    done = [end[i] for i in orders.last_operation.tolist()]
    late = sum(
        w * max(0, c - d)
        for w, c, d in zip(orders.weight.tolist(), done, orders.due.tolist(), strict=True)
    )
    figures = {
        "weighted_tardiness": late,
        "setup": setup_total,
        "makespan": max(end.values()),
        "flow_time": sum(done),
    }
    return float(sum(weight * figures[term.value] / HOUR for term, weight in weights.items()))


@pytest.mark.parametrize("objective", OBJECTIVES, ids=["on time", "shortest"])
def test_the_search_finds_the_best_of_all_schedules(objective):
    for seed in range(6):
        problem = tiny(seed)

        answer = solve(problem, objective=objective, budget=Budget(6_000), seed=seed)

        assert check(problem, answer) == []
        least = best_of_all(problem, objective)
        assert worth(problem, answer, objective)[0] == pytest.approx(least), seed
