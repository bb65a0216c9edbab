"""What the floor and the planner have fixed is a fact; what follows from it is checked."""

import pytest

from obeya.engines.scheduling import Alternative, Problem, ProblemBuilder, Schedule, check, dispatch
from obeya.engines.scheduling import conflicts_among_fixed as among_fixed

from .test_checker import ALWAYS, DAY_SHIFT, HOUR, a_plan, broken, planned


def messages(problem: Problem, schedule: Schedule) -> list[str]:
    return [violation.message for violation in check(problem, schedule)]


def test_a_fixed_operation_ends_when_its_run_from_its_fixed_start_is_done():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, 2 * HOUR)], fixed_alternative=0, fixed_start=HOUR)
    plan.operation([Alternative(saw, HOUR)])
    problem = plan.build()

    assert broken(problem, planned(problem, (1, 1, 3), (3, 3, 4))) == set()
    assert messages(problem, planned(problem, (1, 1, 1), (1, 1, 2))) == [
        "operation 0 is fixed and ends at 10800 s, not at 3600 s."
    ]
    assert messages(problem, planned(problem, (3, 1, 3), (1, 1, 2))) == [
        "operation 0 is fixed and set up from 3600 s on, not from 10800 s."
    ]


def test_a_fixed_operation_stops_in_the_break_and_goes_on_by_the_clock_where_no_hours_are_left():
    plan = ProblemBuilder(now=9 * HOUR, horizon=48 * HOUR)
    saw, mill = (plan.machine(calendar=plan.calendar(DAY_SHIFT)) for _ in range(2))
    plan.operation([Alternative(saw, 3 * HOUR)], fixed_alternative=0, fixed_start=9 * HOUR)
    plan.operation(
        [Alternative(mill, 9 * HOUR)], fixed_alternative=0, fixed_start=6 * HOUR, remaining=2 * HOUR
    )
    plan.operation([Alternative(saw, 9 * HOUR)], fixed_alternative=0, fixed_start=37 * HOUR)
    problem = plan.build()

    facts = planned(problem, (9, 9, 13), (6, 6, 12), (37, 37, 46))
    assert check(problem, facts) == []
    assert [(each.rule, each.operations) for each in among_fixed(problem, facts)] == [
        ("working_time", (2,))
    ]
    assert messages(problem, planned(problem, (9, 9, 12), (6, 6, 12), (37, 37, 46)))[-1] == (
        "operation 0 is fixed and ends at 46800 s, not at 43200 s."
    )
    assert messages(problem, planned(problem, (9, 9, 13), (6, 6, 11), (37, 37, 46)))[-1] == (
        "operation 1 is fixed and ends at 43200 s, not at 39600 s."
    )


def test_a_fixed_operation_has_the_setup_that_it_asks_for_as_far_as_facts_leave_room():
    plan = ProblemBuilder(now=HOUR, horizon=48 * HOUR)
    matrix = plan.setup_matrix([[0, 2 * HOUR], [2 * HOUR, 0]])
    always = plan.calendar(ALWAYS)
    press, other = (plan.machine(calendar=always, setup_matrix=matrix, family=0) for _ in range(2))
    fixed = {"fixed_alternative": 0, "family": 1}
    plan.operation([Alternative(press, HOUR)], fixed_start=5 * HOUR, **fixed)
    plan.operation([Alternative(other, HOUR)], fixed_start=2 * HOUR, **fixed)
    problem = plan.build()

    assert check(problem, planned(problem, (3, 5, 6), (1, 2, 3))) == []  # an hour is left for one
    assert messages(problem, planned(problem, (4, 5, 6), (1, 2, 3))) == [
        "operation 0 is fixed and set up from 10800 s on, not from 14400 s."
    ]
    assert messages(problem, planned(problem, (3, 5, 6), (2, 2, 3))) == [
        "operation 1 is fixed and set up from 3600 s on, not from 7200 s."
    ]


def test_after_two_facts_that_start_at_once_a_setup_is_as_long_as_after_either():
    plan = a_plan()
    matrix = plan.setup_matrix([[0, HOUR], [0, 2 * HOUR]])
    press = plan.machine(calendar=plan.calendar(ALWAYS), setup_matrix=matrix)
    for family, run, start in ((1, 2, 1), (0, 1, 1), (1, 1, 6)):
        ways = [Alternative(press, run * HOUR)]
        plan.operation(ways, family=family, fixed_alternative=0, fixed_start=start * HOUR)
    problem = plan.build()

    assert dispatch(problem).setup_start.tolist() == [HOUR, HOUR, 5 * HOUR]
    assert check(problem, planned(problem, (1, 1, 3), (1, 1, 2), (5, 6, 7))) == []
    assert messages(problem, planned(problem, (1, 1, 3), (1, 1, 2), (5.5, 6, 7))) == [
        "operation 2 is fixed and set up from 18000 s on, not from 19800 s."
    ]


def test_maintenance_that_could_be_elsewhere_may_not_stand_in_the_way_of_what_is_fixed():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, 2 * HOUR)], fixed_alternative=0, fixed_start=6 * HOUR)
    plan.maintenance(saw, duration=HOUR, earliest=5 * HOUR, latest=8 * HOUR)
    problem = plan.build()

    assert check(problem, planned(problem, (6, 6, 8), maintenance_start=[5 * HOUR])) == []
    assert check(problem, planned(problem, (6, 6, 9), maintenance_start=[7 * HOUR])) == []
    assert messages(problem, planned(problem, (6, 6, 8.5), maintenance_start=[round(5.5 * HOUR)]))[
        0
    ] == ("operation 0 starts or ends in maintenance job 0.")


@pytest.mark.parametrize("latest", [7, 7.5])  # without play, and with some that does not help
def test_maintenance_that_can_be_nowhere_else_is_a_fact(latest):
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, HOUR)], fixed_alternative=0, fixed_start=6 * HOUR)
    plan.maintenance(saw, duration=2 * HOUR, earliest=5 * HOUR, latest=round(latest * HOUR))
    problem = plan.build()
    schedule = planned(problem, (6, 6, 8), maintenance_start=[5 * HOUR])

    assert check(problem, schedule) == []
    assert [each.rule for each in among_fixed(problem, schedule)] == ["working_time", "maintenance"]


def test_two_breakdowns_at_once_are_a_fact():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    for start in (4, 5):
        plan.maintenance(saw, duration=2 * HOUR, earliest=start * HOUR, latest=(start + 2) * HOUR)
    problem = plan.build()
    schedule = planned(problem, maintenance_start=[4 * HOUR, 5 * HOUR])

    assert check(problem, schedule) == []
    [conflict] = among_fixed(problem, schedule)
    assert conflict.message == "machine 0: jobs 0 and 1 overlap."


def test_maintenance_keeps_off_what_is_frozen_and_cannot_stop_for_it():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation(
        [Alternative(saw, 4 * HOUR)], fixed_alternative=0, fixed_start=6 * HOUR, resumable=False
    )
    plan.maintenance(saw, duration=HOUR, earliest=6 * HOUR, latest=12 * HOUR)
    problem = plan.build()

    assert dispatch(problem).maintenance_start.tolist() == [10 * HOUR]
    assert messages(problem, planned(problem, (6, 6, 11), maintenance_start=[8 * HOUR])) == [
        "operation 0 stops for off-shift time though it cannot resume."
    ]


def test_maintenance_leaves_the_start_of_a_frozen_operation_free_though_it_takes_of_its_run():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, 20 * HOUR)], fixed_alternative=0, fixed_start=6 * HOUR)
    plan.maintenance(saw, duration=HOUR, earliest=6 * HOUR, latest=12 * HOUR)
    problem = plan.build()
    schedule = dispatch(problem)

    assert (schedule.start[0], schedule.end[0]) == (6 * HOUR, 27 * HOUR)
    assert schedule.maintenance_start.tolist() == [11 * HOUR]
    assert check(problem, schedule) == []
