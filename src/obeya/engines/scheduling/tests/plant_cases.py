"""What must hold of plants by chance: for the fuzz."""

from dataclasses import replace
from itertools import combinations, pairwise
from math import isfinite
from typing import Final

import numpy as np

from obeya.engines.scheduling import (
    Budget,
    Moved,
    Problem,
    Rule,
    Schedule,
    check,
    dispatch,
    explain_late_orders,
    move,
    random_problem,
    right_shift,
)
from obeya.engines.scheduling.objective import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    SHORTEST,
    smallest_change,
)
from obeya.engines.scheduling.random_problem import FEATURES
from obeya.engines.scheduling.reaction import (
    Breakdown,
    RushOrder,
    disruptions_of,
    options,
    promise,
    react,
    steady,
)
from obeya.engines.scheduling.reaction.into_gaps import into_gaps
from obeya.engines.scheduling.reaction.options import difference
from obeya.engines.scheduling.search import solve, worth
from obeya.engines.scheduling.search.tests.objectives import with_all_terms

HOUR: Final = 3600
Chance = np.random.Generator


def plant_of(seed: int) -> tuple[Chance, Problem]:
    rng = np.random.default_rng(seed)
    share = rng.choice([0.2, 0.6, 0.9])
    features = {feature for feature in sorted(FEATURES) if rng.random() < share}
    return rng, random_problem(seed, int(rng.integers(3, 90)), features=features)


def _planned(seed: int) -> tuple[Chance, Problem, Schedule]:
    rng, problem = plant_of(seed)
    noise, rule = float(rng.integers(0, 3)), Rule(int(rng.integers(len(Rule))))
    return rng, problem, dispatch(problem, rule=rule, noise=noise, seed=seed)


def dispatch_holds(seed: int) -> None:
    _, problem, schedule = _planned(seed)
    assert check(problem, schedule) == []
    for late in explain_late_orders(problem, schedule):
        assert sum(late.attributed.values()) == late.delay


def drops_hold(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    for _ in range(5):
        operation = int(rng.integers(len(problem)))
        way = int(rng.choice(list(problem.alternatives_of(operation))))
        start = int(schedule.start[operation] + rng.integers(-80, 200) * rng.integers(1, HOUR))
        machine = int(problem.alternatives.machine[way])
        found = move(problem, schedule, operation, machine=machine, start=start)
        if isinstance(found, Moved):
            schedule = found.schedule
            assert check(problem, schedule) == []


def shifts_hold(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    waiting = problem.fixed & (problem.operations.remaining < 0)
    latest = problem.operations.fixed_start[waiting].min(initial=problem.now + 48 * HOUR)
    later = replace(problem, now=int(rng.integers(problem.now, latest + 1)))
    shifted = right_shift(later, schedule)
    assert check(later, shifted) == []
    assert (shifted.start >= schedule.start).all()


def search_holds(seed: int) -> None:
    rng, problem, start = _planned(seed)
    presets = (ON_TIME_FIRST, LEAST_CHANGEOVER, SHORTEST, smallest_change(start))
    objective = presets[int(rng.integers(len(presets)))]
    moves, workers = int(rng.integers(1, 4_000)), int(rng.integers(1, 3))
    answer = solve(
        problem, objective=objective, budget=Budget(moves), seed=seed, workers=workers, start=start
    )
    assert check(problem, answer) == []
    assert worth(problem, answer, objective) <= worth(problem, start, objective)


def waits_hold(seed: int) -> None:
    """Every term at once or by rank: what waits on purpose, and maintenance that moves."""
    rng, problem, start = _planned(seed)
    objective = with_all_terms(problem, start)
    if rng.integers(2):
        first, second = (dict(sorted(objective.tiers[0].items())[i::2]) for i in range(2))
        objective = replace(objective, tiers=(first, second))
    moves, workers = int(rng.integers(1, 6_000)), int(rng.integers(1, 3))
    answer = solve(
        problem, objective=objective, budget=Budget(moves), seed=seed, workers=workers, start=start
    )
    assert check(problem, answer) == []
    assert worth(problem, answer, objective) <= worth(problem, start, objective)
    again = solve(problem, objective=objective, budget=Budget(500), seed=seed, start=answer)
    assert check(problem, again) == []
    assert worth(problem, again, objective) <= worth(problem, answer, objective)


def reaction_holds(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    frozen = problem.now + int(rng.integers(0, 24 * HOUR))
    disruptions = disruptions_of(problem, schedule, seed)
    found = react(
        problem,
        schedule,
        disruptions,
        now=problem.now,
        frozen_until=frozen,
        objective=(steady, smallest_change)[int(rng.integers(2))],
        budget=Budget(500),
    )
    assert check(found.situation.problem, found.schedule) == []
    assert found.worth <= found.first_worth
    assert found.least_share_moved_a_shift <= found.share_moved_a_shift
    other = into_gaps(found.situation)
    assert other is None or check(found.situation.problem, other) == []


def options_hold(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    disruptions = disruptions_of(problem, schedule, seed)
    later = problem.now + int(rng.integers(0, 2)) * int(rng.integers(0, 24 * HOUR))
    if any(isinstance(each, Breakdown) and each.start > later for each in disruptions):
        later = problem.now
    found = options(problem, schedule, disruptions, now=later, budget=Budget(200))
    assert len(found) <= 5
    for option in found:
        assert check(option.problem, option.schedule) == [], option.action
        assert isfinite(option.cost)
    assert all(a.cost <= b.cost for a, b in pairwise(found))
    for a, b in combinations(found, 2):
        assert a.action is not b.action, a.action
        assert difference(a, b) > 0, (a.action, b.action)


def promise_holds(seed: int) -> None:
    _, problem, schedule = _planned(seed)
    (rush,) = disruptions_of(problem, schedule, 5 * seed + 3)
    assert isinstance(rush, RushOrder)
    answer = promise(problem, schedule, rush.order)
    assert check(answer.problem, answer.schedule) == []
    assert np.array_equal(answer.schedule.start[: len(problem)], schedule.start)
    assert sum(s.seconds for s in answer.because()) == answer.completion - problem.now
