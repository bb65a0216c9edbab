"""Moves that begin in a window of time hold all constraints and find the best of all plans."""

from itertools import pairwise

import numpy as np
import pytest

from obeya.engines.scheduling import Budget, Schedule, check, dispatch, random_problem
from obeya.engines.scheduling.objective import ON_TIME_FIRST
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import focus, solve, worth
from obeya.engines.scheduling.search.focus import Focus
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept
from obeya.engines.scheduling.search.prices import Prices

from .test_optimum import OBJECTIVES, best_of_all, tiny


@pytest.fixture
def in_windows(monkeypatch):
    """Plants of all sizes are looked at in windows."""
    monkeypatch.setattr(focus, "FROM", 0)


def island(seed: int, operations: int) -> Island:
    problem = random_problem(seed, operations)
    start = dispatch(problem)
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, ON_TIME_FIRST))
    return Island(layout, start, seed=seed, stream=0)


def test_windows_overlap_by_half_and_leave_out_no_moment(in_windows):
    one = island(1, 200)
    looks = Focus(one.layout.problem)

    spans = [looks.next(one.plan) for _ in range(28)]

    assert [span is None for span in spans] == [False, True] * 14
    first, second = spans[:14:2], spans[14::2]
    assert (first[0][0], first[-1][1]) == (-t.FAR, t.FAR)
    assert all(before[0] < after[0] < before[1] for before, after in pairwise(first))
    assert second == first  # the plan is as it was
    starts = one.plan.bar[~one.layout.problem.fixed, t.START]
    shares = [((low <= starts) & (starts < high)).mean() for low, high in first]
    assert shares == pytest.approx([0.25] * 7, abs=0.03)


def test_small_plants_are_looked_at_as_a_whole():
    one = island(1, 200)
    looks = Focus(one.layout.problem)

    assert [looks.next(one.plan) for _ in range(4)] == [None] * 4


def test_only_what_stands_in_the_window_goes_to_another_machine():
    moved = 0
    for seed in range(8):
        one = island(seed, 150)
        one.tidy()
        low, high = np.quantile(one.plan.bar[:, t.START], [0.3, 0.6])
        one.look_at((int(low), int(high)))
        before, inside = one.plan.bar.copy(), set(one.guide.near[: one.guide.nears[0]].tolist())

        one.work(1_500, 5.0)

        others = np.flatnonzero(one.plan.bar[:, t.WAY] != before[:, t.WAY]).tolist()
        assert set(others) <= inside, seed
        assert all(int(low) <= before[row, t.START] < int(high) for row in others), seed
        assert check(one.layout.problem, given_back(one.layout, kept(one.plan))) == [], seed
        moved += len(others)
    assert moved > 50


def test_moves_begin_on_own_machines_only():
    one = island(2, 150)
    one.tidy()
    one.guide.allowed[::2] = 0
    one.look_at((-t.FAR, t.FAR))

    near = one.guide.near[: one.guide.nears[0]]

    machines = one.layout.plant.way[one.plan.bar[near, t.WAY], t.MACHINE]
    assert len(near) > 20
    assert (machines % 2 == 1).all()
    assert not one.layout.problem.fixed[near].any()


@pytest.mark.parametrize("workers", [1, 2])
def test_windowed_answers_hold_and_are_the_same_on_two_runs(in_windows, workers):
    for seed in range(12):
        problem = random_problem(seed, 60)
        start = dispatch(problem)

        first, again = (_answer(problem, start, seed, workers) for _ in range(2))

        assert check(problem, first) == [], seed
        assert worth(problem, first, ON_TIME_FIRST) <= worth(problem, start, ON_TIME_FIRST)
        assert np.array_equal(first.start, again.start), seed


def _answer(problem, start: Schedule, seed: int, workers: int) -> Schedule:
    budget = Budget(8_000)
    return solve(problem, budget=budget, seed=seed, workers=workers, start=start)


def test_windows_find_the_best_of_all_schedules(in_windows):
    for seed in range(6):
        problem = tiny(seed)

        answer = solve(problem, objective=OBJECTIVES[0], budget=Budget(6_000), seed=seed)

        least = best_of_all(problem, OBJECTIVES[0])
        assert worth(problem, answer, OBJECTIVES[0])[0] == pytest.approx(least), seed
