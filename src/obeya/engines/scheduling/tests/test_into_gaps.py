"""What can no longer stand gives way into gaps, and the rest of the plan stays."""

from collections.abc import Sequence

import numpy as np

from obeya.engines.scheduling import (
    Alternative,
    Problem,
    ProblemBuilder,
    Rule,
    Schedule,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.reaction import (
    Breakdown,
    LateMaterial,
    Situation,
    apply,
    disruptions_of,
)
from obeya.engines.scheduling.reaction.into_gaps import into_gaps

HOUR = 3600


def hours(times: Sequence[int]) -> list[float]:
    return [time / HOUR for time in times]


def six_lots(*, packed_by: int | None = None, slow: bool = False) -> tuple[Problem, Schedule]:
    """Six lots of four hours, one after the other on a saw that never rests.

    Parameters
    ----------
    packed_by
        When somebody is booked to pack the second lot [h].
    slow
        A second saw, on which nothing is planned, takes an hour longer.
    """
    plan = ProblemBuilder(now=0, horizon=200 * HOUR)
    calendar = plan.calendar([(0, 200 * HOUR)])
    saw, other, table = (plan.machine(calendar=calendar) for _ in range(3))
    ways = [Alternative(saw, 4 * HOUR)] + [Alternative(other, 5 * HOUR)] * slow
    for _ in range(6):
        plan.operation(ways, order=plan.order(due=30 * HOUR))
    starts = [4 * HOUR * lot for lot in range(6)]
    if packed_by is not None:
        booked = packed_by * HOUR
        packing = plan.operation(
            [Alternative(table, HOUR)], fixed_alternative=0, fixed_start=booked, order=1
        )
        plan.follows(packing, 1)
        starts.append(booked)
    problem = plan.build()
    way = [len(ways) * lot for lot in range(len(problem))]
    ends = [start + 4 * HOUR for start in starts[:6]] + [start + HOUR for start in starts[6:]]
    schedule = Schedule.of(problem, alternative=way, setup_start=starts, start=starts, end=ends)
    assert check(problem, schedule) == []
    return problem, schedule


def broken_saw(problem: Problem, schedule: Schedule) -> Situation:
    """No work on the saw from four to eight o'clock, when the second lot is planned."""
    return apply(problem, schedule, [Breakdown(0, 4 * HOUR, 8 * HOUR)], now=0)


def test_only_the_lot_that_is_hit_leaves_its_turn():
    situation = broken_saw(*six_lots())

    found = into_gaps(situation)

    assert hours(situation.first.start) == [0, 8, 12, 16, 20, 24]
    assert found is not None
    assert hours(found.start) == [0, 24, 8, 12, 16, 20]
    assert check(situation.problem, found) == []


def test_it_goes_to_another_machine_where_it_is_done_sooner():
    situation = broken_saw(*six_lots(slow=True))

    found = into_gaps(situation)

    assert found is not None
    assert hours(found.start) == [0, 4, 8, 12, 16, 20]
    assert hours(found.end) == [4, 9, 12, 16, 20, 24]
    assert found.machine.tolist() == [0, 1, 0, 0, 0, 0]


def test_a_lot_that_finds_no_gap_in_time_pushes_one_aside_that_looks_for_a_gap_in_turn():
    situation = broken_saw(*six_lots(packed_by=13))

    found = into_gaps(situation)

    assert hours(situation.first.start) == [0, 8, 12, 16, 20, 24, 13]
    assert found is not None
    assert hours(found.start) == [0, 8, 24, 12, 16, 20, 13]
    assert check(situation.problem, found) == []


def test_where_nothing_has_to_give_way_there_is_no_other_plan():
    problem, schedule = six_lots()

    assert into_gaps(apply(problem, schedule, [Breakdown(1, 0, 8 * HOUR)], now=0)) is None


def test_what_follows_late_material_goes_with_it_and_nobody_else():
    plan = ProblemBuilder(now=0, horizon=200 * HOUR)
    calendar = plan.calendar([(0, 200 * HOUR)])
    saw, press = (plan.machine(calendar=calendar) for _ in range(2))
    for lot in range(3):
        order = plan.order(due=30 * HOUR)
        plan.operation([Alternative(saw, 4 * HOUR)], order=order)
        plan.operation([Alternative(press, 4 * HOUR)], order=order)
        plan.follows(2 * lot + 1, 2 * lot)
    problem = plan.build()
    starts = [hour * HOUR for hour in (0, 4, 4, 8, 8, 12)]
    schedule = Schedule.of(
        problem,
        alternative=range(6),
        setup_start=starts,
        start=starts,
        end=[start + 4 * HOUR for start in starts],
    )
    situation = apply(problem, schedule, [LateMaterial((0,), 7 * HOUR)], now=0)

    found = into_gaps(situation)

    assert hours(situation.first.start) == [8, 12, 4, 8, 12, 16]
    assert found is not None
    assert hours(found.start) == [12, 16, 4, 8, 8, 12]


def test_plans_by_chance_hold_and_leave_more_alone_than_moving_right():
    problem = random_problem(2, operations=500)
    schedule = dispatch(problem, rule=Rule.ATCS)
    moved = np.zeros(2, int)
    found = 0
    for seed in range(20):
        disruptions = disruptions_of(problem, schedule, seed)
        situation = apply(problem, schedule, disruptions, now=problem.now)
        other = into_gaps(situation)
        if other is None:
            continue
        found += 1
        assert check(situation.problem, other) == [], seed
        start = situation.planned.start
        moved += [(plan.start != start).sum() for plan in (situation.first, other)]
    assert found >= 10
    assert moved[1] < moved[0] / 2
