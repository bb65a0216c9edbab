"""How much is done between two looks at the clock: more, the larger the plant."""

from types import SimpleNamespace
from typing import Any

import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.search.cooling import Cooling


def by_the_clock(operations: int) -> Cooling:
    """A course over a time of which nothing is used up."""
    return Cooling(layout_of(operations), Budget(2**62, progress=lambda: 0.0))


def layout_of(operations: int) -> Any:
    return SimpleNamespace(problem=range(operations), prices=SimpleNamespace(units=[1.0]))


@pytest.mark.parametrize(
    ("operations", "moves", "effort"),
    [
        (300, 500, 30_000),
        (1_000, 500, 60_000),
        (4_000, 500, 240_000),
        (10_000, 1_250, 240_000),
        (100_000, 12_500, 1_600_000),
    ],
)
def test_the_first_epoch_is_worth_what_is_done_between_epochs(operations, moves, effort):
    assert by_the_clock(operations).epoch(0, workers=1) == (moves, effort)
    assert by_the_clock(operations).epoch(0, workers=2) == (2 * moves, effort)


def test_a_large_plant_that_has_had_few_moves_so_far_is_not_given_ever_fewer():
    used_up = Cooling(layout_of(100_000), Budget(2**62, progress=lambda: 0.9))

    assert used_up.epoch(5_000, workers=1)[0] == 12_500


def reaction_of(tiers: int, progress: float) -> Cooling:
    layout: Any = SimpleNamespace(
        problem=range(100), prices=SimpleNamespace(units=[1.0, 1e-4, 1e-8][:tiers])
    )
    return Cooling(layout, Budget(2**62, progress=lambda: progress), held=0.6)


def test_a_reaction_walks_through_all_tiers_as_warm_in_each_as_in_a_single_one():
    done, warm = 10**6, 0.005**0.6

    assert reaction_of(1, 0.1).heat(done) == pytest.approx(warm)
    assert reaction_of(1, 0.99).heat(done) == pytest.approx(warm)
    turns = [reaction_of(3, share) for share in (0.1, 0.69, 0.71, 0.84, 0.86, 1.0)]
    assert [each.tier(done) for each in turns] == [0, 0, 1, 1, 2, 2]
    assert [each.heat(done) / warm for each in turns] == pytest.approx(
        [1.0, 1.0, 1e-4, 1e-4, 1e-8, 1e-8]
    )


def test_a_reaction_by_work_walks_through_all_tiers_too():
    layout: Any = SimpleNamespace(
        problem=range(100), prices=SimpleNamespace(units=[1.0, 1e-4, 1e-8])
    )
    cooling = Cooling(layout, Budget(1_000), held=0.6)

    assert [cooling.tier(done) for done in (0, 699, 701, 849, 851, 999)] == [0, 0, 1, 1, 2, 2]
