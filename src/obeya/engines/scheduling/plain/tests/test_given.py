"""What a search of a plain shop refuses to go on from."""

import numpy as np
import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.plain import PlainPlan, PlainSetups, PlainShop, solve_plain
from obeya.engines.scheduling.plain.shop import frozen_ints32

from .shops import KINDS, random_shop

# two jobs of two operations; machine 0 needs two seconds to change from family 0 to 1
SETUPS = PlainSetups(
    frozen_ints32([2, 0]),
    np.array([0, 4, 4]),
    frozen_ints32([0, 2, 0, 0]),
    frozen_ints32([0, -1, 1, -1]),
)
SHOP = PlainShop.of_jobs(
    2,
    operations=[2, 2],
    alternatives=[1, 1, 1, 1],
    machine=[0, 1, 0, 1],
    duration=[3, 4, 3, 4],
    setups=SETUPS,
)


def plan(way: list[int], start: list[int], makespan: int) -> PlainPlan:
    return PlainPlan(frozen_ints32(way), frozen_ints32(start), makespan)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (plan([0, 1, 2], [0, 3, 5], 8), "a plan of 3 operations. Expected 4"),
        (plan([0, 1, 3, 3], [0, 3, 5, 8], 12), "operation 2 on alternative 3"),
        (plan([0, 1, 2, 3], [-1, 3, 5, 8], 12), "Operation 0 begins before its release"),
        (plan([0, 1, 2, 3], [0, 2, 5, 8], 12), "Operation 1 begins before operation 0 has ended"),
        (plan([0, 1, 2, 3], [0, 3, 2, 8], 12), "Operations 0 and 2 are on machine 0 at once"),
        (
            plan([0, 1, 2, 3], [0, 3, 4, 7], 11),
            "Operation 2 begins before machine 0 is set up after operation 0",
        ),
        (plan([0, 1, 2, 3], [0, 3, 5, 8], 11), "It is 12 long and says 11"),
    ],
)
def test_a_start_that_is_no_plan_of_the_shop_is_refused(start, words):
    told: list[PlainPlan] = []

    with pytest.raises(ValueError, match=words):
        solve_plain(SHOP, budget=Budget(1), start=start, on_better=told.append)

    assert told == []


def test_a_start_that_holds_its_setups_is_gone_on_from():
    start = plan([0, 1, 2, 3], [0, 3, 5, 8], 12)

    assert solve_plain(SHOP, budget=Budget(0), start=start).start.tolist() == [0, 3, 5, 8]


@pytest.mark.parametrize("kind", KINDS)
def test_no_plan_of_its_own_is_refused(kind):
    for seed in range(6):
        shop = random_shop(kind, seed, jobs=12, machines=5, most=8)
        first = solve_plain(shop, budget=Budget(1), seed=seed)

        again = solve_plain(shop, budget=Budget(1), seed=seed + 1, start=first)

        assert again.makespan <= first.makespan
