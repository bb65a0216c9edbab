"""Waits on purpose outlive what pushes them, whom they leave, and a stop of the search."""

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    Problem,
    ProblemBuilder,
    Schedule,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.objective import Objective, tier
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import solve, worth
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.kernels.heap import push
from obeya.engines.scheduling.search.kernels.move import begin_move, keep, relocate
from obeya.engines.scheduling.search.kernels.settle import carry_on
from obeya.engines.scheduling.search.kernels.waits import hold
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.prices import Prices

HOUR = 3600
JUST_IN_TIME = Objective((tier(weighted_tardiness=5.0, earliness=1.0),))
RANKED = Objective((tier(late_orders=1.0), tier(earliness=1.0), tier(setup=1.0)))


def island(problem: Problem) -> Island:
    start = dispatch(problem)
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, JUST_IN_TIME))
    return Island(layout, start, seed=1, stream=0)


def carried(one: Island) -> None:
    carry_on(one.layout.plant, one.plan, 0.0, np.inf, 100)
    assert one.plan.heap[t.FAILED] == 0
    keep(one.layout.plant, one.plan)


def ends_h(one: Island) -> list[float]:
    return [float(end) / HOUR for end in one.plan.bar[:, t.END]]


def test_what_a_longest_wait_pushes_goes_back_to_what_it_waited_for():
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    always, order = plan.calendar([(0, 100 * HOUR)]), plan.order(due=50 * HOUR)
    first, second = (
        plan.operation([Alternative(plan.machine(calendar=always), HOUR)], order=order)
        for _ in range(2)
    )
    plan.follows(second, first, maximum_wait=HOUR)
    one = island(plan.build())
    for operation, until in ((first, 5), (second, 10)):
        hold(one.plan, operation, until * HOUR)
        carried(one)
    assert ends_h(one) == [8, 10]

    hold(one.plan, second, 0)
    push(one.plan, first)
    carried(one)

    assert ends_h(one) == [5, 6]


def test_a_batch_waits_on_when_its_leader_goes_elsewhere():
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    oven = plan.machine(calendar=plan.calendar([(0, 100 * HOUR)]), places=6)
    for _ in range(2):
        plan.operation([Alternative(oven, HOUR)], order=plan.order(due=50 * HOUR), recipe=0)
    one = island(plan.build())
    leader = int(one.plan.bar[0, t.HEAD])
    assert one.plan.bar[:, t.HEAD].tolist() == [leader, leader]
    hold(one.plan, leader, 5 * HOUR)
    carried(one)
    assert ends_h(one) == [5, 5]

    relocate(one.layout.plant, one.plan, leader, leader, leader, t.NOWHERE, 6 * HOUR)
    carried(one)
    begin_move(one.plan)
    push(one.plan, 1 - leader)
    carried(one)

    assert ends_h(one)[1 - leader] == 5
    assert ends_h(one)[leader] == 6


def just_in_time_plant() -> Problem:
    """Twelve orders of two families on two presses, and a service that can move."""
    plan = ProblemBuilder(now=0, horizon=400 * HOUR)
    always = plan.calendar([(0, 400 * HOUR)])
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    presses = [plan.machine(calendar=always, setup_matrix=matrix, family=0) for _ in range(2)]
    for turn in range(12):
        ways = [Alternative(press, 3 * HOUR) for press in presses]
        plan.operation(ways, order=plan.order(due=(20 + 4 * turn) * HOUR), family=turn % 2)
    plan.maintenance(presses[0], duration=6 * HOUR, earliest=0, latest=90 * HOUR)
    return plan.build()


def bytes_of(schedule: Schedule) -> list[bytes]:
    names = ("alternative", "machine", "setup_start", "start", "end", "maintenance_start")
    return [getattr(schedule, name).tobytes() for name in names]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("plant", [just_in_time_plant, lambda: random_problem(7, 120)])
def test_with_tiers_waits_and_maintenance_two_runs_are_equal_to_the_byte(plant, workers):
    first, again = (
        solve(plant(), objective=RANKED, budget=Budget(6_000), seed=3, workers=workers)
        for _ in range(2)
    )

    assert bytes_of(first) == bytes_of(again)
    assert check(plant(), first) == []


def test_a_plan_that_waits_is_gone_on_from_after_a_stop():
    problem, asked = just_in_time_plant(), []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 6

    stopped = solve(
        problem, objective=JUST_IN_TIME, budget=Budget(200_000, should_stop=stop), seed=1
    )
    resumed = solve(problem, objective=JUST_IN_TIME, budget=Budget(600), seed=2, start=stopped)

    early_h = float(problem.orders.due.sum() - stopped.end.sum()) / HOUR
    assert early_h < 100  # all of them at once would be some 300 hours early
    assert check(problem, resumed) == []
    assert worth(problem, resumed, JUST_IN_TIME) <= worth(problem, stopped, JUST_IN_TIME)
    assert (resumed.start[stopped.start > 10 * HOUR] > 0).all()


def test_every_wait_that_pays_is_still_held_when_a_plan_is_read_again():
    plan = ProblemBuilder(now=0, horizon=400 * HOUR)
    for due in (30, 60, 90):
        machine = plan.machine(calendar=plan.calendar([(0, 400 * HOUR)]))
        plan.operation([Alternative(machine, 2 * HOUR)], order=plan.order(due=due * HOUR))
    problem = plan.build()
    stopped = solve(problem, objective=JUST_IN_TIME, budget=Budget(3_000), seed=1)
    layout = Layout(packed(problem, stopped.maintenance_start), Prices(problem, JUST_IN_TIME))

    one = Island(layout, stopped, seed=1, stream=0)
    one.tidy()

    assert ends_h(one) == [30, 60, 90]
    assert (one.plan.bar[:, t.FLAG] & t.HELD > 0).all()
