"""Where schedulers fail: midnight, nothing, zero, huge, and intervals that never fit."""

import gc
from weakref import ref

from hypothesis import given, settings
from hypothesis import strategies as st

from obeya.engines.scheduling import (
    Alternative,
    ProblemBuilder,
    Unschedulable,
    check,
    dispatch,
    explain_late_orders,
    random_problem,
)

DAY = 86_400
HORIZON = 2**40


@st.composite
def calendars(draw):
    """Up to six intervals around midnights, some touching, some a second long."""
    cuts = st.integers(0, 8 * DAY) | st.sampled_from([0, DAY - 1, DAY, DAY + 1, 2 * DAY])
    edges = sorted(draw(st.lists(cuts, min_size=2, max_size=12, unique=True)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    if draw(st.booleans()):
        spans.append((9 * DAY, HORIZON))
    return spans


durations = st.sampled_from([0, 0, 1, 2, 3600, DAY, 30 * DAY]) | st.integers(0, 3 * DAY)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_small_plant_is_scheduled_cleanly_or_refused_by_name(data):
    plan = ProblemBuilder(now=data.draw(st.sampled_from([0, DAY - 1, DAY])), horizon=HORIZON)
    matrix = plan.setup_matrix([[0, 60], [3600, 0]])
    machines = [
        plan.machine(
            calendar=plan.calendar(data.draw(calendars())),
            setup_matrix=data.draw(st.sampled_from([-1, matrix])),
            family=0,
        )
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    for i in range(data.draw(st.integers(0, 5))):
        plan.operation(
            [Alternative(machine, data.draw(durations)) for machine in machines],
            order=plan.order(due=data.draw(st.integers(0, 9 * DAY))),
            family=data.draw(st.integers(0, 1)),
            resumable=data.draw(st.booleans()),
            release=data.draw(st.sampled_from([0, DAY, 2 * DAY + 1])),
        )
        if i and data.draw(st.booleans()):
            lag = data.draw(st.sampled_from([0, 1, DAY]))
            plan.follows(i, i - 1, lag=lag, maximum_wait=data.draw(st.sampled_from([-1, 5 * DAY])))
    problem = plan.build()
    schedule = scheduled_or_refused_by_name(problem)

    if schedule is None:
        return
    assert check(problem, schedule) == []
    for late in explain_late_orders(problem, schedule):
        assert sum(late.attributed.values()) == late.delay
        assert sum(segment.seconds for segment in late.chain) == late.completion - problem.now


def scheduled_or_refused_by_name(problem):
    try:
        return dispatch(problem)
    except Unschedulable as failure:
        refused = failure
    assert refused.operation in range(len(problem))
    return None


def test_what_may_not_wait_as_long_as_its_machine_is_closed_is_done_where_it_can_be():
    """The first machine closes for good long before the second opens again."""
    plan = ProblemBuilder(now=0, horizon=HORIZON)
    closes = plan.machine(calendar=plan.calendar([(314, DAY)]))
    opens = plan.machine(calendar=plan.calendar([(0, DAY - 1), (9 * DAY, HORIZON)]))
    first = plan.operation([Alternative(closes, 0), Alternative(opens, 30 * DAY)])
    second = plan.operation([Alternative(opens, 158)], release=2 * DAY + 1, resumable=False)
    plan.follows(second, first, lag=1, maximum_wait=5 * DAY)
    problem = plan.build()

    schedule = dispatch(problem)

    assert check(problem, schedule) == []
    assert schedule.machine.tolist() == [opens, opens]
    # 30 days of work: a day less a second at once, the rest from the ninth day on
    assert schedule.end.tolist() == [38 * DAY + 1, 38 * DAY + 1 + 1 + 158]


def test_problems_that_nobody_plans_any_more_leave_the_memory():
    planned = []
    for seed in range(30):
        problem = random_problem(seed, operations=5)
        dispatch(problem)
        planned.append(ref(problem))
    del problem
    gc.collect()

    assert sum(each() is not None for each in planned) <= 8
