"""A search that goes on from a plan: from one that holds, never from one that does not."""

import pytest

from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.plain import PlainPlan, PlainShop
from obeya.engines.scheduling.plain.shop import frozen_ints32
from obeya.engines.scheduling.plain_large import solve_large

from .shops import COMING_BACK, assembly_shop, broken_rules


def changed(plan: PlainPlan, **rows: dict[int, int]) -> PlainPlan:
    """changed(plan, start={3: 0}): the same plan with other figures in these places."""
    told = {"way": plan.way.copy(), "start": plan.start.copy()}
    for name, places in rows.items():
        told[name][list(places)] = list(places.values())
    return PlainPlan(told["way"], told["start"], plan.makespan)


HELD = PlainPlan(frozen_ints32(range(7)), frozen_ints32([1, 6, 11, 4, 6, 11, 15]), 23)


def test_a_search_goes_on_from_a_plan_and_never_makes_it_worse():
    start = solve_large(COMING_BACK, budget=Budget(500_000), seed=1, workers=1)

    better = solve_large(COMING_BACK, budget=Budget(500_000), seed=2, workers=1, start=start)

    assert better.makespan <= start.makespan
    assert broken_rules(COMING_BACK, better) == []


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
