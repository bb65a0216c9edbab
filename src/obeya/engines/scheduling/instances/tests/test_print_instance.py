"""The printing shop as an instance."""

import gc

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.printing.decode import PrintPlan
from obeya.engines.scheduling.printing.tests.random_shops import random_print_shop


def test_only_the_best_plan_so_far_is_kept():
    shop = read_instance(random_print_shop(4, operations=35, fixed=0.0))
    told: list[int] = []
    alive: list[int] = []

    def on_better(value: int) -> None:
        told.append(value)
        alive.append(sum(type(each) is PrintPlan for each in gc.get_objects()))

    answer = shop.solve(budget=Budget(20_000), seed=0, workers=1, on_better=on_better)

    assert len(told) > 4
    assert answer.value == told[-1]
    assert max(alive) - alive[0] <= 1
