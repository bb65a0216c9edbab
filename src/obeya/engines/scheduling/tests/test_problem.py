"""A problem that contradicts itself is refused with the row, the rule and the remedy."""

import pytest

from obeya.engines.scheduling import Alternative, InvalidProblem, ProblemBuilder


@pytest.fixture
def plan():
    builder = ProblemBuilder(now=0, horizon=1000)
    builder.machine(calendar=builder.calendar([(0, 500), (500, 1000)]), label="SAW-1")
    return builder


def test_intervals_that_touch_are_one(plan):
    problem = plan.build()

    assert problem.calendars.intervals(0) == [(0, 1000)]


def test_a_row_is_called_by_its_label(plan):
    plan.operation([Alternative(0, 10)], label="JO-1/10")

    assert plan.build().name("operations", 0) == "operation 0 (JO-1/10)"


def test_an_operation_needs_a_machine(plan):
    plan.operation([])

    with pytest.raises(InvalidProblem, match=r"operations\[0\]: No machine can do it\. Give"):
        plan.build()


def test_a_circle_of_predecessors_is_named(plan):
    first, second = (plan.operation([Alternative(0, 10)]) for _ in range(2))
    plan.follows(second, first)
    plan.follows(first, second)

    with pytest.raises(InvalidProblem, match="waits for itself"):
        plan.build()


def test_a_maximum_wait_is_no_shorter_than_the_lag(plan):
    first, second = (plan.operation([Alternative(0, 10)]) for _ in range(2))
    plan.follows(second, first, lag=60, maximum_wait=30)

    with pytest.raises(InvalidProblem, match="maximum wait is shorter than the lag"):
        plan.build()


def test_what_is_fixed_before_now_must_have_started():
    plan = ProblemBuilder(now=100, horizon=1000)
    saw = plan.machine(calendar=plan.calendar([(0, 1000)]))
    plan.operation([Alternative(saw, 10)], fixed_alternative=0, fixed_start=50)

    with pytest.raises(InvalidProblem, match="fixed before now but has not started"):
        plan.build()


def test_overlapping_shifts_are_refused():
    plan = ProblemBuilder(now=0, horizon=1000)
    plan.calendar([(0, 100), (50, 200)])

    with pytest.raises(InvalidProblem, match=r"calendars\[1\]: An interval starts before"):
        plan.build()


def test_one_recipe_on_one_oven_has_one_run_time(plan):
    oven = plan.machine(calendar=0, places=2)
    plan.operation([Alternative(oven, 10)], recipe=0)
    plan.operation([Alternative(oven, 20)], recipe=0)

    with pytest.raises(InvalidProblem, match="two run times"):
        plan.build()


def test_a_maintenance_window_holds_its_job(plan):
    plan.maintenance(0, duration=100, earliest=0, latest=50)

    with pytest.raises(InvalidProblem, match="window is shorter than the job"):
        plan.build()


def test_arrays_are_frozen(plan):
    plan.operation([Alternative(0, 10)])
    problem = plan.build()

    with pytest.raises(ValueError, match="read-only"):
        problem.operations.release[0] = 5
