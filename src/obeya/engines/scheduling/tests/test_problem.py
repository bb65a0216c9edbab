"""A problem that contradicts itself is refused with the row, the rule and the remedy."""

from dataclasses import replace

import pytest

from obeya.engines.scheduling import Alternative, InvalidProblem, ProblemBuilder
from obeya.engines.scheduling.arrays import frozen_ints


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


@pytest.mark.parametrize("matrix", [[[0, 1, 2], [3]], [[0, 1]], [[0], [1]], [[0, 1], []]])
def test_a_setup_matrix_is_square_row_by_row(plan, matrix):
    plan.setup_matrix([[0, 5], [6, 0]])
    plan.setup_matrix(matrix)

    with pytest.raises(
        InvalidProblem, match=r"setups\[1\]: A matrix is not square. Give a row per family, and in"
    ):
        plan.build()


def test_setups_that_do_not_follow_one_another_are_refused(plan):
    plan.setup_matrix([[0, 5], [6, 0]])
    problem = plan.build()

    with pytest.raises(InvalidProblem, match="setups: A matrix is not square"):
        replace(problem, setups=replace(problem.setups, first=frozen_ints([0, 3])))
    assert problem.setups.between(0, 1, 0) == 6


def test_a_maintenance_window_holds_its_job(plan):
    plan.maintenance(0, duration=100, earliest=0, latest=50)

    with pytest.raises(InvalidProblem, match="window is shorter than the job"):
        plan.build()


def test_arrays_are_frozen(plan):
    plan.operation([Alternative(0, 10)])
    problem = plan.build()

    with pytest.raises(ValueError, match="read-only"):
        problem.operations.release[0] = 5
