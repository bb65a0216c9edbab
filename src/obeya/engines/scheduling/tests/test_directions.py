"""Plans from the due times back and from the bottleneck outwards, worked out by hand."""

from itertools import pairwise

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    ProblemBuilder,
    Rule,
    Unschedulable,
    check,
    dispatch,
    measure,
    random_problem,
)
from obeya.engines.scheduling.tests.month import DAY, HOUR, always, days

DIRECTED = (Rule.BACKWARD, Rule.BIDIRECTIONAL, Rule.BOTTLENECK_FIRST)


def hours(times):
    return [time / HOUR for time in times.tolist()]


def planned(plan, rule=Rule.BACKWARD):
    problem = plan.build()
    schedule = dispatch(problem, rule=rule)
    assert check(problem, schedule) == []
    return schedule


def routed(plan, machines, due):
    """An order with a step of so many hours on each machine; its operations."""
    order = plan.order(due=due * HOUR)
    steps = [plan.operation([Alternative(m, run * HOUR)], order=order) for m, run in machines]
    for before, after in pairwise(steps):
        plan.follows(after, before)
    return steps


def test_backward_each_step_ends_when_the_next_begins_and_the_last_when_it_is_due(plan):
    saw, mill = (plan.machine(calendar=always(plan)) for _ in range(2))
    routed(plan, [(saw, 2), (mill, 3)], due=10)

    assert hours(planned(plan).start) == [5, 7]


def test_backward_work_for_one_machine_moves_up_before_what_is_due_later(plan):
    saw = plan.machine(calendar=always(plan))
    for due in (5, 5, 6, 20):
        routed(plan, [(saw, 2)], due)

    assert hours(planned(plan).start) == [2, 0, 4, 18]


def test_backward_work_stops_over_night_and_what_cannot_stop_is_done_the_day_before(plan):
    saw, mill = (plan.machine(calendar=days(plan)) for _ in range(2))
    for machine, resumable in ((saw, True), (mill, False)):
        order = plan.order(due=DAY + 8 * HOUR)
        plan.operation([Alternative(machine, 5 * HOUR)], order=order, resumable=resumable)
    schedule = planned(plan)

    assert hours(schedule.start) == [11, 9]
    assert hours(schedule.end) == [32, 14]


def test_backward_leaves_the_setup_before_what_follows(plan):
    matrix = plan.setup_matrix([[0, HOUR], [2 * HOUR, 0]])
    press = plan.machine(calendar=always(plan), setup_matrix=matrix, family=1)
    for family in (1, 0):
        order = plan.order(due=9 * HOUR)
        plan.operation([Alternative(press, HOUR)], order=order, family=family)
    schedule = planned(plan)

    assert hours(schedule.setup_start) == [7, 4]  # from 0 to 1 an hour, at first from 1 to 0 two
    assert hours(schedule.start) == [8, 6]


def test_backward_one_person_does_one_thing_at_a_time(plan):
    crew = plan.crew([(0, 30 * DAY, 1)])
    for _ in range(2):
        machine = plan.machine(calendar=always(plan))
        plan.operation([Alternative(machine, 2 * HOUR, crew)], order=plan.order(due=5 * HOUR))

    assert hours(planned(plan).start) == [3, 1]


def test_backward_the_setter_is_elsewhere_so_the_setup_is_made_before(plan):
    setters = plan.setters([(0, 30 * DAY, 1)])
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    for _ in range(2):
        press = plan.machine(calendar=always(plan), setup_matrix=matrix, family=0, setter=setters)
        order = plan.order(due=8 * HOUR)
        plan.operation([Alternative(press, 3 * HOUR)], order=order, family=1)
    schedule = planned(plan)

    assert hours(schedule.setup_start) == [4, 3]
    assert hours(schedule.start) == [5, 4]


def test_backward_one_tool_serves_one_machine_at_a_time(plan):
    tool = plan.tool(1)
    for due in (6, 7):
        machine = plan.machine(calendar=always(plan))
        way = Alternative(machine, 2 * HOUR, tool=tool)
        plan.operation([way], order=plan.order(due=due * HOUR))

    assert hours(planned(plan).start) == [3, 5]


def test_backward_an_oven_takes_one_recipe_together(plan):
    oven = plan.machine(calendar=always(plan), places=2)
    for recipe in (0, 0, 1, 0):
        order = plan.order(due=9 * HOUR)
        plan.operation([Alternative(oven, HOUR)], recipe=recipe, order=order)

    assert hours(planned(plan).start) == [8, 8, 7, 6]


def test_backward_of_two_machines_the_one_that_can_start_last_is_taken(plan):
    slow, fast = (plan.machine(calendar=always(plan)) for _ in range(2))
    ways = [Alternative(slow, 3 * HOUR), Alternative(fast, 2 * HOUR)]
    for _ in range(3):
        plan.operation(ways, order=plan.order(due=9 * HOUR))
    schedule = planned(plan)

    assert hours(schedule.start) == [7, 6, 5]
    assert schedule.machine.tolist() == [fast, slow, fast]


def test_backward_lags_and_transfer_batches_count_from_what_follows(plan):
    oven, saw, mill = (plan.machine(calendar=always(plan)) for _ in range(3))
    order = plan.order(due=20 * HOUR)
    heat, cut, drill = (
        plan.operation([Alternative(machine, run * HOUR)], order=order)
        for machine, run in ((oven, 1), (saw, 2), (mill, 4))
    )
    plan.follows(cut, heat, lag=3 * HOUR)
    plan.overlaps(drill, cut, lag=HOUR, end_lag=HOUR)

    assert hours(planned(plan).start) == [11, 15, 16]  # cut an hour ahead of drill, not two


def test_backward_what_had_to_start_in_the_past_starts_now_and_pushes_what_can_wait(plan):
    saw = plan.machine(calendar=always(plan))
    for run, due in ((5, 3), (1, 4), (1, 20)):
        routed(plan, [(saw, run)], due)

    assert hours(planned(plan).start) == [0, 5, 19]


def test_backward_what_nobody_waits_for_goes_as_soon_as_it_can(plan):
    saw = plan.machine(calendar=always(plan))
    plan.operation([Alternative(saw, HOUR)])
    routed(plan, [(saw, 2)], due=9)

    assert hours(planned(plan).start) == [0, 7]


def test_backward_what_a_pinned_operation_waits_for_ends_when_that_begins(plan):
    saw, mill = (plan.machine(calendar=always(plan)) for _ in range(2))
    cut = plan.operation([Alternative(saw, 2 * HOUR)])
    pinned = plan.operation([Alternative(mill, HOUR)], fixed_alternative=0, fixed_start=9 * HOUR)
    plan.follows(pinned, cut)

    assert hours(planned(plan).start) == [7, 9]


def test_backward_does_not_start_before_its_material_is_there(plan):
    saw = plan.machine(calendar=always(plan))
    order = plan.order(due=9 * HOUR)
    plan.operation([Alternative(saw, 2 * HOUR)], order=order, release=8 * HOUR)

    assert hours(planned(plan).start) == [8]


def test_backward_a_plan_too_full_for_the_horizon_says_so(plan):
    saw = plan.machine(calendar=always(plan))
    for _ in range(2):
        routed(plan, [(saw, 20 * 24)], due=21 * 24)

    with pytest.raises(Unschedulable) as refused:
        dispatch(plan.build(), rule=Rule.BACKWARD)
    assert refused.value.reason == "horizon"


def test_backward_work_that_would_be_pushed_beyond_the_horizon_is_done_early_instead(plan):
    saw = plan.machine(calendar=always(plan))
    routed(plan, [(saw, 48)], due=29 * 24)
    order = plan.order(due=10 * HOUR)
    plan.operation([Alternative(saw, 60 * HOUR)], order=order, release=26 * DAY)

    assert hours(planned(plan).start) == [0, 26 * 24]


def test_both_ways_from_the_bottleneck_work_arrives_there_just_in_time(plan):
    saw, furnace, packing = (plan.machine(calendar=always(plan)) for _ in range(3))
    for due in (30, 40):
        routed(plan, [(saw, 1), (furnace, 4), (packing, 1)], due)

    schedule = planned(plan, Rule.BIDIRECTIONAL)

    assert hours(schedule.start) == [0, 1, 5, 4, 5, 9]


def test_both_ways_what_never_sees_the_bottleneck_goes_forward(plan):
    saw, furnace = (plan.machine(calendar=always(plan)) for _ in range(2))
    routed(plan, [(saw, 1), (furnace, 9)], due=30)
    routed(plan, [(saw, 2)], due=50)

    assert hours(planned(plan, Rule.BIDIRECTIONAL).start) == [0, 1, 1]


def test_the_work_that_feeds_the_busiest_machine_goes_before_what_is_due_sooner(plan):
    saw, furnace, press = (plan.machine(calendar=always(plan)) for _ in range(3))
    routed(plan, [(saw, 1), (press, 1)], due=10)
    routed(plan, [(saw, 1), (furnace, 6)], due=40)

    assert hours(planned(plan, Rule.EDD).start) == [0, 1, 1, 2]
    assert hours(planned(plan, Rule.BOTTLENECK_FIRST).start) == [1, 2, 0, 1]


@pytest.mark.parametrize("rule", DIRECTED)
def test_an_empty_plant_has_an_empty_schedule(plan, rule):
    assert len(planned(plan, rule)) == 0


@pytest.mark.parametrize("rule", DIRECTED)
def test_the_checker_refuses_no_plan_by_chance(rule):
    refused = {}
    for seed in range(100):
        problem = random_problem(seed, operations=20 + seed % 25)
        if found := check(problem, dispatch(problem, rule=rule, noise=seed % 3, seed=seed)):
            refused[seed] = found
    assert refused == {}


def latest_start(end_by, run, open_hours):
    """The last hour at which work of so many open hours begins to be done in time: by counting."""
    hour, left = end_by, run
    while left:
        hour -= 1
        left -= hour % 24 in open_hours
    return hour


@pytest.mark.parametrize("seed", range(20))
def test_where_nobody_shares_a_machine_all_is_done_just_in_time(seed):
    rng = np.random.default_rng(seed)
    plan = ProblemBuilder(now=0, horizon=60 * DAY)
    expected = []
    for _ in range(12):
        open_hours = range(int(rng.integers(0, 9)), int(rng.integers(12, 25)))
        shifts = [
            (day * DAY + open_hours.start * HOUR, day * DAY + open_hours.stop * HOUR)
            for day in range(60)
        ]
        runs, due = rng.integers(1, 12, 4).tolist(), int(rng.integers(20 * 24, 50 * 24))
        routed(plan, [(plan.machine(calendar=plan.calendar(shifts)), run) for run in runs], due)
        end_by, starts = due, []
        for run in runs[::-1]:
            end_by = latest_start(end_by, run, open_hours)
            starts.append(end_by)
        expected += starts[::-1]
    schedule = planned(plan)

    assert hours(schedule.start) == expected
    assert measure(plan.build(), schedule).late_orders == 0


def test_backward_orders_stay_in_the_shop_for_less_time():
    problem = random_problem(5, operations=400, load=0.5)
    orders = problem.operations.order
    time_in_shop = {}
    for rule in (Rule.EDD, Rule.BACKWARD):
        schedule = dispatch(problem, rule=rule)
        free = ~problem.fixed & (orders >= 0)
        first = np.full(len(problem.orders), problem.horizon)
        np.minimum.at(first, orders[free], schedule.start[free])
        last = np.zeros(len(problem.orders), np.int64)
        np.maximum.at(last, orders[free], schedule.end[free])
        time_in_shop[rule] = (last - first)[last > 0].sum()

    assert time_in_shop[Rule.BACKWARD] < 0.9 * time_in_shop[Rule.EDD]
