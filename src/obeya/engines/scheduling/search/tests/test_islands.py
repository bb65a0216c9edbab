"""An island works on one plan: what it costs, what is given back, and when it ends."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from obeya.engines.scheduling import Rule, Unschedulable, dispatch, random_problem
from obeya.engines.scheduling.objective import ON_TIME_FIRST
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.kernels.whole import give_back
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept, tidied
from obeya.engines.scheduling.search.prices import Prices
from obeya.engines.scheduling.search.team import Team

from .islands import OBJECTIVES, island, weighed


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_cost_that_moves_add_up_to_is_the_worth_of_the_plan(name):
    for seed in range(6):
        one = island(seed, objective=OBJECTIVES[name])
        problem = one.layout.problem
        start = given_back(one.layout, kept(one.plan))
        objective = OBJECTIVES[name](problem, start)
        assert one.cost == pytest.approx(weighed(problem, start, objective))

        one.work(1_500, 20.0)

        schedule = given_back(one.layout, kept(one.plan))
        assert not np.array_equal(schedule.start, start.start)
        assert one.cost == pytest.approx(weighed(problem, schedule, objective)), seed


def test_pools_are_full_again_when_everything_is_given_back():
    for seed in range(10):
        one = island(seed)
        one.work(1_000, 10.0)
        give_back(one.layout.plant, one.plan)
        assert np.array_equal(one.plan.left, one.layout.capacity), seed


def test_tidying_never_makes_a_plan_worse():
    for seed in range(20):
        one = island(seed)
        one.work(500, 10.0)
        cost = one.cost
        tidied(one.layout, one.plan)
        assert one.cost <= cost + 1e-9


def test_a_plan_is_given_back_as_it_was_read():
    for seed in range(20):
        try:
            one = island(seed)
        except Unschedulable:
            continue
        schedule = dispatch(one.layout.problem, rule=Rule(seed % len(Rule)))
        again = given_back(one.layout, kept(one.plan))
        for column in ("alternative", "setup_start", "start", "end", "maintenance_start"):
            assert np.array_equal(getattr(schedule, column), getattr(again, column)), seed


def test_an_effort_ends_the_work_at_the_same_move_on_each_run():
    done = [island(3).work(10_000, 5.0, effort=5_000) for _ in range(2)]

    assert 0 < done[0] < 1_000
    assert done[0] == done[1]


def test_two_islands_that_spend_the_same_effort_try_different_numbers_of_moves():
    problem = random_problem(1, 300)
    start = dispatch(problem)
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, ON_TIME_FIRST))
    team = Team(layout, start, seed=1, workers=2)

    with ThreadPoolExecutor(max_workers=2) as threads:
        spent = team.work(10**6, 30_000, 5.0, threads)

    tried = [int(one.plan.heap[t.TRIED]) for one in team.islands]
    assert tried[0] != tried[1]
    assert spent == sum(tried) < 10_000


def test_work_ends_where_no_operation_may_be_moved():
    one = island(3)
    one.guide.allowed[:] = 0

    assert one.work(100, 5.0) == 100
    assert one.plan.heap[t.TRIED] == 0
