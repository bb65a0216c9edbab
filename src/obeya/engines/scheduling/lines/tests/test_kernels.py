"""What the kernels count quickly is what plain recursion counts slowly."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from obeya.engines.scheduling.lines import Aim
from obeya.engines.scheduling.lines.kernels.assignment import assignment_prices
from obeya.engines.scheduling.lines.kernels.insertion import heads, lengths, tails
from obeya.engines.scheduling.lines.kernels.lateness import (
    LANES,
    TOO_MUCH,
    follow,
    insertion_costs,
)
from obeya.engines.scheduling.lines.punctual import job_tables
from obeya.engines.scheduling.lines.shortest import stage_tables

from .random_lines import random_line, value_of

LINES = st.builds(
    random_line,
    st.integers(0, 10**6),
    jobs=st.integers(1, 70),
    stages=st.integers(1, 5),
    setups=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(LINES, st.randoms(use_true_random=False))
def test_a_jobs_makespan_is_exact_at_every_position(line, luck):
    order = list(range(line.jobs))
    luck.shuffle(order)
    job, count = order.pop(), line.jobs - 1
    row = np.array([*order, 0], dtype=np.int32)
    tables = stage_tables(line)
    head, tail = np.zeros((2, line.stages, line.jobs + 1), dtype=np.int32)
    room = np.zeros((2, line.jobs + 1), dtype=np.int32)

    heads(row, count, 0, tables.run, tables.setup, head)
    tails(row, count, count - 1, tables.run, tables.setup, tail)
    lengths(row, count, job, *tables, head, tail, room[0], room[1])

    plain = [value_of(line, [*order[:k], job, *order[k:]]) for k in range(count + 1)]
    assert room[1, : count + 1].tolist() == plain


@settings(max_examples=40, deadline=None)
@given(LINES, st.sampled_from([Aim.TOTAL_TARDINESS, Aim.TOTAL_COMPLETION]), st.booleans())
def test_a_jobs_cost_is_exact_at_every_position_that_is_not_given_up(line, aim, limited):
    line = random_line(line.jobs, aim=aim, jobs=line.jobs, stages=3, setups=line.setups is not None)
    order, job, count = list(range(1, line.jobs)), 0, line.jobs - 1
    row, tables = np.array([*order, 0], dtype=np.int32), job_tables(line)
    state = np.zeros((line.jobs + 1, line.stages), dtype=np.int32)
    cost = np.zeros(line.jobs + 1, dtype=np.int64)
    lanes, costs = np.zeros((line.stages, LANES), np.int32), np.zeros(line.jobs + 1, np.int64)
    plain = [value_of(line, [*order[:k], job, *order[k:]]) for k in range(count + 1)]
    limit = sorted(plain)[len(plain) // 2] if limited else TOO_MUCH

    follow(row, count, 0, *tables, state, cost)
    insertion_costs(row, count, job, *tables, state, cost, limit, lanes, costs)

    found = costs[: count + 1].tolist()
    assert all(quick in (slow, TOO_MUCH) for quick, slow in zip(found, plain, strict=True))
    if min(plain) < limit:
        assert [k for k in range(count + 1) if found[k] == min(found)] == [
            k for k in range(count + 1) if plain[k] == min(plain)
        ]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(0, 10**6))
def test_prices_of_an_assignment_sum_to_its_least_cost(size, seed):
    from itertools import permutations

    cost = np.random.default_rng(seed).integers(0, 30, (size, size)).astype(np.int32)
    row = np.zeros(size, dtype=np.int64)

    column = assignment_prices(cost, row)

    least = min(sum(int(cost[i, j]) for i, j in enumerate(to)) for to in permutations(range(size)))
    assert int(row.sum() + column.sum()) == least
    assert (cost - row[:, None] - column >= 0).all()
