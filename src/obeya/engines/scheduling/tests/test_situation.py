"""What is left to decide after a disruption, and the first plan for it."""

from dataclasses import replace

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    ProblemBuilder,
    Rule,
    check,
    dispatch,
    explain_late_orders,
    random_problem,
)
from obeya.engines.scheduling.reaction import (
    AbsentCrew,
    Breakdown,
    LateMaterial,
    NewOperation,
    NewOrder,
    RushOrder,
    Scrap,
    apply,
    disruptions_of,
)

HOUR = 3600


@pytest.fixture
def plan():
    return ProblemBuilder(now=0, horizon=240 * HOUR)


@pytest.fixture
def saw_and_mill(plan):
    """Two operations of two hours back to back, a successor of the first on the mill."""
    saw, mill = (plan.machine(calendar=plan.calendar([(0, 240 * HOUR)])) for _ in range(2))
    first = plan.operation([Alternative(saw, 2 * HOUR)], order=plan.order(due=1))
    plan.operation([Alternative(saw, 2 * HOUR)], order=plan.order(due=2))
    plan.follows(plan.operation([Alternative(mill, HOUR)], order=0), first)
    problem = plan.build()
    schedule = dispatch(problem, rule=Rule.EDD)
    assert schedule.start.tolist() == [0, 2 * HOUR, 2 * HOUR]
    return problem, schedule


def after(planned, *disruptions, now=0, frozen_until=None):
    situation = apply(*planned, disruptions, now=now, frozen_until=frozen_until)
    assert check(situation.problem, situation.first) == []
    return situation


def hours(seconds):
    return (seconds / HOUR).tolist()


def test_work_that_a_breakdown_stops_goes_on_after_it(saw_and_mill):
    found = after(saw_and_mill, Breakdown(0, HOUR, 3 * HOUR), now=HOUR)

    assert found.problem.operations.remaining.tolist() == [HOUR, -1, -1]
    assert hours(found.first.start) == [0, 4, 4]
    assert hours(found.first.end) == [4, 6, 5]


def test_a_breakdown_before_now_has_cost_the_work_of_that_time(saw_and_mill):
    found = after(saw_and_mill, Breakdown(0, HOUR, 2 * HOUR), now=2 * HOUR)

    assert found.problem.operations.remaining.tolist() == [HOUR, -1, -1]
    assert hours(found.first.start) == [0, 3, 3]


def test_late_material_holds_its_operation_only(saw_and_mill):
    found = after(saw_and_mill, LateMaterial((1,), 5 * HOUR))

    assert hours(found.first.start) == [0, 5, 2]


def test_a_missing_head_leaves_work_for_one(plan):
    welders = plan.crew([(0, 240 * HOUR, 2)])
    for _ in range(2):
        machine = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]))
        plan.operation([Alternative(machine, 2 * HOUR, crew=welders)])
    problem = plan.build()

    found = after((problem, dispatch(problem)), AbsentCrew(welders, HOUR, 4 * HOUR))

    assert hours(found.first.start) == [0, 2]


def test_a_rush_order_goes_into_gaps_first_and_moves_nobody(saw_and_mill):
    order = NewOrder((NewOperation((Alternative(1, HOUR),)),), due=HOUR, label="RUSH")
    found = after(saw_and_mill, RushOrder(order))

    assert hours(found.first.start) == [0, 2, 2, 0]
    assert found.origin.tolist() == [0, 1, 2, -1]
    assert found.problem.orders.due.tolist() == [1, 2, HOUR]


def test_a_lot_that_is_partly_spoilt_runs_longer(saw_and_mill):
    found = after(saw_and_mill, Scrap((0,), 0.5))

    assert hours(found.first.start) == [0, 3, 3]
    assert hours(found.first.end) == [3, 5, 4]


def test_what_is_done_and_spoilt_is_done_again(saw_and_mill):
    problem, schedule = saw_and_mill

    found = after((problem, schedule), Scrap((0,), 0.5), now=2 * HOUR)

    assert found.origin.tolist() == [1, 2, -1]  # the first is done; its half comes again
    assert found.problem.alternatives.run.tolist() == [2 * HOUR, HOUR, HOUR]
    assert hours(found.first.start) == [2, 5, 4]  # the mill waits for it


def test_what_is_done_is_left_out_and_the_machine_stays_set_up(plan):
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    press = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]), setup_matrix=matrix, family=0)
    for family in (1, 1):
        plan.operation([Alternative(press, HOUR)], family=family, order=plan.order(due=9))
    problem = plan.build()

    found = after((problem, dispatch(problem)), now=2 * HOUR)

    assert (len(found.problem), found.problem.orders.last_operation.tolist()) == (1, [-1, 0])
    assert (hours(found.first.start), hours(found.first.setup_start)) == ([2], [2])


def test_lags_and_waits_after_what_is_done_go_on(plan):
    bath, oven = (plan.machine(calendar=plan.calendar([(0, 240 * HOUR)])) for _ in range(2))
    first = plan.operation([Alternative(bath, HOUR)])
    second = plan.operation([Alternative(oven, HOUR)])
    plan.follows(second, first, lag=3 * HOUR, maximum_wait=5 * HOUR)
    problem = plan.build()
    planned = problem, dispatch(problem)

    found = after(planned, now=2 * HOUR)
    assert hours(found.first.start) == [0, 4]
    assert found.problem.precedence.lag.tolist() == [2 * HOUR]
    assert found.problem.precedence.maximum_wait.tolist() == [4 * HOUR]

    broken = after(planned, Breakdown(1, 3 * HOUR, 9 * HOUR), now=2 * HOUR)
    assert hours(broken.first.start) == [0, 9]
    assert broken.waived == ((0, 1),)


def test_the_frozen_zone_stays_unless_it_has_become_impossible(saw_and_mill):
    calm = after(saw_and_mill, LateMaterial((2,), 9 * HOUR), frozen_until=3 * HOUR)
    assert calm.problem.fixed.tolist() == [True, True, False]
    assert calm.thawed == (2,)

    hit = after(saw_and_mill, Breakdown(0, 0, HOUR), frozen_until=3 * HOUR)
    assert hit.problem.fixed.tolist() == [False, False, False]
    assert hit.thawed == (0, 1, 2)
    assert hours(hit.first.start) == [1, 3, 3]


def test_maintenance_of_the_frozen_zone_stays_and_no_other_comes_into_it(plan):
    """Services of two machines at 10 and 20 o'clock, both free from 8 to 30; frozen until noon."""
    hours_of_all = plan.calendar([(0, 240 * HOUR)])
    for start in (10, 20):
        machine = plan.machine(calendar=hours_of_all)
        plan.operation([Alternative(machine, HOUR)], order=plan.order(due=start * HOUR))
        plan.maintenance(machine, duration=2 * HOUR, earliest=8 * HOUR, latest=30 * HOUR)
    problem = plan.build()
    schedule = replace(dispatch(problem), maintenance_start=np.array([10 * HOUR, 20 * HOUR]))
    assert check(problem, schedule) == []

    found = after((problem, schedule), now=4 * HOUR, frozen_until=12 * HOUR).problem.maintenance

    assert (hours(found.earliest), hours(found.latest)) == ([10, 12], [12, 30])


def test_time_alone_moves_nothing():
    for seed in range(30):
        problem = random_problem(seed, operations=40)
        found = after((problem, dispatch(problem)), now=problem.now + seed * HOUR)
        assert np.array_equal(found.first.start, found.planned.start), seed


def test_chance_disruptions_leave_what_is_frozen_and_what_has_begun():
    for seed in range(60):
        problem = random_problem(seed, operations=30 + seed % 20)
        schedule = dispatch(problem, rule=Rule(seed % len(Rule)))
        now = problem.now + (seed % 4) * 5 * HOUR
        disruptions = disruptions_of(problem, schedule, seed, now=now)
        found = after(
            (problem, schedule), *disruptions, now=now, frozen_until=now + (seed % 3) * 8 * HOUR
        )
        old, first = found.origin >= 0, found.first
        kept = found.problem.fixed & old
        assert np.array_equal(first.start[kept], schedule.start[found.origin[kept]]), seed
        free = ~found.problem.fixed
        assert (first.setup_start[free] >= now).all(), seed
        in_turn = first.start[free & old] >= found.planned.start[free & old]
        assert in_turn.all(), seed
        for late in explain_late_orders(found.problem, first):
            assert sum(late.attributed.values()) == late.delay, seed
