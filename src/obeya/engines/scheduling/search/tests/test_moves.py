"""Moves on one plan: what they cost, and that nothing is left of them after an undo."""

import numpy as np
import pytest

from obeya.engines.scheduling import Rule, Unschedulable, dispatch, random_problem
from obeya.engines.scheduling.objective import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    SHORTEST,
    Objective,
    smallest_change,
    tier,
)
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import worth
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.kernels.choose import best_place
from obeya.engines.scheduling.search.kernels.move import relocate, undo
from obeya.engines.scheduling.search.kernels.whole import give_back
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept, tidied
from obeya.engines.scheduling.search.prices import Prices

from .objectives import with_all_terms

OBJECTIVES = {
    "on time first": lambda problem, schedule: ON_TIME_FIRST,
    "least changeover": lambda problem, schedule: LEAST_CHANGEOVER,
    "shortest": lambda problem, schedule: SHORTEST,
    "smallest change": lambda problem, schedule: smallest_change(schedule),
    "in progress": lambda problem, schedule: Objective((tier(work_in_progress=1.0),)),
    "all terms": with_all_terms,
}


def island(seed: int, operations: int = 60, objective=OBJECTIVES["on time first"]) -> Island:
    problem = random_problem(seed, operations)
    schedule = dispatch(problem, rule=Rule(seed % len(Rule)))
    chosen = objective(problem, schedule)
    layout = Layout(packed(problem, schedule.maintenance_start), Prices(problem, chosen))
    return Island(layout, schedule, seed=seed, stream=0)


def weighed(problem, schedule, objective) -> float:
    """Worth on the scale of the kernels: a tier counts little against the one before."""
    return sum(figure * 1e-4**i for i, figure in enumerate(worth(problem, schedule, objective)))


def whole_state(plan) -> list[np.ndarray]:
    bar = plan.bar[:, [c for c in range(t.COLUMNS) if c != t.OLD]]
    now = (plan.cost[: len(bar)], plan.left, plan.line, plan.first_start)
    return [bar, *(array.copy() for array in now)]


@pytest.mark.parametrize("name", ["on time first", "all terms"])
def test_an_undone_move_leaves_no_trace(name):
    moved = 0
    for seed in range(25):
        one = island(seed, objective=OBJECTIVES[name])
        layout, plan = one.layout, one.plan
        one.work(200, 5.0)
        before = whole_state(plan)
        for operation in np.flatnonzero(~layout.problem.fixed).tolist():
            target = int(plan.bar[operation, t.START])
            place = best_place(layout.plant, plan, one.guide, operation, target, 1e6)
            if place[0] < 0:
                continue
            relocate(layout.plant, plan, operation, *place, np.inf, 10_000)
            undo(layout.plant, plan)
            moved += 1
            for old, new in zip(before, whole_state(plan), strict=True):
                assert np.array_equal(old, new), (seed, operation)
    assert moved > 800


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
