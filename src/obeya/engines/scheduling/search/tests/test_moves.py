"""Moves on one plan: what they cost, and that nothing is left of them after an undo."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Problem,
    ProblemBuilder,
    Rule,
    Schedule,
    Unschedulable,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.objective import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    SHORTEST,
    Objective,
    smallest_change,
    tier,
)
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import worth
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.kernels.campaign import best_exchange, exchange
from obeya.engines.scheduling.search.kernels.choose import best_place
from obeya.engines.scheduling.search.kernels.move import keep, relocate, undo
from obeya.engines.scheduling.search.kernels.settle import carry_on
from obeya.engines.scheduling.search.kernels.waits import begin_wait
from obeya.engines.scheduling.search.kernels.whole import give_back
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept, tidied
from obeya.engines.scheduling.search.prices import Prices
from obeya.engines.scheduling.search.team import Team

from .objectives import with_all_terms

JUST_IN_TIME = Objective((tier(weighted_tardiness=5.0, earliness=1.0, work_in_progress=0.2),))
OBJECTIVES = {
    "on time first": lambda problem, schedule: ON_TIME_FIRST,
    "least changeover": lambda problem, schedule: LEAST_CHANGEOVER,
    "shortest": lambda problem, schedule: SHORTEST,
    "smallest change": lambda problem, schedule: smallest_change(schedule),
    "in progress": lambda problem, schedule: Objective((tier(work_in_progress=1.0),)),
    "just in time": lambda problem, schedule: JUST_IN_TIME,
    "all terms": with_all_terms,
}


def island(seed: int, operations: int = 60, objective=OBJECTIVES["on time first"]) -> Island:
    problem = random_problem(seed, operations)
    schedule = dispatch(problem, rule=Rule(seed % len(Rule)))
    chosen = objective(problem, schedule)
    layout = Layout(packed(problem, schedule.maintenance_start), Prices(problem, chosen))
    return Island(layout, schedule, seed=seed, stream=0)


def searching(problem: Problem, objective: Objective) -> Island:
    schedule = dispatch(problem, rule=Rule.EDD)
    layout = Layout(packed(problem, schedule.maintenance_start), Prices(problem, objective))
    return Island(layout, schedule, seed=1, stream=0)


def weighed(problem, schedule, objective) -> float:
    """Worth on the scale of the kernels: a tier counts little against the one before."""
    return sum(figure * 1e-4**i for i, figure in enumerate(worth(problem, schedule, objective)))


def whole_state(plan) -> list[np.ndarray]:
    bar = plan.bar[:, [c for c in range(t.COLUMNS) if c != t.OLD]]
    now = (plan.cost[: len(bar)], plan.left, plan.line, plan.first_start)
    return [bar, *(array.copy() for array in now)]


def relocated(one: Island, operation: int) -> float | None:
    """Move an operation anywhere and carry it on; answers the change of cost."""
    plant, plan = one.layout.plant, one.plan
    target = int(plan.bar[operation, t.START])
    place = best_place(plant, plan, one.guide, operation, target, 1e6)
    if place[0] < 0:
        return None
    change = relocate(plant, plan, operation, *place)
    return carry_on(plant, plan, change, np.inf, 10_000)


def exchanged(one: Island, operation: int) -> float | None:
    """Move the campaign of an operation anywhere and carry it on; answers the change of cost."""
    plant, plan = one.layout.plant, one.plan
    places = best_exchange(plant, plan, one.guide, operation, 1e6)
    if places[0] < 0:
        return None
    return carry_on(plant, plan, exchange(plant, plan, *places), np.inf, 10_000)


def waited(one: Island, operation: int) -> float | None:
    """Let any operation wait, or wait no longer; answers the change of cost."""
    plant, plan = one.layout.plant, one.plan
    if not begin_wait(plant, plan, one.guide):
        return None
    return carry_on(plant, plan, 0.0, np.inf, 10_000)


@pytest.mark.parametrize("move", [relocated, exchanged, waited])
@pytest.mark.parametrize("name", ["on time first", "all terms"])
def test_an_undone_move_leaves_no_trace(name, move):
    moved = 0
    for seed in range(30):
        one = island(seed, objective=OBJECTIVES[name])
        plan = one.plan
        one.work(200, 5.0)
        before = whole_state(plan)
        for operation in np.flatnonzero(~one.layout.problem.fixed).tolist():
            if move(one, operation) is None:
                continue
            undo(one.layout.plant, plan)
            moved += 1
            for old, new in zip(before, whole_state(plan), strict=True):
                assert np.array_equal(old, new), (seed, operation)
    assert moved > 800


@pytest.mark.parametrize("name", ["on time first", "all terms"])
def test_campaigns_that_change_places_make_plans_that_hold_at_the_cost_told(name):
    exchanges = 0
    for seed in range(25):
        one = island(seed, objective=OBJECTIVES[name])
        problem, plan = one.layout.problem, one.plan
        objective = OBJECTIVES[name](problem, given_back(one.layout, kept(plan)))
        cost = one.cost
        for operation in np.flatnonzero(~problem.fixed).tolist():
            change = exchanged(one, operation)
            if change is None:
                continue
            if plan.heap[t.FAILED]:
                undo(one.layout.plant, plan)
                continue
            cost += change
            keep(one.layout.plant, plan)
            exchanges += 1
        schedule = given_back(one.layout, kept(plan))
        assert check(problem, schedule) == [], seed
        assert cost == pytest.approx(weighed(problem, schedule, objective)), seed
    assert exchanges > 300


def test_a_campaign_moves_as_a_whole_to_the_next_of_its_family():
    plan = ProblemBuilder(now=0, horizon=400_000)
    matrix = plan.setup_matrix([[0, 3_600], [3_600, 0]])
    press = plan.machine(calendar=plan.calendar([(0, 400_000)]), setup_matrix=matrix, family=0)
    for due, family in enumerate((0, 1, 1, 0, 0)):
        plan.operation(
            [Alternative(press, run=3_600)], order=plan.order(due=100_000 + due), family=family
        )
    one = searching(plan.build(), LEAST_CHANGEOVER)
    plant = one.layout.plant

    for operation in (1, 2):
        places = best_exchange(plant, one.plan, one.guide, operation, 0.0)
        assert places == (1, 2, 4)
    carry_on(plant, one.plan, exchange(plant, one.plan, *places), np.inf, 100)

    answer = given_back(one.layout, kept(one.plan))
    assert np.argsort(answer.start).tolist() == [0, 3, 4, 1, 2]
    assert answer.end.max() == 6 * 3_600


def test_nothing_comes_to_stand_in_the_setup_of_a_frozen_operation():
    plan = ProblemBuilder(now=0, horizon=400_000)
    matrix = plan.setup_matrix([[0, 3_600], [3_600, 0]])
    press = plan.machine(calendar=plan.calendar([(0, 400_000)]), setup_matrix=matrix, family=0)

    def operation(family: int, hours: float, due: int, **fixing: int) -> int:
        way, order = Alternative(press, run=int(3_600 * hours)), plan.order(due=due)
        row: int = plan.operation([way], order=order, family=family, **fixing)
        return row

    first = operation(0, 9.5, due=1)
    operation(0, 1, due=2, fixed_alternative=0, fixed_start=36_000)
    other, long = operation(1, 3, due=3), operation(1, 5.2, due=4)
    one = searching(plan.build(), LEAST_CHANGEOVER)

    failed = []
    for moved, left in ((first, other), (other, t.NOWHERE), (long, t.NOWHERE)):
        change = relocate(one.layout.plant, one.plan, moved, moved, left, t.NOWHERE, 0)
        carry_on(one.layout.plant, one.plan, change, np.inf, 100)
        failed.append(bool(one.plan.heap[t.FAILED]))
        (undo if failed[-1] else keep)(one.layout.plant, one.plan)

    # the setup begins at 9:00 since the second move, and the third would end at 9:12
    assert failed == [False, False, True]


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_cost_that_moves_add_up_to_is_the_worth_of_the_plan(name):
    for seed in range(6):
        one = island(seed, objective=OBJECTIVES[name])
        problem = one.layout.problem
        start = given_back(one.layout, kept(one.plan))
        objective = OBJECTIVES[name](problem, start)
        assert one.cost == pytest.approx(weighed(problem, start, objective))

        one.work(1_500, 20.0)

        schedule = given_back(one.layout, kept(one.plan))
        assert not np.array_equal(schedule.start, start.start)
        assert one.cost == pytest.approx(weighed(problem, schedule, objective)), seed


def test_pools_are_full_again_when_everything_is_given_back():
    for seed in range(10):
        one = island(seed)
        one.work(1_000, 10.0)
        give_back(one.layout.plant, one.plan)
        assert np.array_equal(one.plan.left, one.layout.capacity), seed


def test_tidying_never_makes_a_plan_worse():
    for seed in range(20):
        one = island(seed)
        one.work(500, 10.0)
        cost = one.cost
        tidied(one.layout, one.plan)
        assert one.cost <= cost + 1e-9


@pytest.mark.parametrize("name", ["just in time", "all terms"])
def test_work_that_waits_makes_plans_that_hold_at_the_cost_told(name):
    held = 0
    for seed in range(20):
        one = island(seed, objective=OBJECTIVES[name])
        problem, start = one.layout.problem, given_back(one.layout, kept(one.plan))
        objective = OBJECTIVES[name](problem, start)
        one.work(2_000, 5.0)
        one.justify()

        schedule = given_back(one.layout, kept(one.plan))
        assert check(problem, schedule) == [], seed
        assert one.cost == pytest.approx(weighed(problem, schedule, objective)), seed
        held += int((one.plan.bar[:, t.FLAG] & t.HELD > 0).sum())
    assert held > 100


def test_nothing_waits_where_no_term_pays_for_it():
    one = island(1)
    one.work(2_000, 5.0)
    one.justify()

    assert not (one.plan.bar[:, t.FLAG] & t.HELD).any()


def test_what_waits_in_the_plan_to_begin_with_waits_on():
    plan = ProblemBuilder(now=0, horizon=400_000)
    press = plan.machine(calendar=plan.calendar([(0, 400_000)]))
    plan.operation([Alternative(press, run=7_200)], order=plan.order(due=72_000))
    problem = plan.build()
    waits = Schedule.of(
        problem, alternative=[0], setup_start=[64_800], start=[64_800], end=[72_000]
    )
    layout = Layout(packed(problem, waits.maintenance_start), Prices(problem, JUST_IN_TIME))

    one = Island(layout, waits, seed=1, stream=0)
    one.tidy()

    assert given_back(layout, kept(one.plan)).end.tolist() == [72_000]
    assert one.cost == pytest.approx(0.2 * 2)


def test_a_plan_is_given_back_as_it_was_read():
    for seed in range(20):
        try:
            one = island(seed)
        except Unschedulable:
            continue
        schedule = dispatch(one.layout.problem, rule=Rule(seed % len(Rule)))
        again = given_back(one.layout, kept(one.plan))
        for column in ("alternative", "setup_start", "start", "end", "maintenance_start"):
            assert np.array_equal(getattr(schedule, column), getattr(again, column)), seed


def test_an_effort_ends_the_work_at_the_same_move_on_each_run():
    done = [island(3).work(10_000, 5.0, effort=5_000) for _ in range(2)]

    assert 0 < done[0] < 1_000
    assert done[0] == done[1]


def test_two_islands_that_spend_the_same_effort_try_different_numbers_of_moves():
    problem = random_problem(1, 300)
    start = dispatch(problem)
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, ON_TIME_FIRST))
    team = Team(layout, start, seed=1, workers=2)

    with ThreadPoolExecutor(max_workers=2) as threads:
        spent = team.work(10**6, 30_000, 5.0, threads)

    tried = [int(one.plan.heap[t.TRIED]) for one in team.islands]
    assert tried[0] != tried[1]
    assert spent == sum(tried) < 10_000


def test_work_ends_where_no_operation_may_be_moved():
    one = island(3)
    one.guide.allowed[:] = 0

    assert one.work(100, 5.0) == 100
    assert one.plan.heap[t.TRIED] == 0
