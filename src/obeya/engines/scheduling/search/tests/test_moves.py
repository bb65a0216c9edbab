"""Moves on one plan: what they cost, and that nothing is left of them after an undo."""

from itertools import pairwise

import numpy as np
import pytest

from obeya.engines.scheduling import Alternative, Budget, ProblemBuilder, check
from obeya.engines.scheduling.objective import LEAST_CHANGEOVER, ON_TIME_FIRST
from obeya.engines.scheduling.search import solve
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.kernels.campaign import best_exchange, exchange
from obeya.engines.scheduling.search.kernels.choose import best_place
from obeya.engines.scheduling.search.kernels.move import keep, relocate, undo
from obeya.engines.scheduling.search.kernels.settle import carry_on
from obeya.engines.scheduling.search.kernels.tied import begin_shift
from obeya.engines.scheduling.search.kernels.waits import begin_wait
from obeya.engines.scheduling.search.plan import given_back, kept

from .islands import OBJECTIVES, island, searching, weighed


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


def shifted(one: Island, operation: int, later: bool | None = None) -> float | None:
    """Move all that is tied to an operation and carry it on; answers the change of cost."""
    plant, plan = one.layout.plant, one.plan
    later = bool(operation % 2) if later is None else later
    if plant.op[operation, t.TIED_FROM] == plant.op[operation, t.TIED_TO]:
        return None
    begun, change = begin_shift(plant, plan, one.guide, operation, later)
    return carry_on(plant, plan, change, np.inf, 10_000) if begun else None


@pytest.mark.parametrize(
    ("move", "least"), [(relocated, 800), (exchanged, 800), (waited, 800), (shifted, 100)]
)
@pytest.mark.parametrize("name", ["on time first", "all terms"])
def test_an_undone_move_leaves_no_trace(name, move, least):
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
    assert moved > least


@pytest.mark.parametrize(("move", "least"), [(exchanged, 300), (shifted, 30)])
@pytest.mark.parametrize("name", ["on time first", "all terms"])
def test_what_moves_together_makes_plans_that_hold_at_the_cost_told(name, move, least):
    moved = 0
    for seed in range(25):
        one = island(seed, objective=OBJECTIVES[name])
        problem, plan = one.layout.problem, one.plan
        objective = OBJECTIVES[name](problem, given_back(one.layout, kept(plan)))
        cost = one.cost
        for operation in np.flatnonzero(~problem.fixed).tolist():
            change = move(one, operation)
            if change is None:
                continue
            if plan.heap[t.FAILED]:
                undo(one.layout.plant, plan)
                continue
            cost += change
            keep(one.layout.plant, plan)
            moved += 1
        schedule = given_back(one.layout, kept(plan))
        assert check(problem, schedule) == [], seed
        assert cost == pytest.approx(weighed(problem, schedule, objective)), seed
    assert moved > least


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


def test_what_is_tied_passes_both_that_have_its_crew_and_these_take_it_after():
    plan = ProblemBuilder(now=0, horizon=400_000)
    hours = plan.calendar([(0, 400_000)])
    crew = plan.crew([(0, 400_000, 1)])
    for due in (1, 2):
        first, second = plan.machine(calendar=hours), plan.machine(calendar=hours)
        order = plan.order(due=due)
        hot = plan.operation([Alternative(first, run=3_600, crew=crew)], order=order)
        pressed = plan.operation([Alternative(second, run=7_200, crew=crew)], order=order)
        plan.follows(pressed, hot, maximum_wait=0)
    one = searching(plan.build(), ON_TIME_FIRST)
    one.look_again()  # lists who uses the crew
    before = given_back(one.layout, kept(one.plan))

    changes = set()
    for _ in range(300):
        change = shifted(one, 2, later=False)
        if change is not None and not one.plan.heap[t.FAILED]:
            changes.add(tuple(given_back(one.layout, kept(one.plan)).start.tolist()))
        if change is not None:
            undo(one.layout.plant, one.plan)

    assert before.start.tolist() == [0, 3_600, 10_800, 14_400]
    assert changes == {(10_800, 14_400, 0, 3_600)}


def test_a_chain_as_long_as_any_that_moves_together_stays_within_the_log():
    plan = ProblemBuilder(now=0, horizon=4_000_000)
    hours = plan.calendar([(0, 4_000_000)])
    machines = [plan.machine(calendar=hours) for _ in range(t.MOST_TIED)]
    for due in (1, 2):
        order = plan.order(due=due)
        chain = [plan.operation([Alternative(each, run=3_600)], order=order) for each in machines]
        for before, after in pairwise(chain):
            plan.follows(after, before, maximum_wait=600)
    one = searching(plan.build(), ON_TIME_FIRST)
    room = len(one.plan.log)
    beneath = np.full((room + 40, t.COLUMNS + 1), 7, np.int32)  # shows what lies behind the log
    one.plan = one.plan._replace(log=beneath[:room])

    assert shifted(one, t.MOST_TIED, later=False) is not None

    assert one.plan.heap[t.LINES] == 2 * t.MOST_TIED
    assert (beneath[room:] == 7).all()


@pytest.mark.parametrize("is_tied", [False, True])
def test_a_frozen_batch_that_a_free_operation_joined_keeps_its_crew(is_tied):
    plan, hour = ProblemBuilder(now=0, horizon=4_000_000), 3_600
    hours = plan.calendar([(0, 4_000_000)])
    crew, millers = (plan.crew([(0, 4_000_000, 1)]) for _ in range(2))
    mill, oven, other = (plan.machine(calendar=hours, places=places) for places in (0, 6, 0))
    heated = {"recipe": 0, "size": 1}
    way = [Alternative(oven, run=4 * hour, crew=crew)]
    first = plan.order(due=1)
    plan.operation(way, order=first, **heated, fixed_alternative=0, fixed_start=5 * hour)
    second = plan.order(due=1)
    joining = plan.operation(way, order=second, **heated)
    if is_tied:
        milled = plan.operation([Alternative(mill, run=2 * hour, crew=millers)], order=second)
        plan.follows(joining, milled, maximum_wait=9 * hour)
    for length in (2, 2, 6):
        plan.operation([Alternative(other, run=length * hour, crew=crew)], order=plan.order(due=3))
    problem = plan.build()

    for seed in range(6):
        answer = solve(problem, budget=Budget(3_000), seed=seed)
        assert check(problem, answer) == [], seed


def test_two_that_are_tied_change_turns_with_two_others_on_both_machines():
    plan = ProblemBuilder(now=0, horizon=400_000)
    hours = plan.calendar([(0, 400_000)])
    furnace, press = plan.machine(calendar=hours), plan.machine(calendar=hours)
    for due in (1, 2):
        order = plan.order(due=due)
        hot = plan.operation([Alternative(furnace, run=3_600)], order=order)
        pressed = plan.operation([Alternative(press, run=7_200)], order=order)
        plan.follows(pressed, hot, maximum_wait=600)
    one = searching(plan.build(), ON_TIME_FIRST)
    plant = one.layout.plant
    before = given_back(one.layout, kept(one.plan))

    alone = relocate(plant, one.plan, 2, 2, t.NOWHERE, t.NOWHERE, 0)  # before the other, hot
    carry_on(plant, one.plan, alone, np.inf, 100)
    assert one.plan.heap[t.FAILED]  # it would have to wait for the press
    undo(plant, one.plan)
    assert shifted(one, 2, later=False) == pytest.approx(0.0)

    answer = given_back(one.layout, kept(one.plan))
    assert before.start.tolist() == [0, 3_600, 7_200 - 600, 10_800]
    assert answer.start.tolist() == [7_200 - 600, 10_800, 0, 3_600]


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
