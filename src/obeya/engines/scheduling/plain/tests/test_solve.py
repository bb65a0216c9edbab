"""The search of plain shops against brute force, published optima and the independent checker."""

import numpy as np
import pytest

from obeya.engines.scheduling import Budget, check
from obeya.engines.scheduling.formats.plain import read_fjs, read_jsp
from obeya.engines.scheduling.plain import (
    NO_SETUPS,
    PlainPlan,
    PlainSetups,
    PlainShop,
    as_problem,
    as_schedule,
    lower_bound,
    solve_plain,
)
from obeya.engines.scheduling.plain.shop import frozen_ints32

from .shops import KINDS, random_shop, shortest_makespan


def refused(shop: PlainShop, plan: PlainPlan) -> list[object]:
    problem = as_problem(shop)
    schedule = as_schedule(shop, problem, plan.start, plan.way)
    assert plan.makespan == schedule.end.max()
    return list(check(problem, schedule))


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_the_shortest_plan_of_tiny_shops(kind):
    for seed in range(12):
        shop = random_shop(kind, seed, jobs=3, machines=2, most=2)
        shortest = shortest_makespan(shop)

        plan = solve_plain(shop, budget=Budget(1), seed=seed)

        assert (seed, plan.makespan) == (seed, shortest)
        assert plan.bound <= shortest
        assert refused(shop, plan) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_checker_refuses_none_of_its_plans(kind):
    for seed in range(6):
        shop = random_shop(kind, seed, jobs=12, machines=5, most=8)
        plan = solve_plain(shop, budget=Budget(1), seed=seed)
        assert refused(shop, plan) == []
        assert plan.bound <= plan.makespan


def test_the_same_seed_and_workers_give_the_same_plan():
    shop = random_shop("flexible", 4, jobs=20, machines=6, most=8)

    one, other = (solve_plain(shop, budget=Budget(6), seed=5, workers=2) for _ in range(2))

    assert (one.way == other.way).all()
    assert (one.start == other.start).all()


def test_it_goes_on_from_a_plan_and_tells_of_better_ones():
    shop = random_shop("job shop", 2, jobs=20, machines=6, most=8)
    first = solve_plain(shop, budget=Budget(0))
    told: list[PlainPlan] = []

    last = solve_plain(shop, budget=Budget(2), start=first, on_better=told.append)

    lengths = [plan.makespan for plan in told]
    assert lengths == sorted(set(lengths), reverse=True)
    assert (lengths[0], lengths[-1]) == (first.makespan, last.makespan)


def test_a_plan_ends_with_its_tails_and_starts_after_its_releases():
    shop = PlainShop.of_arcs(
        1,
        alternatives=[1, 1],
        machine=[0, 0],
        duration=[3, 4],
        before=[],
        after=[],
        release=[5, 0],
        tail=[0, 20],
    )

    plan = solve_plain(shop, budget=Budget(1))

    assert (plan.makespan, plan.bound) == (24, 24)  # 4 s, then 20 s that nothing shortens
    assert plan.start.tolist() == [5, 0]


def test_a_shop_without_operations_has_a_plan_without_length():
    empty = PlainShop.of_jobs(2, operations=[], alternatives=[], machine=[], duration=[])

    assert solve_plain(empty, budget=Budget(1)).makespan == 0


ONE_SETUP = PlainSetups(
    frozen_ints32([2]), np.array([0, 4]), frozen_ints32([0, 5, 5, 0]), frozen_ints32([0, 1, 0])
)


@pytest.mark.parametrize(
    ("operations", "machine", "duration", "setups", "makespan"),
    [
        pytest.param([1], [0], [5], NO_SETUPS, 5, id="one operation"),
        pytest.param([1], [0], [0], NO_SETUPS, 0, id="one operation without duration"),
        pytest.param([3], [0, 0, 1], [3, 4, 5], NO_SETUPS, 12, id="one job"),
        pytest.param([3], [0, 0, 0], [3, 4, 5], ONE_SETUP, 22, id="one job with setups"),
        pytest.param([1, 1, 1], [0, 0, 0], [3, 4, 5], NO_SETUPS, 12, id="one machine"),
        pytest.param([2, 2], [0, 1, 1, 0], [0, 0, 0, 0], NO_SETUPS, 0, id="no durations"),
        pytest.param([2, 2], [0, 1, 0, 1], [3, 4, 3, 4], NO_SETUPS, 11, id="two equal jobs"),
    ],
)
def test_a_shop_with_nothing_to_improve_ends_at_once(
    operations, machine, duration, setups, makespan
):
    shop = PlainShop.of_jobs(
        2 if setups is NO_SETUPS else 1,
        operations=operations,
        alternatives=[1] * len(machine),
        machine=machine,
        duration=duration,
        setups=setups,
    )
    asked: list[bool] = []

    def is_enough() -> bool:
        asked.append(True)
        return len(asked) > 2

    plan = solve_plain(shop, budget=Budget(10**9, is_enough))

    assert (plan.makespan, plan.bound, asked) == (makespan, makespan, [])
    assert refused(shop, plan) == []


def test_a_plan_stays_as_short_where_an_operation_without_duration_comes_first():
    shop = PlainShop.of_arcs(
        2,
        alternatives=[1] * 4,
        machine=[0, 1, 0, 1],
        duration=[3, 5, 0, 4],
        before=[1, 2],
        after=[2, 3],
        release=[5, 0, 0, 0],
    )
    plan = PlainPlan(frozen_ints32([0, 1, 2, 3]), frozen_ints32([5, 0, 5, 5]), 9)

    assert solve_plain(shop, budget=Budget(0), start=plan).start.tolist() == [5, 0, 5, 5]


def test_an_operation_that_waits_for_itself_is_refused():
    shop = PlainShop.of_arcs(
        1, alternatives=[1, 1], machine=[0, 0], duration=[1, 1], before=[0, 1], after=[1, 0]
    )

    with pytest.raises(ValueError, match="waits for itself"):
        solve_plain(shop, budget=Budget(1))


@pytest.mark.parametrize(
    ("file", "read", "optimum"),
    [
        ("jsp/ft/ft06.jsp", read_jsp, 55),
        ("jsp/la/la01.jsp", read_jsp, 666),
        ("fjsp/brandimarte/mk01.fjs", read_fjs, 40),
        ("fjsp/kacem/kacem4.fjs", read_fjs, 11),
        ("fjsp_sdst/fattahi/Fattahi_setup_03.fjs", read_fjs, 233),
    ],
)
def test_it_reaches_published_optima(shared_folder, file, read, optimum):
    shop = read((shared_folder / "benchmarks/scheduling" / file).read_text())

    plan = solve_plain(shop, budget=Budget(30), seed=1)

    assert plan.makespan == optimum
    assert refused(shop, plan) == []


def test_the_bound_of_one_machine_counts_heads_and_tails():
    shop = PlainShop.of_jobs(
        3,
        operations=[3, 3],
        alternatives=np.ones(6, dtype=np.int64),
        machine=[0, 1, 2, 2, 1, 0],
        duration=[2, 5, 1, 3, 5, 2],
    )

    assert lower_bound(shop) == 13  # machine 1 starts at 2, works 5 + 5, and 1 follows at least


def test_a_search_without_a_move_ends():
    shop = PlainShop.of_jobs(  # two ways on one machine, and nothing to exchange
        1, operations=[2], alternatives=[2, 1], machine=[0, 0, 0], duration=[3, 2, 4]
    )

    assert solve_plain(shop, budget=Budget(3)).makespan == 6


def test_a_budget_can_end_the_search_at_once():
    shop = random_shop("flexible", 1, jobs=30, machines=6, most=8)
    told: list[PlainPlan] = []

    plan = solve_plain(shop, budget=Budget(10**9, lambda: True), on_better=told.append)

    assert [each.makespan for each in told] == [plan.makespan]
    assert refused(shop, plan) == []
