"""One tiny plan for each cause of a delay, with its minutes."""

from collections.abc import Sequence

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Binding,
    Cause,
    Problem,
    ProblemBuilder,
    Schedule,
    check,
    explain_late_orders,
    why_not_earlier,
)

MINUTE, END = 60, 1_000


@pytest.fixture
def plan() -> ProblemBuilder:
    return ProblemBuilder(now=0, horizon=END * MINUTE)


def always(plan: ProblemBuilder) -> int:
    return plan.calendar([(-END * MINUTE, END * MINUTE)])


def due(plan: ProblemBuilder, minute: int = END) -> int:
    return plan.order(due=minute * MINUTE)


def run(machine: int, minutes: int, **rest: int) -> list[Alternative]:
    return [Alternative(machine, minutes * MINUTE, **rest)]


def planned(
    problem: Problem, *spans: tuple[int, int, int], maintenance: Sequence[int] = ()
) -> Schedule:
    """The plan with these starts of the setup, starts and ends [min]; no rule may be broken."""
    columns = [[minute * MINUTE for minute in column] for column in zip(*spans, strict=True)]
    schedule = Schedule.of(
        problem,
        alternative=range(len(spans)),
        setup_start=columns[0],
        start=columns[1],
        end=columns[2],
        maintenance_start=[minute * MINUTE for minute in maintenance],
    )
    assert check(problem, schedule) == []
    return schedule


def story(problem: Problem, schedule: Schedule) -> tuple[list[tuple[Cause, int, int, int]], dict]:
    """Cause, first and last minute and blocker along the chain of the late order; its shares."""
    [late] = explain_late_orders(problem, schedule)
    assert sum(late.attributed.values()) == late.delay
    chain = [(s.cause, s.start // MINUTE, s.end // MINUTE, s.blocker) for s in late.chain]
    return chain, {cause: seconds / MINUTE for cause, seconds in late.attributed.items()}


def test_a_setup(plan):
    matrix = plan.setup_matrix([[0, 30 * MINUTE], [0, 0]])
    press = plan.machine(calendar=always(plan), setup_matrix=matrix, family=0)
    plan.operation(run(press, 60), order=due(plan, 70), family=1)
    problem = plan.build()
    schedule = planned(problem, (0, 30, 90))

    assert story(problem, schedule) == (
        [(Cause.SETUP, 0, 30, -1), (Cause.WORK, 30, 90, -1)],
        {Cause.SETUP: 20},
    )
    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.SETUP, -1)


def test_the_only_setter_is_at_another_machine(plan):
    matrix = plan.setup_matrix([[0, 30 * MINUTE], [0, 0]])
    setter = plan.setters([(0, END * MINUTE, 1)])
    one, other = (
        plan.machine(calendar=always(plan), setup_matrix=matrix, family=0, setter=setter)
        for _ in range(2)
    )
    first = plan.operation(run(one, 60), order=due(plan), family=1)
    second = plan.operation(run(other, 60), order=due(plan, 60), family=1)
    problem = plan.build()
    schedule = planned(problem, (0, 30, 90), (30, 60, 120))

    assert story(problem, schedule) == (
        [(Cause.SETTER, 0, 30, first), (Cause.SETUP, 30, 60, -1), (Cause.WORK, 60, 120, -1)],
        {Cause.SETTER: 30, Cause.SETUP: 30},
    )
    assert why_not_earlier(problem, schedule, second) == Binding(Cause.SETTER, first)


def test_a_batch_waits_for_one_of_its_members(plan):
    oven = plan.machine(calendar=always(plan), places=2)
    early = plan.operation(run(oven, 60), order=due(plan, 65), recipe=0)
    late = plan.operation(run(oven, 60), order=due(plan), recipe=0, release=45 * MINUTE)
    problem = plan.build()
    schedule = planned(problem, (45, 45, 105), (45, 45, 105))

    assert story(problem, schedule) == (
        [(Cause.BATCH, 0, 45, late), (Cause.WORK, 45, 105, -1)],
        {Cause.BATCH: 40},
    )
    assert why_not_earlier(problem, schedule, early) == Binding(Cause.BATCH, late)
    assert why_not_earlier(problem, schedule, late) == Binding(Cause.MATERIAL, -1)


def test_what_must_follow_at_once_could_not(plan):
    mill, oven = (plan.machine(calendar=always(plan)) for _ in range(2))
    order = due(plan, 90)
    milled = plan.operation(run(mill, 60), order=order)
    baked = plan.operation(run(oven, 30), order=order)
    other = plan.operation(run(oven, 100), order=due(plan))
    plan.follows(baked, milled, maximum_wait=0)
    problem = plan.build()
    schedule = planned(problem, (40, 40, 100), (100, 100, 130), (0, 0, 100))

    assert story(problem, schedule) == (
        [
            (Cause.MAXIMUM_WAIT, 0, 40, baked),
            (Cause.WORK, 40, 100, -1),
            (Cause.WORK, 100, 130, -1),
        ],
        {Cause.MAXIMUM_WAIT: 40},
    )
    assert why_not_earlier(problem, schedule, milled) == Binding(Cause.MAXIMUM_WAIT, baked)
    assert why_not_earlier(problem, schedule, other) == Binding(Cause.NOW, -1)


def test_cooling_is_in_the_chain_but_no_plan_avoids_it(plan):
    oven, lathe = (plan.machine(calendar=always(plan)) for _ in range(2))
    order = due(plan, 100)
    baked = plan.operation(run(oven, 60), order=order)
    turned = plan.operation(run(lathe, 30), order=order)
    plan.follows(turned, baked, lag=45 * MINUTE)
    problem = plan.build()
    schedule = planned(problem, (0, 0, 60), (105, 105, 135))

    assert story(problem, schedule) == (
        [(Cause.WORK, 0, 60, -1), (Cause.LAG, 60, 105, baked), (Cause.WORK, 105, 135, -1)],
        {Cause.WORK: 35},
    )
    assert why_not_earlier(problem, schedule, turned) == Binding(Cause.LAG, baked)


def test_maintenance_before_a_run_and_within_it(plan):
    lathe = plan.machine(calendar=always(plan))
    plan.operation(run(lathe, 60), order=due(plan, 70))
    for earliest, latest in ((0, 20), (50, 75)):
        plan.maintenance(
            lathe,
            duration=(latest - earliest) * MINUTE,
            earliest=earliest * MINUTE,
            latest=latest * MINUTE,
        )
    problem = plan.build()
    schedule = planned(problem, (20, 20, 105), maintenance=(0, 50))

    assert story(problem, schedule) == (
        [
            (Cause.MAINTENANCE, 0, 20, -1),
            (Cause.WORK, 20, 50, -1),
            (Cause.MAINTENANCE, 50, 75, -1),
            (Cause.WORK, 75, 105, -1),
        ],
        {Cause.MAINTENANCE: 35},
    )
    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.MAINTENANCE, -1)


def test_somebody_fixed_its_time(plan):
    saw = plan.machine(calendar=always(plan))
    plan.operation(run(saw, 60), order=due(plan, 80), fixed_alternative=0, fixed_start=50 * MINUTE)
    problem = plan.build()
    schedule = planned(problem, (50, 50, 110))

    assert story(problem, schedule) == (
        [(Cause.FREEZE, 0, 50, -1), (Cause.WORK, 50, 110, -1)],
        {Cause.FREEZE: 30},
    )
    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.FREEZE, -1)


def test_what_is_fixed_before_its_predecessor_is_done_is_not_blamed_on_that(plan):
    saw, mill = (plan.machine(calendar=always(plan)) for _ in range(2))
    order = due(plan, 80)
    sawn = plan.operation(run(saw, 60), order=order, fixed_alternative=0, fixed_start=0)
    milled = plan.operation(
        run(mill, 60), order=order, fixed_alternative=0, fixed_start=30 * MINUTE
    )
    plan.follows(milled, sawn)
    problem = plan.build()
    schedule = planned(problem, (0, 0, 60), (30, 30, 90))

    assert story(problem, schedule) == (
        [(Cause.FREEZE, 0, 30, -1), (Cause.WORK, 30, 90, -1)],
        {Cause.FREEZE: 10},
    )


def test_a_gap_that_nothing_forced(plan):
    saw = plan.machine(calendar=always(plan))
    plan.operation(run(saw, 60), order=due(plan, 60))
    problem = plan.build()
    schedule = planned(problem, (20, 20, 80))

    assert story(problem, schedule) == (
        [(Cause.UNFORCED, 0, 20, -1), (Cause.WORK, 20, 80, -1)],
        {Cause.UNFORCED: 20},
    )
    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.UNFORCED, -1)


def test_causes_that_are_longer_than_the_delay_share_it_by_their_minutes(plan):
    matrix = plan.setup_matrix([[0, 30 * MINUTE], [0, 0]])
    press = plan.machine(calendar=always(plan), setup_matrix=matrix, family=0)
    plan.operation(run(press, 60), order=due(plan, 105), family=1)
    problem = plan.build()
    schedule = planned(problem, (60, 90, 150))

    assert story(problem, schedule) == (
        [(Cause.UNFORCED, 0, 60, -1), (Cause.SETUP, 60, 90, -1), (Cause.WORK, 90, 150, -1)],
        {Cause.UNFORCED: 30, Cause.SETUP: 15},
    )
    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.UNFORCED, -1)
