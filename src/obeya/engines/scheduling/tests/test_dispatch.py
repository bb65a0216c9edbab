"""Small plants whose schedule can be worked out by hand."""

from itertools import permutations

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    ProblemBuilder,
    Rule,
    Unschedulable,
    best_of_rules,
    check,
    dispatch,
    measure,
    random_problem,
)
from obeya.engines.scheduling.tests.month import DAY, HOUR, always, days


def starts_h(schedule):
    return [start / HOUR for start in schedule.start.tolist()]


def test_an_empty_plant_has_an_empty_schedule(plan):
    problem = plan.build()
    schedule = dispatch(problem)

    assert (len(schedule), check(problem, schedule)) == (0, [])
    assert measure(problem, schedule).makespan == 0


def test_the_earliest_due_order_goes_first(plan):
    saw = plan.machine(calendar=always(plan))
    for due in (9, 3, 6):
        plan.operation([Alternative(saw, HOUR)], order=plan.order(due=due * HOUR))

    assert starts_h(dispatch(plan.build(), rule=Rule.EDD)) == [2, 0, 1]


def test_the_weight_of_an_hour_decides_by_apparent_tardiness_cost(plan):
    saw = plan.machine(calendar=always(plan))
    for weight, hours in ((1, 1), (9, 2), (1, 4)):
        order = plan.order(due=0, weight=weight)
        plan.operation([Alternative(saw, hours * HOUR)], order=order)

    assert starts_h(dispatch(plan.build(), rule=Rule.ATC)) == [2, 0, 3]


def test_setup_runs_keep_a_family_together(plan):
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    press = plan.machine(calendar=always(plan), setup_matrix=matrix, family=0)
    for number, family in enumerate((0, 1, 0, 1)):
        order = plan.order(due=(number + 1) * HOUR)
        plan.operation([Alternative(press, HOUR)], order=order, family=family)
    problem = plan.build()

    assert measure(problem, dispatch(problem, rule=Rule.EDD)).setup == 3 * HOUR
    assert measure(problem, dispatch(problem, rule=Rule.SETUP_RUNS)).setup == HOUR


def test_work_stops_over_night_but_not_what_cannot_resume(plan):
    saw = plan.machine(calendar=days(plan))
    mill = plan.machine(calendar=days(plan))
    for machine, resumable in ((saw, True), (mill, False)):
        plan.operation([Alternative(machine, 5 * HOUR)], resumable=resumable)
        plan.operation([Alternative(machine, 5 * HOUR)], resumable=resumable)
    schedule = dispatch(plan.build())

    assert starts_h(schedule) == [6, 11, 6, 30]
    assert schedule.end[1] == DAY + 8 * HOUR


def test_a_setup_is_made_while_the_predecessor_still_runs(plan):
    matrix = plan.setup_matrix([[0, 2 * HOUR], [0, 0]])
    saw = plan.machine(calendar=always(plan))
    press = plan.machine(calendar=always(plan), setup_matrix=matrix, family=0)
    first = plan.operation([Alternative(saw, 5 * HOUR)])
    plan.follows(plan.operation([Alternative(press, HOUR)], family=1), first)
    schedule = dispatch(plan.build())

    assert (schedule.setup_start[1] / HOUR, schedule.start[1] / HOUR) == (3, 5)


def test_an_oven_fills_with_one_recipe(plan):
    oven = plan.machine(calendar=always(plan), places=3)
    for recipe in (0, 1, 0, 0, 0):
        plan.operation([Alternative(oven, HOUR)], recipe=recipe)
    schedule = dispatch(plan.build())

    batches = sorted(schedule.start.tolist())
    assert batches in ([0, 0, 0, HOUR, 2 * HOUR], [0, HOUR, HOUR, HOUR, 2 * HOUR])


def test_a_predecessor_waits_so_that_its_successor_need_not(plan):
    degrease, paint = (plan.machine(calendar=always(plan)) for _ in range(2))
    plan.operation([Alternative(paint, 8 * HOUR)], order=plan.order(due=1))
    bath = plan.operation([Alternative(degrease, HOUR)], order=plan.order(due=9 * DAY))
    coat = plan.operation([Alternative(paint, HOUR)])
    plan.follows(coat, bath, maximum_wait=HOUR)
    problem = plan.build()
    schedule = dispatch(problem, rule=Rule.EDD)

    assert check(problem, schedule) == []
    assert schedule.start[coat] - schedule.end[bath] <= HOUR


def test_movable_maintenance_is_done_off_shift(plan):
    saw = plan.machine(calendar=days(plan))
    plan.maintenance(saw, duration=4 * HOUR, earliest=7 * HOUR, latest=2 * DAY)

    assert dispatch(plan.build()).maintenance_start.tolist() == [14 * HOUR]


def test_what_a_fixed_operation_waits_for_is_done_first(plan):
    saw, mill = (plan.machine(calendar=always(plan)) for _ in range(2))
    plan.operation([Alternative(saw, 5 * HOUR)], order=plan.order(due=1))
    cut = plan.operation([Alternative(saw, 2 * HOUR)])
    pinned = plan.operation([Alternative(mill, HOUR)], fixed_alternative=0, fixed_start=3 * HOUR)
    plan.follows(pinned, cut)
    problem = plan.build()
    schedule = dispatch(problem)

    assert check(problem, schedule) == []
    assert starts_h(schedule) == [2, 0, 3]


def test_an_operation_that_no_shift_can_hold_is_named(plan):
    saw = plan.machine(calendar=days(plan))
    plan.operation([Alternative(saw, 9 * HOUR)], resumable=False, label="JO-7/10")

    with pytest.raises(Unschedulable, match=r"operation 0 \(JO-7/10\): no machine") as refused:
        dispatch(plan.build())
    assert (refused.value.reason, refused.value.operation) == ("no_calendar", 0)


def test_a_plan_too_full_for_the_horizon_says_so(plan):
    saw = plan.machine(calendar=always(plan))
    for _ in range(2):
        plan.operation([Alternative(saw, 20 * DAY)])

    with pytest.raises(Unschedulable) as refused:
        dispatch(plan.build())
    assert refused.value.reason == "horizon"


def test_a_wait_that_cannot_be_kept_names_both_operations(plan):
    saw = plan.machine(calendar=always(plan))
    coat = plan.machine(calendar=days(plan))
    cut = plan.operation([Alternative(saw, HOUR)], fixed_alternative=0, fixed_start=14 * HOUR)
    paint = plan.operation([Alternative(coat, HOUR)])
    plan.follows(paint, cut, maximum_wait=HOUR)

    with pytest.raises(Unschedulable) as refused:
        dispatch(plan.build())
    raised = refused.value
    assert (raised.reason, raised.operation, raised.blocker) == ("maximum_wait", paint, cut)


def test_the_best_of_the_rules_is_no_worse_than_each():
    problem = random_problem(3, operations=120)

    best = measure(problem, best_of_rules(problem, budget=Budget(work_units=9)))

    for rule in (Rule.EDD, Rule.ATC, Rule.SETUP_RUNS):
        one = measure(problem, dispatch(problem, rule=rule))
        assert best.weighted_tardiness <= one.weighted_tardiness


def test_no_rule_beats_the_best_of_all_sequences_and_measure_agrees():
    """One machine with setups: brute force over all sequences, computed by hand."""
    setups = [[0, 30, 60], [45, 0, 15], [20, 50, 0]]
    jobs = [(100, 0, 150, 2), (60, 1, 90, 1), (80, 2, 400, 3), (50, 1, 200, 1), (70, 0, 300, 2)]

    def cost(sequence):
        time, family, total = 0, 2, 0
        for run, own, due, weight in sequence:
            time += setups[family][own] + run
            family = own
            total += weight * max(0, time - due)
        return total

    plan = ProblemBuilder(now=0, horizon=10_000)
    matrix = plan.setup_matrix(setups)
    press = plan.machine(calendar=plan.calendar([(0, 10_000)]), setup_matrix=matrix, family=2)
    for run, family, due, weight in jobs:
        order = plan.order(due=due, weight=weight)
        plan.operation([Alternative(press, run)], order=order, family=family)
    problem = plan.build()
    optimum = min(cost(sequence) for sequence in permutations(jobs))

    for rule in Rule:
        schedule = dispatch(problem, rule=rule)
        sequence = [jobs[i] for i in schedule.start.argsort()]
        assert measure(problem, schedule).weighted_tardiness == cost(sequence) >= optimum
