"""Why this machine, and what holds the plan up in which week."""

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Binding,
    Cause,
    ProblemBuilder,
    Rule,
    dispatch,
    measure,
    random_problem,
)
from obeya.engines.scheduling.bottleneck import Bottleneck, Kind, bottlenecks
from obeya.engines.scheduling.elsewhere import Elsewhere, why_this_machine

HOUR = 3600
DAY = 24 * HOUR


def test_each_other_machine_says_how_much_later_and_why():
    plan = ProblemBuilder(now=0, horizon=240 * HOUR)
    fast, slow, night = (
        plan.machine(calendar=plan.calendar([(begin, 240 * HOUR)])) for begin in (0, 0, 20 * HOUR)
    )
    held = plan.operation(
        [Alternative(fast, 2 * HOUR), Alternative(slow, 3 * HOUR), Alternative(night, 2 * HOUR)]
    )
    plan.operation([Alternative(slow, 5 * HOUR)], fixed_alternative=0, fixed_start=0)
    problem = plan.build()
    schedule = dispatch(problem)

    assert why_this_machine(problem, schedule, held) == (
        Elsewhere(1, slow, 5 * HOUR, 8 * HOUR, 6 * HOUR, HOUR, Binding(Cause.MACHINE_QUEUE, 1)),
        Elsewhere(2, night, 20 * HOUR, 22 * HOUR, 20 * HOUR, 0, Binding(Cause.OFF_SHIFT, -1)),
    )
    assert why_this_machine(problem, schedule, 1) == ()


def test_what_would_end_sooner_elsewhere_is_rare_after_dispatch():
    sooner = asked = 0
    for seed in range(10):
        problem = random_problem(seed, operations=40)
        schedule = dispatch(problem)
        for operation in range(len(problem)):
            for other in why_this_machine(problem, schedule, operation):
                asked += 1
                assert other.later is not None
                assert other.later == other.end - schedule.end[operation]
                sooner += other.later < 0
    assert asked > 200
    assert sooner < 0.2 * asked


def one_saw(*, first_shift):
    """Three orders of six hours on a saw with one shift of eight hours a day."""
    plan = ProblemBuilder(now=0, horizon=20 * DAY)
    shifts = [first_shift, *((day * DAY, day * DAY + 8 * HOUR) for day in range(1, 20))]
    saw = plan.machine(calendar=plan.calendar(shifts))
    for weight in (1, 2, 3):
        order = plan.order(due=weight * HOUR, weight=weight)
        plan.operation([Alternative(saw, 6 * HOUR)], order=order)
    return plan.build()


def test_the_worth_of_an_hour_is_what_dispatch_makes_of_it():
    calm = one_saw(first_shift=(0, 8 * HOUR))
    more = one_saw(first_shift=(0, 9 * HOUR))
    plan, better = (dispatch(problem, rule=Rule.EDD) for problem in (calm, more))

    [found] = bottlenecks(calm, plan)

    # The second order waits 6 h, the third 6 h and then as long as the second takes.
    assert (found.week, found.kind, found.rows) == (0, Kind.MACHINES, (0,))
    assert found.load == pytest.approx(18 / 56)
    assert found.hour_is_worth == 2 + 3
    saved = measure(calm, plan).weighted_tardiness - measure(more, better).weighted_tardiness
    assert saved / HOUR == found.hour_is_worth


def test_without_late_orders_the_busiest_is_named():
    plan = ProblemBuilder(now=0, horizon=14 * DAY)
    for hours in (2, 5):
        machine = plan.machine(calendar=plan.calendar([(0, 14 * DAY)]))
        plan.operation([Alternative(machine, hours * HOUR)], order=plan.order(due=DAY))
    problem = plan.build()

    assert bottlenecks(problem, dispatch(problem)) == [
        Bottleneck(0, Kind.MACHINES, (1,), pytest.approx(5 / 168), 0.0, 0.0)
    ]
