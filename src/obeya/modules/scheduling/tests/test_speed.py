"""What `bench plant` and `bench engine` say of one plant, from end to end."""

import pytest

from obeya.engines.scheduling import Budget, random_problem
from obeya.engines.scheduling.baseline import best_of_settings
from obeya.engines.scheduling.search import solve
from obeya.modules.scheduling.benches.one_engine import measured
from obeya.modules.scheduling.benches.one_plant import solve_plant


@pytest.mark.parametrize("workers", [1, 2])
def test_a_search_tells_how_many_moves_all_workers_have_done(workers):
    told: list[int] = []

    solve(
        random_problem(1, 60),
        budget=Budget(3_000),
        workers=workers,
        on_moves=told.append,
    )

    assert told == sorted(told)
    assert told[-1] == 3_000


def test_a_row_of_a_plant_compares_the_plan_with_the_best_of_the_rules():
    row = solve_plant(100, 1, 0.5, 1)

    problem = random_problem(1, 100, load=row["load"])
    _, rules = best_of_settings(problem)
    assert row["operations"] == len(problem)
    assert row["dispatch_late"] == rules.late_orders
    assert row["late_share_dispatch"] == round(rules.late_orders / len(problem.orders), 3)
    assert row["dispatch_weighted_tardiness_h"] == round(rules.weighted_tardiness / 3600, 1)
    cut = 100 * (1 - row["weighted_tardiness_h"] / row["dispatch_weighted_tardiness_h"])
    assert row["tardiness_cut_pct"] == pytest.approx(cut, abs=0.2)  # hours are rounded
    assert row["lower_bound"] <= row["weighted_tardiness_h"]
    assert (row["checked"], row["violation"]) == (True, None)
    assert row["moves_per_s"] > 1_000
    assert 0 <= row["construct_seconds"] < row["first_seconds"] < row["seconds"]


@pytest.mark.parametrize("kind", ["plain", "plant"])
def test_the_speed_of_a_search_is_counted_over_its_own_run(kind):
    row = measured(kind, 100, 0.3)

    assert row["per_core_and_second"] > 1_000
