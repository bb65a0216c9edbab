"""Large plain shops: plans that hold, that are the same again, and that never get worse."""

import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.checker import check
from obeya.engines.scheduling.formats.plain import read_jsp
from obeya.engines.scheduling.plain import (
    PlainPlan,
    PlainSetups,
    PlainShop,
    as_problem,
    as_schedule,
)
from obeya.engines.scheduling.plain.shop import frozen_ints32
from obeya.engines.scheduling.plain_large import first_plan, solve_large
from obeya.engines.scheduling.plain_large.windows import WindowSearch


def shop_of(
    *, jobs: int, length: int, machines: int, seed: int, comes_back: bool = False, ways: int = 1
) -> PlainShop:
    """Jobs over all machines in random order, or over random machines, some twice in a row."""
    chance = np.random.default_rng(seed)
    count = jobs * length
    if comes_back:
        machine = chance.integers(0, machines, count * ways)
    else:
        machine = np.concatenate([chance.permutation(machines)[:length] for _ in range(jobs)])
    return PlainShop.of_jobs(
        machines,
        operations=[length] * jobs,
        alternatives=[ways] * count,
        machine=machine,
        duration=chance.integers(0 if comes_back else 1, 100, count * ways),
    )


def assembly_shop() -> PlainShop:
    """Two parts of three operations each meet in a seventh, on two machines."""
    return PlainShop.of_arcs(
        2,
        alternatives=[1] * 7,
        machine=[0, 1, 0, 1, 0, 1, 0],
        duration=[3, 2, 4, 2, 5, 1, 6],
        before=[0, 1, 3, 4, 2, 5],
        after=[1, 2, 4, 5, 6, 6],
        release=[1, 0, 0, 4, 0, 0, 0],
        tail=[0, 0, 0, 0, 0, 9, 2],
    )


def broken_rules(shop: PlainShop, plan: PlainPlan) -> list[object]:
    """What the plant's independent checker has against a plan, and a wrong makespan."""
    problem = as_problem(shop)
    found: list[object] = list(check(problem, as_schedule(shop, problem, plan.start, plan.way)))
    end = int((plan.start + shop.duration[plan.way]).max())
    return found if end == plan.makespan else [*found, f"{plan.makespan} is not {end}"]


SQUARE = shop_of(jobs=40, length=50, machines=50, seed=1)
COMING_BACK = shop_of(jobs=50, length=40, machines=12, seed=2, comes_back=True)
FLEXIBLE = shop_of(jobs=50, length=40, machines=12, seed=3, comes_back=True, ways=2)


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


COUNT = """
import importlib, pkgutil
import numpy as np
from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.compiling import Kernel
from obeya.engines.scheduling.plain import PlainShop
from obeya.engines.scheduling.plain_large import kernels, solve_large
from obeya.engines.scheduling.plain_large.warm_up import compile_large_kernels

def compiled():
    modules = [importlib.import_module(f"{kernels.__name__}.{m.name}")
               for m in pkgutil.iter_modules(kernels.__path__)]
    found = {id(f): f for m in modules for f in vars(m).values() if isinstance(f, Kernel)}
    entries = [f.entry for f in found.values() if "entry" in vars(f)]
    return sum(sum(entry.stats.cache_misses.values()) for entry in entries), \
        sum(len(entry.overloads) for entry in entries)

compile_large_kernels()
before = compiled()
chance = np.random.default_rng(1)
shop = PlainShop.of_jobs(9, operations=[9] * 60, alternatives=[1] * 540,
                         machine=chance.integers(0, 9, 540), duration=chance.integers(1, 9, 540))
solve_large(shop, budget=Budget(100_000), seed=1, workers=2)
shop = PlainShop.of_jobs(9, operations=[9] * 60, alternatives=[2] * 540,
                         machine=chance.integers(0, 9, 1080), duration=chance.integers(1, 9, 1080))
solve_large(shop, budget=Budget(100_000), seed=1, workers=2)
assert compiled() == before, (compiled(), before)
assert before[1] > 0
print(before[0])
"""


@pytest.mark.slow
def test_a_second_start_compiles_nothing():
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", COUNT]
    runs = [
        subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
        for _ in range(2)
    ]

    assert int(runs[1].stdout) == 0


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


def test_a_search_goes_on_from_a_plan_and_never_makes_it_worse():
    start = solve_large(COMING_BACK, budget=Budget(500_000), seed=1, workers=1)

    better = solve_large(COMING_BACK, budget=Budget(500_000), seed=2, workers=1, start=start)

    assert better.makespan <= start.makespan
    assert broken_rules(COMING_BACK, better) == []


def changed(plan: PlainPlan, **rows: dict[int, int]) -> PlainPlan:
    """changed(plan, start={3: 0}): the same plan with other figures in these places."""
    told = {"way": plan.way.copy(), "start": plan.start.copy()}
    for name, places in rows.items():
        told[name][list(places)] = list(places.values())
    return PlainPlan(told["way"], told["start"], plan.makespan)


HELD = PlainPlan(frozen_ints32(range(7)), frozen_ints32([1, 6, 11, 4, 6, 11, 15]), 23)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (PlainPlan(HELD.way[:6], HELD.start[:6], 21), "a plan of 6 operations. Expected 7"),
        (
            changed(HELD, way={2: 4}),
            "operation 2 on alternative 4. Expected one of its own, 2 to 2",
        ),
        (changed(HELD, way={0: -1}), "operation 0 on alternative -1"),
        (changed(HELD, start={3: 3}), "Operation 3 begins before its release"),
        (changed(HELD, start={6: 14}), "Operation 6 begins before operation 2 has ended"),
        (changed(HELD, start={2: 8}), "Operations 4 and 2 are on machine 0 at once"),
        (PlainPlan(HELD.way, HELD.start, 22), "It is 23 long and says 22"),
    ],
)
def test_a_start_that_is_no_plan_of_the_shop_is_refused(start, words):
    with pytest.raises(ValueError, match=words):
        solve_large(assembly_shop(), budget=Budget(1_000), seed=1, workers=1, start=start)


def test_a_start_that_holds_is_gone_on_from():
    plan = solve_large(assembly_shop(), budget=Budget(0), seed=1, workers=1, start=HELD)

    assert (plan.makespan, plan.start.tolist()) == (23, [1, 6, 11, 4, 6, 11, 15])


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


def test_operations_without_duration_end_at_once_or_go_on_from_a_poor_plan():
    shop = PlainShop.of_arcs(
        1,
        alternatives=[1, 1],
        machine=[0, 0],
        duration=[0, 0],
        before=[],
        after=[],
        release=[7, 0],
        tail=[0, 9],
    )
    poor = PlainPlan(frozen_ints32([0, 1]), frozen_ints32([7, 7]), 16)

    at_once = solve_large(shop, budget=Budget(1 << 60), seed=1, workers=1)
    better = solve_large(shop, budget=Budget(5_000), seed=1, workers=1, start=poor)

    assert (at_once.makespan, at_once.bound) == (9, 9)
    assert better.makespan == 9


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
