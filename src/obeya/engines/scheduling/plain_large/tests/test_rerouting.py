"""Large shops with a choice of machines or with graphs: windows that change machines."""

from itertools import combinations, product

import numpy as np
import pytest

from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.checker import check
from obeya.engines.scheduling.plain import PlainPlan, PlainShop, as_problem, as_schedule
from obeya.engines.scheduling.plain.shop import frozen_ints32
from obeya.engines.scheduling.plain_large import solve_large
from obeya.engines.scheduling.plain_large.load import shared_load
from obeya.engines.scheduling.plain_large.rerouting import RerouteSearch


def flexible_shop(
    *, jobs: int, length: int, machines: int, seed: int, is_graph: bool = False
) -> PlainShop:
    """Operations that two to four of the machines can do, each in a time of its own.

    A job is a chain, or a graph in which two chains of equal length meet in a third one.
    """
    chance = np.random.default_rng(seed)
    count = jobs * length
    ways = chance.integers(2, 5, count)
    machine = np.concatenate([chance.choice(machines, size=k, replace=False) for k in ways])
    usual = np.repeat(chance.integers(10, 100, count), ways)
    third = length // 3
    ends = {third - 1: 2 * third} if is_graph else {}
    arcs = [
        (job * length + i, job * length + ends.get(i, i + 1))
        for job in range(jobs)
        for i in range(length - 1)
    ]
    before, after = zip(*arcs, strict=True)
    return PlainShop.of_arcs(
        machines,
        alternatives=ways,
        machine=machine,
        duration=(usual * chance.uniform(0.8, 1.25, len(machine))).astype(int),
        before=before,
        after=after,
    )


CHAINS = flexible_shop(jobs=60, length=30, machines=20, seed=1)
GRAPHS = flexible_shop(jobs=60, length=30, machines=20, seed=2, is_graph=True)


def broken_rules(shop: PlainShop, plan: PlainPlan) -> list[object]:
    """What the plant's independent checker has against a plan, and a wrong makespan."""
    problem = as_problem(shop)
    found: list[object] = list(check(problem, as_schedule(shop, problem, plan.start, plan.way)))
    end = int((plan.start + shop.duration[plan.way]).max())
    return found if end == plan.makespan else [*found, f"{plan.makespan} is not {end}"]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("shop", [CHAINS, GRAPHS])
def test_plans_hold_however_hot_it_is_and_machines_change(shop: PlainShop, workers: int):
    first = solve_large(shop, budget=Budget(3 * len(shop)), seed=1, workers=1)
    search = RerouteSearch(shop, first.start, first.way, size=200, workers=workers, seed=1)

    for leftward in [False, True, True, False]:
        hot = {"softness": 20.0, "reach": 50.0, "temperature": 20.0}
        for _ in search.sweep(moves=5.0, leftward=leftward, **hot):
            pass
        search.settle()
        start, way = search.plan()
        plan = PlainPlan(way, frozen_ints32(start), search.makespan)
        assert broken_rules(shop, plan) == []
    search.close()

    assert (way != first.way).mean() > 0.2


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("shop", [CHAINS, GRAPHS])
def test_equal_work_seed_and_workers_give_an_equal_plan(shop: PlainShop, workers: int):
    first, second = (
        solve_large(shop, budget=Budget(2_000_000), seed=5, workers=workers) for _ in range(2)
    )

    assert first.start.tobytes() == second.start.tobytes()
    assert first.way.tobytes() == second.way.tobytes()


@pytest.mark.parametrize("shop", [CHAINS, GRAPHS])
def test_windows_gain_what_rules_cannot(shop: PlainShop):
    rules_only = solve_large(shop, budget=Budget(400_000), seed=1, workers=1)

    windows_too = solve_large(shop, budget=Budget(8_000_000), seed=1, workers=1)

    assert windows_too.makespan < 0.99 * rules_only.makespan
    assert broken_rules(shop, windows_too) == []


def least_greatest_load(shop: PlainShop) -> float:
    """The fractional assignment where each operation takes as long on all of its machines.

    Some set of machines has to do all that nothing outside of it can, and shares it equally.
    """
    first = shop.first_alternative
    duration = shop.duration[first[:-1]]
    on = [set(shop.machine[first[i] : first[i + 1]].tolist()) for i in range(len(shop))]
    sets = (
        set(chosen)
        for size in range(1, shop.machines + 1)
        for chosen in combinations(range(shop.machines), size)
    )
    return max(
        sum(int(duration[i]) for i in range(len(shop)) if on[i] <= chosen) / len(chosen)
        for chosen in sets
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_shared_load_is_that_of_the_most_loaded_set_of_machines(seed: int):
    chance = np.random.default_rng(seed)
    ways = chance.integers(1, 4, 40)
    shop = PlainShop.of_jobs(
        6,
        operations=[1] * 40,
        alternatives=ways,
        machine=np.concatenate([chance.choice(6, size=k, replace=False) for k in ways]),
        duration=np.repeat(chance.integers(100, 1000, 40), ways),
    )

    exact = least_greatest_load(shop)

    assert 0.99 * exact <= shared_load(shop) <= np.ceil(exact - 1e-6)


def test_a_slower_machine_takes_its_share_of_the_load():
    shop = PlainShop.of_jobs(
        2, operations=[1, 1], alternatives=[2, 2], machine=[0, 1] * 2, duration=[10, 20] * 2
    )

    assert shared_load(shop) == 14  # 4/3 operations on the fast machine: 13.3 s on both


def test_three_equal_operations_on_two_machines_cannot_end_before_the_half_of_their_work():
    shop = PlainShop.of_arcs(
        2,
        alternatives=[2, 2, 2],
        machine=[0, 1] * 3,
        duration=[10] * 6,
        before=[],
        after=[],
    )

    plan = solve_large(shop, budget=Budget(1_000), seed=1, workers=1)

    assert (plan.makespan, plan.bound) == (20, 15)


def best_of_all(shop: PlainShop) -> int:
    """The least makespan over all ways, and all orders in which operations can be placed."""
    first = shop.first_alternative

    def least(way: tuple[int, ...], done: frozenset[int], ends: dict[int, int]) -> int:
        if len(done) == len(shop):
            return max(ends.values())
        best = 1 << 30
        for i in set(range(len(shop))) - done:
            before = shop.predecessor[slice(*shop.first_predecessor[i : i + 2])].tolist()
            if not done.issuperset(before):
                continue
            same = [j for j in done if shop.machine[way[j]] == shop.machine[way[i]]]
            start = max([0, *(ends[j] for j in before), *(ends[j] for j in same)])
            end = start + int(shop.duration[way[i]])
            best = min(best, least(way, done | {i}, ends | {i: end}))
        return best

    ways = (range(first[i], first[i + 1]) for i in range(len(shop)))
    return min(least(way, frozenset(), {}) for way in product(*ways))


@pytest.mark.parametrize("seed", range(8))
def test_tiny_shops_are_planned_as_well_as_by_trying_everything(seed: int):
    chance = np.random.default_rng(seed)
    machine = np.concatenate([chance.permutation(3)[:2] for _ in range(6)])
    shop = PlainShop.of_arcs(
        3,
        alternatives=[2] * 6,
        machine=machine,
        duration=chance.integers(1, 9, 12),
        before=[0, 1, 3],
        after=[2, 2, 4],
    )

    plan = solve_large(shop, budget=Budget(60_000), seed=1, workers=1)

    assert plan.makespan == best_of_all(shop)


@pytest.mark.slow
@pytest.mark.parametrize("is_graph", [False, True])
def test_five_thousand_operations_with_a_choice_come_within_two_percent_of_the_bound(
    is_graph: bool,
):
    shop = flexible_shop(jobs=250, length=20, machines=50, seed=3, is_graph=is_graph)

    plan = solve_large(shop, budget=Budget(12_000_000), seed=1, workers=2)

    assert broken_rules(shop, plan) == []
    assert plan.bound <= plan.makespan <= 1.02 * plan.bound
