"""Maintenance that moves inside its window."""

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    ProblemBuilder,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.objective import ON_TIME_FIRST
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import solve, worth
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back
from obeya.engines.scheduling.search.prices import Prices
from obeya.engines.scheduling.search.team import Team

HOUR = 3600


def team(seed: int) -> Team:
    problem = random_problem(seed, 80)
    start = dispatch(problem)
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, ON_TIME_FIRST))
    return Team(layout, start, seed=seed, workers=2)


def test_plans_with_moved_maintenance_hold():
    moved = 0
    for seed in range(12):
        crew = team(seed)
        for _ in range(15):
            moved += crew.move_maintenance()
        problem, first = crew.layout.problem, crew.islands[0]
        schedule = given_back(first.best_layout, first.best)
        assert check(problem, schedule) == [], seed
        value = worth(problem, schedule, ON_TIME_FIRST)[0]
        assert first.best_cost == pytest.approx(value), seed
    assert moved > 0


def test_maintenance_makes_way_for_an_urgent_order():
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    lathe = plan.machine(calendar=plan.calendar([(0, 100 * HOUR)]))
    order = plan.order(due=5 * HOUR)
    plan.operation([Alternative(lathe, run=5 * HOUR)], order=order)
    plan.maintenance(lathe, duration=2 * HOUR, earliest=0, latest=20 * HOUR)
    problem = plan.build()

    answer = solve(problem, budget=Budget(100_000), seed=1)

    assert check(problem, answer) == []
    assert answer.end[0] == 5 * HOUR
