"""Idle crews and tools are taken back: who waited for them begins sooner, and nobody else moves."""

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Problem,
    ProblemBuilder,
    Schedule,
    Unschedulable,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.objective import ON_TIME_FIRST, Objective, tier
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import worth
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept, shifted_left
from obeya.engines.scheduling.search.prices import Prices

HOUR = 3600


def island(problem: Problem, start: Schedule, seed: int = 1) -> Island:
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, ON_TIME_FIRST))
    return Island(layout, start, seed=seed, stream=0)


def test_who_waited_for_a_crew_that_is_idle_by_now_begins_at_once():
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    always = plan.calendar([(0, 100 * HOUR)])
    crew = plan.crew([(0, 100 * HOUR, 1)])
    for _ in range(3):
        way = Alternative(plan.machine(calendar=always), run=2 * HOUR, crew=crew)
        plan.operation([way], order=plan.order(due=HOUR))
    problem = plan.build()
    gaps = Schedule.of(
        problem,
        alternative=[0, 1, 2],
        setup_start=[0, 4 * HOUR, 9 * HOUR],
        start=[0, 4 * HOUR, 9 * HOUR],
        end=[2 * HOUR, 6 * HOUR, 11 * HOUR],
    )
    one = island(problem, gaps)

    assert shifted_left(one.layout, one.plan) == 2

    after = given_back(one.layout, kept(one.plan))
    assert after.start.tolist() == [0, 2 * HOUR, 4 * HOUR]
    assert one.cost == pytest.approx(worth(problem, after, ON_TIME_FIRST)[0])
    assert shifted_left(one.layout, one.plan) == 0


def test_what_a_longest_wait_ties_to_a_later_one_stays():
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    always = plan.calendar([(0, 100 * HOUR)])
    crew = plan.crew([(0, 100 * HOUR, 1)])
    order = plan.order(due=HOUR)
    first, second = (
        plan.operation(
            [Alternative(plan.machine(calendar=always), run=2 * HOUR, crew=mans)], order=order
        )
        for mans in (crew, -1)
    )
    plan.follows(second, first, maximum_wait=HOUR)
    problem = plan.build()
    late = Schedule.of(
        problem,
        alternative=[0, 1],
        setup_start=[5 * HOUR, 8 * HOUR],
        start=[5 * HOUR, 8 * HOUR],
        end=[7 * HOUR, 10 * HOUR],
    )
    one = island(problem, late)

    shifted_left(one.layout, one.plan)

    after = given_back(one.layout, kept(one.plan))
    assert check(problem, after) == []
    assert after.start[0] == 5 * HOUR


def test_plans_hold_afterwards_and_no_operation_is_later_or_elsewhere():
    sooner = 0
    for seed in range(25):
        problem = random_problem(seed, 80)
        try:
            one = island(problem, dispatch(problem), seed)
        except Unschedulable:
            continue
        one.work(1_500, 5.0)
        before, lines = given_back(one.layout, kept(one.plan)), one.plan.bar[:, t.PREV].copy()

        sooner += shifted_left(one.layout, one.plan)

        after = given_back(one.layout, kept(one.plan))
        assert check(problem, after) == [], seed
        assert (after.start <= before.start).all(), seed
        assert np.array_equal(after.alternative, before.alternative), seed
        assert np.array_equal(one.plan.bar[:, t.PREV], lines), seed
        assert one.cost == pytest.approx(worth(problem, after, ON_TIME_FIRST)[0]), seed
    assert sooner > 20


def test_who_would_be_too_early_stays_while_who_is_late_begins_sooner():
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    always = plan.calendar([(0, 100 * HOUR)])
    crew = plan.crew([(0, 100 * HOUR, 1)])
    for due in (1, 4, 90):
        way = Alternative(plan.machine(calendar=always), run=2 * HOUR, crew=crew)
        plan.operation([way], order=plan.order(due=due * HOUR))
    problem = plan.build()
    gaps = Schedule.of(
        problem,
        alternative=[0, 1, 2],
        setup_start=[0, 5 * HOUR, 50 * HOUR],
        start=[0, 5 * HOUR, 50 * HOUR],
        end=[2 * HOUR, 7 * HOUR, 52 * HOUR],
    )
    objective = Objective((tier(weighted_tardiness=1.0, earliness=0.5),))
    layout = Layout(packed(problem, gaps.maintenance_start), Prices(problem, objective))
    one = Island(layout, gaps, seed=1, stream=0)
    one.plan.bar[:, t.FLAG] &= ~t.HELD  # as if it only had not been looked at
    one.plan.bar[:, t.WAITED] = 0

    assert shifted_left(one.layout, one.plan) == 1

    after = given_back(one.layout, kept(one.plan))
    assert after.start.tolist() == [0, 2 * HOUR, 50 * HOUR]
    assert one.cost == pytest.approx(worth(problem, after, objective)[0])
