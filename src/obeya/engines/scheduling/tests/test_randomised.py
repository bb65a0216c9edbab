"""Plants by chance: no schedule of ours is refused, and no broken one passes."""

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Moved,
    Problem,
    Rule,
    Schedule,
    Violation,
    check,
    dispatch,
    measure,
    move,
    random_problem,
    right_shift,
)

from .breaking import BREAKS

Plan = tuple[Problem, Schedule]


def planned(seed: int) -> Plan:
    problem = random_problem(seed, operations=20 + seed % 25)
    return problem, dispatch(problem, rule=Rule(seed % len(Rule)), noise=seed % 3, seed=seed)


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """Two hundred; planned once, for frozen data cannot be spoilt by a test."""
    return [planned(seed) for seed in range(200)]


def refused(plans: list[Plan]) -> dict[int, list[Violation]]:
    """Schedules of ours that the checker refuses, by their place in the list."""
    return {place: found for place, plan in enumerate(plans) if (found := check(*plan))}


def test_the_checker_refuses_no_schedule_of_ours(plans):
    assert refused(plans) == {}


@pytest.mark.parametrize("rule", BREAKS)
def test_the_checker_names_the_constraint_that_was_broken(plans, rule):
    tried = 0
    for seed, plan in enumerate(plans[:30]):
        if broken := BREAKS[rule](*plan):
            tried += 1
            assert rule in {violation.rule for violation in check(*broken)}, seed
    assert tried >= 5


def dropped(plans: list[Plan]) -> tuple[int, dict[int, list[Violation]]]:
    """Drop an operation of each plant somewhere: drops that were taken, and refused results."""
    taken, refused_by = 0, {}
    for seed, (problem, schedule) in enumerate(plans):
        rng = np.random.default_rng(seed)
        operation = int(rng.integers(len(problem)))
        way = int(rng.choice(list(problem.alternatives_of(operation))))
        start = int(schedule.start[operation] + rng.integers(-40_000, 200_000))
        machine = int(problem.alternatives.machine[way])
        result = move(problem, schedule, operation, machine=machine, start=start)
        if isinstance(result, Moved):
            taken += 1
            assert result.start == result.schedule.start[operation] >= start
            if found := check(problem, result.schedule):
                refused_by[seed] = found
    return taken, refused_by


def test_the_checker_refuses_no_schedule_after_a_drop(plans):
    taken, refused_by = dropped(plans)

    assert refused_by == {}
    assert taken > 80


@pytest.mark.slow
def test_the_checker_refuses_none_of_two_hundred_more_and_none_after_their_drops():
    """Thousands, with more drops each, are for the fuzz: `dispatch_holds` and `drops_hold`."""
    more = [planned(seed) for seed in range(1_000, 1_200)]

    assert refused(more) == {}
    taken, refused_by = dropped(more)
    assert refused_by == {}
    assert taken > 80


def test_a_schedule_that_still_holds_is_not_re_timed(plans):
    for seed, (problem, schedule) in enumerate(plans[:60]):
        again = right_shift(problem, schedule)
        assert np.array_equal(again.start, schedule.start), seed
        assert np.array_equal(again.setup_start, schedule.setup_start), seed


def test_the_same_seed_gives_the_same_schedule():
    problem = random_problem(7, operations=200)

    first, again = (dispatch(problem, noise=2.0, seed=3) for _ in range(2))
    other = dispatch(problem, noise=2.0, seed=4)

    assert np.array_equal(first.start, again.start)
    assert not np.array_equal(first.start, other.start)
    assert measure(problem, first) == measure(problem, again)
