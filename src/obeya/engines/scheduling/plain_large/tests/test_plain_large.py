"""Large plain shops: plans that hold, that are the same again, and that never get worse."""

import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.formats.plain import read_jsp
from obeya.engines.scheduling.plain import PlainPlan, PlainSetups, PlainShop
from obeya.engines.scheduling.plain.shop import frozen_ints32
from obeya.engines.scheduling.plain_large import first_plan, solve_large
from obeya.engines.scheduling.plain_large.windows import WindowSearch

from .shops import COMING_BACK, FLEXIBLE, SQUARE, assembly_shop, broken_rules


@pytest.mark.parametrize("shop", [SQUARE, COMING_BACK, FLEXIBLE])
def test_every_plan_on_the_way_holds_and_is_better_than_the_one_before(shop: PlainShop):
    plans: list[PlainPlan] = []

    best = solve_large(shop, budget=Budget(2_000_000), seed=1, workers=2, on_better=plans.append)

    assert [broken_rules(shop, plan) for plan in plans] == [[]] * len(plans)
    makespans = [plan.makespan for plan in plans]
    assert makespans == sorted(set(makespans), reverse=True)
    assert makespans[0] == first_plan(shop).makespan
    assert makespans[-1] == best.makespan < makespans[0]
    assert best.makespan >= best.bound


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("shop", [SQUARE, COMING_BACK])
def test_equal_work_seed_and_workers_give_an_equal_plan(shop: PlainShop, workers: int):
    first, second = (
        solve_large(shop, budget=Budget(1_000_000), seed=5, workers=workers) for _ in range(2)
    )

    assert first.start.tobytes() == second.start.tobytes()
    assert first.way.tobytes() == second.way.tobytes()


def test_windows_gain_what_rules_cannot_on_a_square_shop():
    rules_only = solve_large(SQUARE, budget=Budget(400_000), seed=1, workers=1)

    windows_too = solve_large(SQUARE, budget=Budget(15_000_000), seed=1, workers=1)

    assert windows_too.makespan < 0.985 * rules_only.makespan


def test_windows_at_no_temperature_hardly_ever_lengthen_the_plan_and_end_far_below():
    first = first_plan(SQUARE)
    search = WindowSearch(SQUARE, first.start, first.way, size=400, workers=1, seed=1)
    makespans = []
    for leftward in [False, True] * 4:
        cold = {"softness": 2.0, "reach": 50.0, "temperature": 1e-9}
        for _ in search.sweep(moves=20.0, leftward=leftward, **cold):
            pass
        search.settle()
        makespans.append(search.makespan)
    search.close()

    # With a soft makespan at no temperature, the makespan may rise by softness * log(paths).
    assert all(after <= before + 14 for before, after in pairwise(makespans))
    assert makespans[-1] < 0.97 * first.makespan


def test_it_stops_when_it_is_told_to_and_answers_with_its_first_plan():
    plan = solve_large(SQUARE, budget=Budget(1 << 60, lambda: True), seed=1, workers=2)

    assert plan.makespan == first_plan(SQUARE).makespan


def test_releases_tails_and_parts_that_meet_are_heeded():
    plan = solve_large(assembly_shop(), budget=Budget(5_000), seed=1, workers=1)

    starts = plan.start
    assert starts[0] >= 1
    assert starts[3] >= 4
    assert starts[6] >= max(starts[2] + 4, starts[5] + 1)
    ends = starts + assembly_shop().duration
    assert plan.makespan == max(ends[5] + 9, ends[6] + 2)
    assert plan.makespan == best_by_all_orders(assembly_shop())


def best_by_all_orders(shop: PlainShop) -> int:
    """The least makespan over all orders in which operations can be placed one by one."""

    def least(done: frozenset[int], ends: dict[int, int], free: tuple[int, ...]) -> int:
        if len(done) == len(shop):
            return max(ends[i] + int(shop.tail[i]) for i in ends)
        best = 1 << 30
        for i in set(range(len(shop))) - done:
            row = slice(shop.first_predecessor[i], shop.first_predecessor[i + 1])
            before = shop.predecessor[row].tolist()
            if not done.issuperset(before):
                continue
            machine = int(shop.machine[i])
            start = max([int(shop.release[i]), free[machine], *(ends[j] for j in before)])
            end = start + int(shop.duration[i])
            freed = tuple(end if k == machine else time for k, time in enumerate(free))
            best = min(best, least(done | {i}, ends | {i: end}, freed))
        return best

    return least(frozenset(), {}, (0,) * shop.machines)


def test_operations_that_wait_for_each_other_are_refused():
    shop = PlainShop.of_arcs(
        1, alternatives=[1, 1], machine=[0, 0], duration=[1, 1], before=[0, 1], after=[1, 0]
    )

    with pytest.raises(ValueError, match="waits for itself"):
        first_plan(shop)


def test_setups_are_refused():
    setups = PlainSetups(
        frozen_ints32([1]), np.array([0, 1]), frozen_ints32([0]), frozen_ints32([0, 0])
    )
    shop = PlainShop.of_jobs(
        1, operations=[2], alternatives=[1, 1], machine=[0, 0], duration=[1, 1], setups=setups
    )

    with pytest.raises(ValueError, match="has setups"):
        solve_large(shop, budget=Budget(10), seed=1, workers=1)


@pytest.mark.parametrize(
    ("name", "published", "gap"),
    [("tai_100_100_1", 76926, 0.14), ("tai_1000_10_1", 515334, 0.005)],
)
def test_ten_thousand_operations_come_near_the_published_bounds(
    shared_folder: Path, name: str, published: int, gap: float
):
    file = shared_folder / f"benchmarks/scheduling/jsp/large_tai/{name}.zip"
    with zipfile.ZipFile(file) as archive:
        shop = read_jsp(archive.read(archive.namelist()[0]).decode())

    plan = solve_large(shop, budget=Budget(8_000_000), seed=1, workers=2)

    assert broken_rules(shop, plan) == []
    assert plan.makespan <= published * (1 + gap)
