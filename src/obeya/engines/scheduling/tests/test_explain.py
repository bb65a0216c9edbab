"""The story of a late order adds up, and names the right culprit."""

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Binding,
    Cause,
    ProblemBuilder,
    Rule,
    dispatch,
    explain_late_orders,
    random_problem,
    why_not_earlier,
)

HOUR = 3600


def test_the_segments_join_and_the_shares_add_up_in_every_plant():
    for seed in range(40):
        problem = random_problem(seed, operations=40)
        schedule = dispatch(problem, rule=Rule(seed % len(Rule)))
        for late in explain_late_orders(problem, schedule):
            moment = problem.now
            for segment in late.chain:
                assert segment.start == moment <= segment.end, (seed, late.order)
                moment = segment.end
            assert moment == late.completion
            assert sum(late.attributed.values()) == late.delay
            assert min(late.attributed.values()) > 0


@pytest.fixture
def plan():
    return ProblemBuilder(now=0, horizon=240 * HOUR)


def test_the_queue_names_who_held_the_machine(plan):
    saw = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]))
    holder = plan.operation([Alternative(saw, 5 * HOUR)], order=plan.order(due=1))
    held = plan.operation([Alternative(saw, HOUR)], order=plan.order(due=2 * HOUR))
    problem = plan.build()
    schedule = dispatch(problem, rule=Rule.EDD)

    late = next(late for late in explain_late_orders(problem, schedule) if late.order == 1)

    assert [(s.cause, s.seconds, s.blocker) for s in late.chain] == [
        (Cause.MACHINE_QUEUE, 5 * HOUR, holder),
        (Cause.WORK, HOUR, -1),
    ]
    assert late.attributed == {Cause.MACHINE_QUEUE: 4 * HOUR}
    assert why_not_earlier(problem, schedule, held) == Binding(Cause.MACHINE_QUEUE, holder)


def test_material_night_and_setup_each_get_their_seconds(plan):
    matrix = plan.setup_matrix([[0, HOUR], [0, 0]])
    shifts = plan.calendar([(6 * HOUR, 14 * HOUR), (30 * HOUR, 38 * HOUR)])
    press = plan.machine(calendar=shifts, setup_matrix=matrix, family=0)
    order = plan.order(due=16 * HOUR)
    plan.operation([Alternative(press, 2 * HOUR)], order=order, family=1, release=13 * HOUR)
    problem = plan.build()
    schedule = dispatch(problem)
    [late] = explain_late_orders(problem, schedule)

    assert [(s.cause, s.seconds // HOUR) for s in late.chain] == [
        (Cause.MATERIAL, 13),
        (Cause.WORK, 1),
        (Cause.OFF_SHIFT, 16),
        (Cause.WORK, 1),
    ]
    assert late.delay == 15 * HOUR == sum(late.attributed.values())
    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.MATERIAL, -1)


def test_a_missing_crew_and_a_tool_in_use_are_told_apart(plan):
    welders = plan.crew([(0, 240 * HOUR, 1)])
    mould = plan.tool()
    machines = [plan.machine(calendar=plan.calendar([(0, 240 * HOUR)])) for _ in range(4)]
    due = plan.order
    for machine in machines[:2]:
        plan.operation([Alternative(machine, 2 * HOUR, crew=welders)], order=due(due=machine))
    for machine in machines[2:]:
        plan.operation([Alternative(machine, 3 * HOUR, tool=mould)], order=due(due=machine))
    problem = plan.build()
    schedule = dispatch(problem, rule=Rule.EDD)

    assert why_not_earlier(problem, schedule, 0) == Binding(Cause.NOW, -1)
    assert why_not_earlier(problem, schedule, 1) == Binding(Cause.CREW, 0)
    assert why_not_earlier(problem, schedule, 3) == Binding(Cause.TOOL, 2)


def test_an_order_due_before_now_was_already_late(plan):
    saw = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]))
    plan.operation([Alternative(saw, 2 * HOUR)], order=plan.order(due=-3 * HOUR))
    problem = plan.build()
    [late] = explain_late_orders(problem, dispatch(problem))

    assert late.attributed == {Cause.ALREADY_LATE: 3 * HOUR, Cause.WORK: 2 * HOUR}
