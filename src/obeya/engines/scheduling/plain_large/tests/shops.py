"""Large plain shops by chance, a small one to assemble, and what is wrong with a plan of one."""

import numpy as np

from obeya.engines.scheduling.checker import check
from obeya.engines.scheduling.plain import PlainPlan, PlainShop, as_problem, as_schedule


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
