"""Maintenance that moves inside its window."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
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
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept
from obeya.engines.scheduling.search.prices import Prices
from obeya.engines.scheduling.search.team import Team
from obeya.engines.scheduling.search.upkeep import Upkeep

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


def test_other_hours_that_do_not_pay_leave_no_trace():
    tried = 0
    for seed in range(12):
        first = team(seed).islands[0]
        first.work(300, 5.0)
        upkeep = Upkeep(first.layout.problem, np.random.default_rng(seed))
        before = whole_state(first)
        for _ in range(10):
            proposal = upkeep.proposal(first.layout, first.plan)
            if proposal is None:
                break
            other = first.layout.with_maintenance(proposal.machine, proposal.starts)
            assert not first.work_in(other, proposal.machine, proposal.since, -np.inf)
            tried += 1
            for old, new in zip(before, whole_state(first), strict=True):
                assert np.array_equal(old, new), seed
    assert tried > 40


def whole_state(island: Island) -> list[np.ndarray]:
    plan = island.plan
    bar = plan.bar[:, [c for c in range(t.COLUMNS) if c != t.OLD]]
    now = (plan.cost[: len(bar)], plan.left, plan.line, plan.first_start)
    return [bar, *(array.copy() for array in now)]


def test_a_layout_with_other_maintenance_is_the_one_that_would_be_made_anew():
    compared = 0
    for seed in range(12):
        first = team(seed).islands[0]
        layout = first.layout
        proposal = Upkeep(layout.problem, np.random.default_rng(seed)).proposal(layout, first.plan)
        if proposal is None:
            continue
        changed = layout.with_maintenance(proposal.machine, proposal.starts)
        anew = Layout(packed(layout.problem, proposal.starts), layout.prices)
        for one, other in zip(hours_of_ways(changed), hours_of_ways(anew), strict=True):
            assert np.array_equal(one[0], other[0]), seed
            assert np.array_equal(one[1], other[1]), seed
        compared += 1
    assert compared > 5


def hours_of_ways(layout: Layout) -> list[tuple[np.ndarray, np.ndarray]]:
    """Working intervals of each alternative, and which of them each hint names."""
    plant = layout.plant
    first = plant.fact[plant.fact[t.CALENDARS] :]
    return [
        (plant.span[first[row] : first[row + 1]], plant.hint[row] - first[row])
        for row in plant.way[:, t.CALENDAR].tolist()
    ]


def test_islands_that_move_maintenance_go_on_from_the_same_plan():
    moved = 0
    with ThreadPoolExecutor(max_workers=2) as threads:
        for seed in range(6):
            crew = team(seed)
            for _ in range(4):
                crew.work(300, 10**6, 5.0, threads)
                moved += crew.move_maintenance(50.0)
                one, other = crew.islands
                assert one.layout is other.layout is crew.layout
                assert np.array_equal(one.plan.bar[:, : t.FLAG], other.plan.bar[:, : t.FLAG])
                schedule = given_back(one.layout, kept(one.plan))
                assert check(crew.layout.problem, schedule) == []
    assert moved > 2


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


def test_nothing_is_proposed_before_now_nor_of_a_job_that_has_begun():
    """A service of two hours may be done from yesterday until tonight: now it is noon."""
    plan = ProblemBuilder(now=12 * HOUR, horizon=48 * HOUR)
    machine = plan.machine(calendar=plan.calendar([(0, 48 * HOUR)]))
    plan.operation([Alternative(machine, HOUR)], order=plan.order(due=20 * HOUR))
    plan.maintenance(machine, duration=2 * HOUR, earliest=0, latest=24 * HOUR)
    problem = plan.build()

    def proposed(start):
        schedule = replace(dispatch(problem), maintenance_start=np.array([start]))
        layout = Layout(packed(problem, schedule.maintenance_start), Prices(problem, ON_TIME_FIRST))
        island = Island(layout, schedule, seed=0, stream=0)
        upkeep = Upkeep(problem, np.random.default_rng(0))
        found = [upkeep.proposal(layout, island.plan) for _ in range(50)]
        return {each.starts[0] for each in found if each is not None}

    assert min(proposed(20 * HOUR)) >= 12 * HOUR
    assert proposed(11 * HOUR) == set()


@pytest.mark.parametrize(
    ("earliest_h", "latest_h", "start_h"),
    [
        (0, 24, 12),  # all night it could have been done; now it is noon
        (11, 13, 11),  # it has no choice: it is under way
        (0, 13, 11),  # nor has this one any more
        (14, 20, 14),
    ],
)
def test_no_maintenance_is_planned_before_now(earliest_h, latest_h, start_h):
    plan = ProblemBuilder(now=12 * HOUR, horizon=48 * HOUR)
    machine = plan.machine(calendar=plan.calendar([(0, 48 * HOUR)]))
    plan.operation([Alternative(machine, HOUR)], order=plan.order(due=20 * HOUR))
    plan.maintenance(machine, duration=2 * HOUR, earliest=earliest_h * HOUR, latest=latest_h * HOUR)
    problem = plan.build()

    schedule = dispatch(problem)

    assert schedule.maintenance_start.tolist() == [start_h * HOUR]
    assert check(problem, schedule) == []
