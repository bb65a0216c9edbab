"""What a drop on the board does, and what it may not do."""

from dataclasses import replace

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    DropRefusal,
    Moved,
    ProblemBuilder,
    Reason,
    Schedule,
    Verdict,
    check,
    dispatch,
    move,
    right_shift,
)

HOUR = 3600


@pytest.fixture
def plan():
    return ProblemBuilder(now=0, horizon=240 * HOUR)


@pytest.fixture
def two_on_a_saw(plan):
    """Two operations of two hours back to back, a successor of the first on the mill."""
    saw, mill = (plan.machine(calendar=plan.calendar([(0, 240 * HOUR)])) for _ in range(2))
    first = plan.operation([Alternative(saw, 2 * HOUR)], order=plan.order(due=1))
    plan.operation([Alternative(saw, 2 * HOUR)], order=plan.order(due=2))
    plan.follows(plan.operation([Alternative(mill, HOUR)]), first)
    problem = plan.build()
    schedule = dispatch(problem)
    assert schedule.start.tolist() == [0, 2 * HOUR, 2 * HOUR]
    return problem, schedule


def test_a_drop_that_fits_is_accepted(two_on_a_saw):
    problem, schedule = two_on_a_saw

    result = move(problem, schedule, 1, machine=0, start=9 * HOUR)

    assert isinstance(result, Moved)
    assert (result.verdict, result.start, result.moved) == (Verdict.ACCEPTED, 9 * HOUR, ())
    assert check(problem, result.schedule) == []


def test_a_drop_pushes_what_comes_later(two_on_a_saw):
    problem, schedule = two_on_a_saw

    result = move(problem, schedule, 0, machine=0, start=2 * HOUR)

    assert isinstance(result, Moved)
    assert (result.verdict, result.moved) == (Verdict.REPAIRED, (1, 2))
    assert result.schedule.start.tolist() == [2 * HOUR, 4 * HOUR, 4 * HOUR]


def test_a_drop_onto_a_running_operation_snaps_to_its_end(two_on_a_saw):
    problem, schedule = two_on_a_saw

    result = move(problem, schedule, 1, machine=0, start=HOUR)

    assert isinstance(result, Moved)
    assert (result.verdict, result.start, result.moved) == (Verdict.REPAIRED, 2 * HOUR, ())


def test_the_old_schedule_stays_as_it_was(two_on_a_saw):
    problem, schedule = two_on_a_saw
    before = schedule.start.copy()

    move(problem, schedule, 0, machine=0, start=2 * HOUR)

    assert np.array_equal(schedule.start, before)


def refusal(problem, schedule, operation, machine, start):
    result = move(problem, schedule, operation, machine=machine, start=start)
    assert isinstance(result, DropRefusal)
    return result.reason, result.earliest, result.blocker


def test_a_drop_before_the_predecessor_names_it_and_its_end(two_on_a_saw):
    problem, schedule = two_on_a_saw

    assert refusal(problem, schedule, 2, 1, HOUR) == (Reason.PREDECESSOR, 2 * HOUR, 0)


def test_a_drop_on_a_foreign_machine_is_refused(two_on_a_saw):
    problem, schedule = two_on_a_saw

    assert refusal(problem, schedule, 0, 1, HOUR) == (Reason.NOT_ELIGIBLE, None, -1)


def test_a_drop_into_the_past_gives_the_first_time_that_would_do(two_on_a_saw):
    problem, schedule = two_on_a_saw

    assert refusal(problem, schedule, 0, 0, -1) == (Reason.IN_THE_PAST, 0, -1)


def test_what_has_started_cannot_be_dropped(plan):
    saw = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]))
    plan.operation([Alternative(saw, HOUR)], fixed_alternative=0, fixed_start=-60, remaining=60)
    problem = plan.build()

    assert refusal(problem, dispatch(problem), 0, 0, HOUR) == (Reason.FIXED, None, -1)


def test_material_and_shift_say_from_when(plan):
    saw = plan.machine(calendar=plan.calendar([(6 * HOUR, 14 * HOUR), (30 * HOUR, 38 * HOUR)]))
    plan.operation([Alternative(saw, 3 * HOUR)], release=8 * HOUR, resumable=False)
    problem = plan.build()
    schedule = dispatch(problem)

    assert refusal(problem, schedule, 0, 0, 7 * HOUR) == (Reason.RELEASE, 8 * HOUR, -1)
    assert refusal(problem, schedule, 0, 0, 12 * HOUR) == (Reason.OFF_SHIFT, 30 * HOUR, -1)


def test_too_long_a_wait_names_the_predecessor(plan):
    bath, paint = (plan.machine(calendar=plan.calendar([(0, 240 * HOUR)])) for _ in range(2))
    first = plan.operation([Alternative(bath, HOUR)])
    second = plan.operation([Alternative(paint, HOUR)])
    plan.follows(second, first, maximum_wait=HOUR)
    problem = plan.build()
    schedule = dispatch(problem)

    assert refusal(problem, schedule, second, paint, 3 * HOUR) == (
        Reason.MAXIMUM_WAIT,
        HOUR,
        first,
    )
    moved = move(problem, schedule, first, machine=bath, start=10 * HOUR)
    assert isinstance(moved, Moved)
    assert moved.schedule.start.tolist() == [10 * HOUR, 11 * HOUR]


def test_a_breakdown_shifts_only_what_it_touches(plan):
    def built(*, broken):
        again = ProblemBuilder(now=0, horizon=240 * HOUR)
        saw, mill = (again.machine(calendar=again.calendar([(0, 240 * HOUR)])) for _ in range(2))
        for machine in (saw, saw, mill):
            again.operation([Alternative(machine, 2 * HOUR)], resumable=False)
        latest = 5 * HOUR if broken else 240 * HOUR
        again.maintenance(saw, duration=4 * HOUR, earliest=HOUR, latest=latest)
        return again.build()

    calm = built(broken=False)
    schedule = dispatch(calm)
    broken = built(broken=True)
    late = type(schedule)(**{**vars(schedule), "maintenance_start": np.array([HOUR])})
    shifted = right_shift(broken, late)

    assert check(broken, shifted) == []
    assert shifted.start.min() == schedule.start[2] == shifted.start[2]


def test_time_moves_on(two_on_a_saw):
    problem, schedule = two_on_a_saw

    shifted = right_shift(replace(problem, now=HOUR), schedule)

    assert shifted.start.tolist() == [HOUR, 3 * HOUR, 3 * HOUR]


QUARTER = HOUR // 4


def test_what_is_in_an_oven_together_stays_together_when_time_has_passed(plan):
    oven = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]), places=2)
    for pair in range(6):
        for _ in range(2):
            plan.operation([Alternative(oven, 6 * HOUR)], recipe=0, order=plan.order(due=pair))
    problem = plan.build()
    schedule = dispatch(problem)
    pairs = [6 * HOUR * (row // 2) for row in range(12)]
    assert schedule.start.tolist() == pairs

    later = right_shift(replace(problem, now=QUARTER), schedule)

    assert later.start.tolist() == [start + QUARTER for start in pairs]


def test_who_has_a_crew_in_turn_keeps_the_turn_when_time_has_passed(plan):
    """Ten jobs of ten machines, one after the other by one person: all come a quarter later.

    If each waited until the others leave the person free, the first would come last.
    """
    hours = plan.calendar([(0, 240 * HOUR)])
    person = plan.crew([(0, 240 * HOUR, 1)])
    for row in range(10):
        way = Alternative(plan.machine(calendar=hours), 2 * HOUR, crew=person, heads=1)
        plan.operation([way], order=plan.order(due=row))
    problem = plan.build()
    schedule = dispatch(problem)
    assert schedule.start.tolist() == [2 * HOUR * row for row in range(10)]

    later = right_shift(replace(problem, now=QUARTER), schedule)

    assert later.start.tolist() == [2 * HOUR * row + QUARTER for row in range(10)]


@pytest.mark.parametrize(
    ("maximum_wait", "etched"),
    [
        pytest.param(4 * HOUR, 2 * HOUR, id="the wait allows a quarter of an hour more"),
        pytest.param(2 * HOUR, 2 * HOUR + QUARTER, id="the wait allows no more"),
    ],
)
def test_what_may_not_wait_long_does_not_take_the_turn_of_others(plan, maximum_wait, etched):
    """One person sprays, sands and plates, one after the other; what is plated is etched before.

    Etching begins before sanding. If plating kept its place because of that, sanding, a quarter of
    an hour late, would find too small a gap before it, and come last.
    """
    hours = plan.calendar([(0, 240 * HOUR)])
    person = plan.crew([(0, 240 * HOUR, 1)])
    for run in (4 * HOUR, 4 * HOUR):
        plan.operation([Alternative(plan.machine(calendar=hours), run, crew=person, heads=1)])
    etch = plan.operation([Alternative(plan.machine(calendar=hours), 4 * HOUR)], release=2 * HOUR)
    plate = plan.operation(
        [Alternative(plan.machine(calendar=hours), 2 * HOUR, crew=person, heads=1)]
    )
    plan.follows(plate, etch, maximum_wait=maximum_wait)
    problem = plan.build()
    start, end = np.array([0, 4, 2, 8]) * HOUR, np.array([4, 8, 6, 10]) * HOUR
    schedule = Schedule.of(
        problem, alternative=[0, 1, 2, 3], setup_start=start, start=start, end=end
    )
    assert check(problem, schedule) == []

    now = replace(problem, now=QUARTER)
    later = right_shift(now, schedule)

    assert check(now, later) == []
    assert later.start.tolist() == [QUARTER, 4 * HOUR + QUARTER, etched, 8 * HOUR + QUARTER]
