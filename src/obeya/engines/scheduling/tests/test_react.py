"""From a live plan and a disruption to the next plan, and to different answers."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    ProblemBuilder,
    Rule,
    Schedule,
    check,
    dispatch,
    explain_late_orders,
    random_problem,
)
from obeya.engines.scheduling.objective import Objective, smallest_change, tier
from obeya.engines.scheduling.reaction import (
    Action,
    Breakdown,
    Costs,
    LateMaterial,
    OrderShift,
    compare,
    disruptions_of,
    options,
    react,
)
from obeya.engines.scheduling.reaction.options import difference
from obeya.engines.scheduling.search import worth

HOUR = 3600
WORK = Budget(4_000)


@pytest.fixture(scope="module")
def live():
    problem = random_problem(2, operations=500)
    return problem, dispatch(problem, rule=Rule.ATCS)


def test_twenty_disruptions_never_end_worse_than_moving_right(live):
    problem, schedule = live
    better = 0
    for seed in range(20):
        found = react(
            problem,
            schedule,
            disruptions_of(problem, schedule, seed),
            now=problem.now,
            frozen_until=problem.now + 8 * HOUR,
            budget=WORK,
        )
        situation = found.situation
        assert check(situation.problem, found.schedule) == [], seed
        assert found.worth <= found.first_worth, seed
        better += found.worth < found.first_worth
        kept = situation.problem.fixed & (situation.origin >= 0)
        assert np.array_equal(found.schedule.start[kept], situation.planned.start[kept]), seed
        assert (found.schedule.setup_start[~situation.problem.fixed] >= problem.now).all()
        for late in explain_late_orders(situation.problem, found.schedule):
            assert sum(late.attributed.values()) == late.delay
    assert better >= 15


def test_the_smallest_change_moves_few_by_a_shift(live):
    problem, schedule = live
    for seed in range(20):
        found = react(
            problem,
            schedule,
            disruptions_of(problem, schedule, seed),
            now=problem.now,
            frozen_until=problem.now + 8 * HOUR,
            objective=smallest_change,
            budget=WORK,
        )
        assert check(found.situation.problem, found.schedule) == [], seed
        least, share = found.least_share_moved_a_shift, found.share_moved_a_shift
        assert least <= share <= max(0.05, least), seed


def test_who_cannot_start_within_a_shift_is_known_before_any_search(two_saws):
    problem, schedule = two_saws

    def least(late: int) -> float:
        hit = [LateMaterial((0,), late)]
        return react(problem, schedule, hit, now=0, budget=Budget(0)).least_share_moved_a_shift

    assert [least(hour * HOUR - 1) for hour in (7, 8)] == [0, 0]
    assert [least(hour * HOUR) for hour in (8, 16)] == [1 / 5, 1 / 5]


def test_eight_hours_from_the_reference_plan_count_as_a_shift(two_saws):
    problem, schedule = two_saws
    away = np.array([8 * HOUR, -8 * HOUR, 8 * HOUR - 1, 0, 30 * HOUR])
    moved = replace(schedule, start=schedule.start + away)

    objective = Objective((tier(moved_a_shift=2.0),), reference=schedule)

    assert worth(problem, moved, objective) == (3 * 2.0,)


def test_the_first_answer_comes_before_the_search_and_the_same_seed_answers_alike(live):
    problem, schedule = live
    disruptions = disruptions_of(problem, schedule, 2)
    told = []

    first, again = (
        react(
            problem,
            schedule,
            disruptions,
            now=problem.now,
            budget=WORK,
            seed=7,
            on_better=lambda situation, plan, worth: told.append((plan is situation.first, worth)),
        )
        for _ in range(2)
    )

    assert np.array_equal(first.schedule.start, again.schedule.start)
    assert told[0] == (True, first.first_worth)
    assert [is_first for is_first, _ in told].count(True) == 2  # once in each of the two runs
    assert first.worth in [worth for _, worth in told]


@pytest.fixture
def two_saws():
    """Four lots of four hours on one saw, which another, slower one could take."""
    plan = ProblemBuilder(now=0, horizon=480 * HOUR)
    shifts = [(day * 24 * HOUR, (day * 24 + 16) * HOUR) for day in range(20)]
    saw, slow = (plan.machine(calendar=plan.calendar(shifts)) for _ in range(2))
    for _ in range(4):
        order = plan.order(due=20 * HOUR)
        plan.operation([Alternative(saw, 4 * HOUR), Alternative(slow, 5 * HOUR)], order=order)
    plan.operation([Alternative(slow, 10 * HOUR)], order=plan.order(due=12 * HOUR))
    problem = plan.build()

    schedule = Schedule.of(
        problem,
        alternative=[0, 2, 4, 6, 8],
        setup_start=[0, 4 * HOUR, 8 * HOUR, 12 * HOUR, 0],
        start=[0, 4 * HOUR, 8 * HOUR, 12 * HOUR, 0],
        end=[4 * HOUR, 8 * HOUR, 12 * HOUR, 16 * HOUR, 10 * HOUR],
    )
    assert check(problem, schedule) == []
    return problem, schedule


def test_answers_to_a_breakdown_are_priced_and_the_dominated_left_out(two_saws):
    found = options(
        *two_saws,
        [Breakdown(0, 8 * HOUR, 14 * HOUR)],
        now=7 * HOUR,
        costs=Costs(outside_lead=40 * HOUR),
        budget=Budget(0),
    )

    # Moved right only. Both lots elsewhere: the last is 8 h late. Overtime: 3 h of it, 7 h late.
    # Outside: 4 h of work, 28 h late, and the last lot 6 h. To delay both, or to halve one, costs
    # more than to take them elsewhere, and helps nobody.
    assert [(option.action, option.cost) for option in found] == [
        (Action.OTHER_MACHINE, 8 * 40),
        (Action.OVERTIME, 3 * 90 + 7 * 40),
        (Action.SUBCONTRACT, 4 * 150 + (28 + 6) * 40),
    ]
    assert found[0].hit == (OrderShift(3, 12 * HOUR), OrderShift(2, 3 * HOUR))


def test_the_search_finds_answers_that_differ(two_saws):
    found = options(
        *two_saws, [Breakdown(0, 8 * HOUR, 14 * HOUR)], now=7 * HOUR, budget=Budget(500)
    )

    assert 3 <= len(found) <= 5
    assert [option.cost for option in found] == sorted(option.cost for option in found)
    for option in found:
        assert check(option.problem, option.schedule) == [], option.action
    for a, b in combinations(found, 2):
        assert a.action is not b.action
        assert difference(a, b) > 0


def test_chance_disruptions_have_answers_that_hold(live):
    problem, schedule = live
    for seed in range(5):
        found = options(
            problem,
            schedule,
            disruptions_of(problem, schedule, seed),
            now=problem.now,
            budget=Budget(500),
        )
        assert found, seed
        for option in found:
            assert check(option.problem, option.schedule) == [], (seed, option.action)


def test_two_plans_are_compared(two_saws):
    problem, schedule = two_saws
    found = react(problem, schedule, [Breakdown(0, 0, 2 * HOUR)], now=0, budget=Budget(0))

    assert found.changes == compare(
        found.situation.problem, found.situation.planned, found.schedule
    )
    # Everything on the saw is two hours later; the last one stops over night after two hours.
    assert found.changes.moved == (0, 1, 2, 3)
    assert found.changes.later == (
        OrderShift(3, 10 * HOUR),
        OrderShift(0, 2 * HOUR),
        OrderShift(1, 2 * HOUR),
        OrderShift(2, 2 * HOUR),
    )
    assert found.changes.newly_late == (3,)
    assert found.changes.change.tardiness == 6 * HOUR
    assert (found.changes.reassigned, found.changes.moved_a_shift) == ((), ())
