"""What holds the plan up in which week, and what one more hour of it is worth."""

import pytest

from obeya.engines.scheduling import (
    Alternative,
    ProblemBuilder,
    Rule,
    Schedule,
    check,
    dispatch,
    measure,
)
from obeya.engines.scheduling.bottleneck import Bottleneck, Kind, bottlenecks

HOUR = 3600
DAY = 24 * HOUR
WEEK_H = 168


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


@pytest.fixture
def plan():
    """Two weeks that never close."""
    return ProblemBuilder(now=0, horizon=14 * DAY)


def two_presses(plan, **machine):
    always = plan.calendar([(0, 14 * DAY)])
    return [plan.machine(calendar=always, **machine) for _ in range(2)]


def two_lots(plan, presses, *, due_h, **way):
    """Six hours on each press, the second order three times as important as it is late."""
    for press, due, weight in zip(presses, due_h, (1, 3), strict=True):
        order = plan.order(due=due * HOUR, weight=weight)
        plan.operation([Alternative(press, 6 * HOUR, **way)], order=order)
    return plan.build()


def test_two_presses_that_share_one_mould_wait_for_the_mould(plan):
    presses = two_presses(plan)
    plan.tool(2)
    mould = plan.tool(1)
    problem = two_lots(plan, presses, due_h=(6, 7), tool=mould)

    schedule = dispatch(problem, rule=Rule.EDD)

    # The second lot waits until 6 and is done at 12, five hours late, of which the mould could
    # give back one.
    assert (schedule.end // HOUR).tolist() == [6, 12]
    assert bottlenecks(problem, schedule) == [
        Bottleneck(0, Kind.TOOL, (mould,), pytest.approx(12 / WEEK_H), 3 * 6.0, 3.0)
    ]


def test_two_presses_that_share_a_head_wait_for_people(plan):
    presses = two_presses(plan)
    crew = plan.crew([(0, 5 * DAY, 2)])
    problem = two_lots(plan, presses, due_h=(6, 7), crew=crew, heads=2)

    schedule = dispatch(problem, rule=Rule.EDD)

    assert (schedule.end // HOUR).tolist() == [6, 12]
    assert bottlenecks(problem, schedule) == [
        Bottleneck(0, Kind.CREW, (crew,), pytest.approx(24 / 240), 3 * 6.0, 3.0)
    ]


def test_two_presses_that_share_a_setter_wait_for_the_setter(plan):
    setter = plan.setters([(0, 7 * DAY, 1)])
    matrix = plan.setup_matrix([[0, 2 * HOUR], [2 * HOUR, 0]])
    presses = two_presses(plan, setup_matrix=matrix, family=0, setter=setter)
    problem = two_lots(plan, presses, due_h=(8, 9), family=1)

    schedule = dispatch(problem, rule=Rule.EDD)

    # Set up from 0 to 2 and from 2 to 4: the second is done at 10, an hour late.
    assert (schedule.end // HOUR).tolist() == [8, 10]
    assert bottlenecks(problem, schedule) == [
        Bottleneck(0, Kind.SETTER, (setter,), pytest.approx(4 / WEEK_H), 3 * 2.0, 3.0)
    ]


def test_a_mould_that_is_short_for_two_weeks_is_named_in_both(plan):
    presses = two_presses(plan)
    mould = plan.tool(1)
    last = plan.machine(calendar=plan.calendar([(0, 14 * DAY)]))
    for press, run, due in zip((*presses, last), (100, 100, 10), (100, 200, 10), strict=True):
        order = plan.order(due=due * HOUR)
        plan.operation([Alternative(press, run * HOUR, tool=mould)], order=order)
    problem = plan.build()
    begin = [0, 100 * HOUR, 200 * HOUR]
    end = [100 * HOUR, 200 * HOUR, 210 * HOUR]
    schedule = Schedule.of(problem, alternative=[0, 1, 2], setup_start=begin, start=begin, end=end)
    assert check(problem, schedule) == []

    # The third order waits 200 hours: 168 of the first week and 32 of the second.
    assert bottlenecks(problem, schedule) == [
        Bottleneck(0, Kind.TOOL, (mould,), 1.0, 168.0, 1.0),
        Bottleneck(1, Kind.TOOL, (mould,), pytest.approx(42 / WEEK_H), 32.0, 1.0),
    ]


def test_of_a_machine_and_a_mould_that_are_equally_busy_the_machine_is_named(plan):
    press, _ = two_presses(plan)
    mould = plan.tool(1)
    plan.operation([Alternative(press, 5 * HOUR, tool=mould)], order=plan.order(due=DAY))
    problem = plan.build()

    assert bottlenecks(problem, dispatch(problem)) == [
        Bottleneck(0, Kind.MACHINES, (press,), pytest.approx(5 / WEEK_H), 0.0, 0.0)
    ]
