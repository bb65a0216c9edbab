"""Printing shops with given starts: whatever has a plan gets one, and it is verified."""

import json

import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.formats.ops import read_print_shop
from obeya.engines.scheduling.instances import NotCovered, read_instance
from obeya.engines.scheduling.printing.building import build, first_plan
from obeya.engines.scheduling.printing.check import check_print_plan
from obeya.engines.scheduling.printing.decode import Stuck, decode

from .random_shops import random_print_shop
from .test_printing import operation, shop_of

SIZES, SHARES = (6, 12, 25, 60), (0.1, 0.25, 0.5, 0.8, 1.0)


@pytest.mark.parametrize("fixed", SHARES)
def test_every_shop_for_which_a_plan_exists_gets_one(fixed):
    for seed in range(40):
        text = random_print_shop(seed, operations=SIZES[seed % len(SIZES)], fixed=fixed)
        shop = read_print_shop(text)

        plan = first_plan(shop, seed=seed)

        if any(each.fixed_start >= 0 for each in shop.operations):
            assert plan is not None, seed
            assert check_print_plan(shop, plan) == [], seed


@pytest.mark.parametrize("fixed", SHARES)
def test_every_shop_for_which_a_plan_exists_is_solved_and_verified(fixed):
    for seed in range(12):
        instance = read_instance(random_print_shop(seed, operations=20, fixed=fixed))
        told: list[int] = []

        answer = instance.solve(budget=Budget(300), seed=seed, workers=1, on_better=told.append)

        assert list(answer.check()) == [], seed
        assert instance.lower_bound() <= answer.value == told[-1] <= told[0], seed


@pytest.mark.parametrize("workers", [1, 2])
def test_the_tries_at_a_first_plan_count_against_the_work(workers):
    """Of this shop the 102nd try is the first that succeeds."""
    instance = read_instance(random_print_shop(10, operations=20, fixed=0.8))
    told: list[int] = []

    def solve(work):
        budget = Budget(work // workers)
        return instance.solve(budget=budget, seed=10, workers=workers, on_better=told.append)

    with pytest.raises(NotCovered, match=r"which is fixed|given starts"):
        solve(100)
    assert told == []
    first, second = solve(102), solve(102)

    assert (first.value, list(first.check())) == (second.value, [])
    assert told == [first.value] * 2  # no unit was left for the search


def test_a_given_start_is_not_timed_before_what_must_come_first():
    """Its predecessor comes later in the turns of the plan: on another machine, behind others."""
    shop = shop_of(
        operation(1, machines=[2], times=[30], successors=[2]),
        operation(2, machines=[1], times=[5], starting=40),
        operation(3, machines=[1], times=[60]),
    )

    with pytest.raises(Stuck, match="Operation 1 cannot start at 40"):
        decode(shop, [1, 0, 0], [1, 40, 0])

    plan = build(shop, [1, 0, 0], [1, 40, 0])
    assert plan is not None
    assert plan.start == (8, 40, 45)
    assert check_print_plan(shop, plan) == []


def test_the_setup_before_a_given_start_is_made_short_by_who_comes_right_before():
    """Only after an operation of its own size, colour and varnish is there room for its setup."""
    shop = shop_of(
        operation(1, machines=[1], times=[5], starting=31),
        operation(2, machines=[1], times=[6]),
        operation(3, machines=[1], times=[6], kind=(2, 2, 2)),
        availability=[(0, 28, 30, 100)],
    )

    plan = first_plan(shop, seed=0)

    assert plan is not None
    assert check_print_plan(shop, plan) == []
    assert plan.start[0] == 31
    assert plan.start[1] < 31 < plan.start[2]


def test_of_two_machines_the_one_is_taken_on_which_the_given_starts_fit_together():
    shop = shop_of(
        operation(1, machines=[1], times=[30], starting=10),
        operation(2, machines=[1, 2], times=[5, 9], starting=12),
    )

    plan = first_plan(shop, seed=0)

    assert plan is not None
    assert (plan.machine, plan.start) == ((0, 1), (10, 12))


def test_a_given_start_that_nobody_can_keep_is_refused_in_words():
    shop = {
        "resources": [
            {"id": 1, "setup_size": [0, 0], "setup_color": 0, "setup_varnish": 0}
            | {"availability": [0, 100]}
        ],
        "jobs": [
            {
                "id": 1,
                "topology": [
                    operation(1, machines=[1], times=[9], successors=[2]),
                    operation(2, machines=[1], times=[5], starting=6),
                ],
            }
        ],
    }

    with pytest.raises(NotCovered, match="cannot end in time for operation 1, which is fixed"):
        read_instance(json.dumps(shop)).solve(
            budget=Budget(10), seed=0, workers=1, on_better=lambda _: None
        )
