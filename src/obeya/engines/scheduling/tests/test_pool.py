"""What is left of a pool, against a plain list with one figure per second."""

import numpy as np
import pytest

from obeya.engines.scheduling import Alternative, ProblemBuilder
from obeya.engines.scheduling.kernels.plant import NEVER, NONE, State
from obeya.engines.scheduling.kernels.pool import short_until, take
from obeya.engines.scheduling.packing import left_of_pool, packed

LAST = 200  # [s]


def two_pools() -> State:
    """A crew in three shifts of 5, 3 and 6 heads that 60 operations can use, and a tool."""
    plan = ProblemBuilder(now=0, horizon=LAST)
    crew = plan.crew([(0, 60, 5), (60, 120, 3), (120, LAST, 6)])
    tool, machine = plan.tool(1), plan.machine(calendar=plan.calendar([(0, LAST)]))
    for _ in range(60):
        plan.operation([Alternative(machine, 1, crew, 1, tool)])
    problem = plan.build()
    return packed(problem, np.zeros(0, np.int64)).empty_state()


def by_the_second(state: State, pool: int) -> list[int]:
    moment, level = left_of_pool(state, pool)
    assert (np.diff(moment) > 0).all()
    assert (np.diff(level) != 0).all()
    step = np.searchsorted(moment, np.arange(-1, LAST + 1), side="right") - 1
    return [int(left) for left in level[step]]


@pytest.mark.parametrize("seed", range(8))
def test_a_pool_has_left_what_a_list_of_seconds_has(seed):
    rng, state = np.random.default_rng(seed), two_pools()
    left = np.array([0] + [5] * 60 + [3] * 60 + [6] * 80 + [0])  # from one second before 0 on
    taken = []
    for _ in range(300):
        if len(taken) == 60 or (taken and rng.random() < 0.4):
            begin, finish, amount = taken.pop(int(rng.integers(len(taken))))
            take(state, 0, begin, finish, -amount)
            left[begin + 1 : finish + 1] += amount
        else:
            begin, length = int(rng.integers(LAST)), int(rng.integers(0, 40))
            finish, amount = min(begin + length, LAST), int(rng.integers(1, 3))
            taken.append((begin, finish, amount))
            take(state, 0, begin, finish, amount)
            left[begin + 1 : finish + 1] -= amount
        assert by_the_second(state, 0) == left.tolist()
    assert by_the_second(state, 1) == [1] * (LAST + 1) + [0]  # the tool, up to the horizon


@pytest.mark.parametrize("seed", range(4))
def test_a_pool_is_short_until_the_last_step_that_has_less(seed):
    rng, state = np.random.default_rng(seed), two_pools()
    for _ in range(40):
        begin = int(rng.integers(LAST - 1))
        take(state, 0, begin, int(rng.integers(begin + 1, LAST + 1)), int(rng.integers(1, 3)))
        moment, level = (each.tolist() for each in left_of_pool(state, 0))
        first, asked = int(rng.integers(LAST - 1)), int(rng.integers(1, 6))
        last = int(rng.integers(first + 1, LAST + 1))
        ends = [*moment[1:], NEVER]
        inside = [s for s in range(len(moment)) if moment[s] < last and ends[s] > first]
        short = [ends[s] for s in inside if level[s] < asked]
        assert short_until(state, 0, first, last, asked) == (short[-1] if short else NONE)
