"""Plants by chance: no schedule of ours is refused, and no broken one passes."""

import numpy as np
import pytest

from obeya.engines.scheduling import Rule, check, dispatch, measure, random_problem

FEW, MANY = range(200), range(1000, 4000)


def refused(seeds: range) -> dict[int, list[object]]:
    """Schedules of ours that the checker refuses, by seed."""
    found = {}
    for seed in seeds:
        problem = random_problem(seed, operations=20 + seed % 25)
        schedule = dispatch(problem, rule=Rule(seed % len(Rule)), noise=seed % 3, seed=seed)
        if violations := check(problem, schedule):
            found[seed] = violations
    return found


def test_the_checker_refuses_no_schedule_of_ours():
    assert refused(FEW) == {}


@pytest.mark.slow
def test_the_checker_refuses_none_of_thousands():
    assert refused(MANY) == {}


def test_the_same_seed_gives_the_same_schedule():
    problem = random_problem(7, operations=60)

    first, again = (dispatch(problem, noise=1.0, seed=3) for _ in range(2))
    other = dispatch(problem, noise=1.0, seed=4)

    assert np.array_equal(first.start, again.start)
    assert not np.array_equal(first.start, other.start)
    assert measure(problem, first) == measure(problem, again)


def test_all_operations_are_placed_at_their_own_seconds_in_a_larger_plant():
    problem = random_problem(5, operations=1000)

    assert check(problem, dispatch(problem, rule=Rule.ATCS)) == []
