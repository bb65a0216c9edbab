"""Plans polished by CP-SAT: the best where a window is all, never worse, and nothing else moved."""

import sys

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    ProblemBuilder,
    Schedule,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.objective import LEAST_CHANGEOVER, ON_TIME_FIRST, SHORTEST
from obeya.engines.scheduling.plain.shop import PlainShop
from obeya.engines.scheduling.polish import (
    CpSatMissing,
    Limit,
    makespan_bound,
    polish,
    worth_bound,
)
from obeya.engines.scheduling.polish.neighbourhood import is_movable
from obeya.engines.scheduling.polish.window import solve_window
from obeya.engines.scheduling.search import worth
from obeya.engines.scheduling.search.tests.test_optimum import OBJECTIVES, best_of_all, tiny

PRESETS = (ON_TIME_FIRST, LEAST_CHANGEOVER, SHORTEST)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=["on time", "shortest"])
def test_a_window_that_is_the_whole_plant_gives_the_best_of_all_plans(objective):
    for seed in range(3):
        problem = tiny(seed)

        answer = polish(problem, dispatch(problem), objective=objective, budget=Budget(20))

        least = best_of_all(problem, objective)
        assert check(problem, answer) == []
        assert worth(problem, answer, objective)[0] == pytest.approx(least), seed
        assert worth_bound(problem, objective=objective, limit=Limit(10)) <= least + 1e-6, seed


@pytest.mark.slow
def test_none_of_fifteen_windows_makes_a_plan_worse_or_breaks_a_rule():
    """Asked of the window itself: `polish` would keep the old plan and so hide a wrong model."""
    better = 0
    for seed in range(1_000, 1_015):
        problem, objective = random_problem(seed, 12 + seed % 20), PRESETS[seed % 3]
        start = dispatch(problem)
        rows = np.flatnonzero(is_movable(problem)).tolist()
        latest = int(start.end[rows].max()) + 86_400

        answer = solve_window(
            problem,
            start,
            rows,
            objective,
            limit=Limit(0.05, seed=seed),
            earliest=problem.now,
            latest=latest,
        ).schedule

        assert answer is not None, seed
        assert check(problem, answer) == [], seed
        before, after = (worth(problem, plan, objective) for plan in (start, answer))
        assert after <= before, seed
        better += after < before
    assert better >= 8


def columns(plan: Schedule) -> list[list[int]]:
    return [each.tolist() for each in (plan.alternative, plan.setup_start, plan.start, plan.end)]


def test_two_runs_give_the_same_better_plan_that_holds():
    problem = random_problem(7, 40)
    start = dispatch(problem)

    first, again = (polish(problem, start, budget=Budget(1), seed=3) for _ in range(2))

    assert columns(first) == columns(again)
    assert check(problem, first) == []
    assert worth(problem, first, ON_TIME_FIRST) < worth(problem, start, ON_TIME_FIRST)


def test_a_window_finds_a_plan_that_holds_and_leaves_the_rest_untouched():
    for seed in range(4):
        problem = random_problem(seed, 80)
        plan = dispatch(problem)
        rows = np.flatnonzero(is_movable(problem))
        rows = rows[np.argsort(plan.start[rows], kind="stable")][5:20]
        times = {"earliest": int(plan.setup_start[rows].min()), "latest": int(plan.end[rows].max())}

        answer = solve_window(
            problem, plan, rows.tolist(), ON_TIME_FIRST, limit=Limit(0.05), **times
        ).schedule

        assert answer is not None, seed
        assert check(problem, answer) == [], seed
        assert worth(problem, answer, ON_TIME_FIRST) <= worth(problem, plan, ON_TIME_FIRST)
        others = np.setdiff1d(np.arange(len(problem)), rows)
        for before, after in zip(columns(plan), columns(answer), strict=True):
            assert np.array_equal(np.array(before)[others], np.array(after)[others]), seed


@pytest.mark.slow
def test_no_bound_is_above_the_worth_of_a_plan():
    for seed in range(4):
        problem = random_problem(seed, 15)
        found = worth(problem, dispatch(problem), ON_TIME_FIRST)[0]
        assert 0 <= worth_bound(problem, limit=Limit(0.05)) <= found + 1e-6, seed


def test_a_small_plan_without_orders_is_polished_too():
    plan = ProblemBuilder(now=0, horizon=1_000)
    always = plan.calendar([(0, 1_000)])
    machines = [plan.machine(calendar=always) for _ in range(2)]
    for _ in range(2):
        plan.operation([Alternative(machine, run=100) for machine in machines])
    problem = plan.build()
    one_after_the_other = Schedule.of(
        problem, alternative=[0, 2], setup_start=[0, 100], start=[0, 100], end=[100, 200]
    )

    answer = polish(problem, one_after_the_other, objective=SHORTEST, budget=Budget(1))

    assert answer.end.tolist() == [100, 100]
    assert sorted(answer.machine.tolist()) == [0, 1]


FT06 = """6 6
2 1 0 3 1 6 3 7 5 3 4 6
1 8 2 5 4 10 5 10 0 10 3 4
2 5 3 4 5 8 0 9 1 1 4 7
1 5 0 5 2 5 3 3 4 8 5 9
2 9 1 3 4 5 5 4 0 3 3 1
1 3 3 3 5 9 0 10 4 4 2 1
"""


def test_the_bound_of_fisher_and_thompson_6_by_6_is_its_optimum():
    shop = read_instance(FT06).shop
    assert isinstance(shop, PlainShop)

    assert makespan_bound(shop, limit=Limit(5)) == 55


def test_without_or_tools_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)
    problem = random_problem(1, 12)

    with pytest.raises(CpSatMissing, match=r"pip install 'obeya\[polish\]'"):
        polish(problem, dispatch(problem), budget=Budget(1))
