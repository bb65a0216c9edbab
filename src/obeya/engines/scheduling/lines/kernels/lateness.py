"""What a line costs by due dates when a job is inserted: all positions, 32 at a time.

Behind the inserted job all positions see the same jobs, each from its own state of the line. So
32 of them are carried along side by side, as one vector per stage; no sum is estimated.

Arrays are job by job: ``run[job, stage]``; ``setup[before, after, stage]`` with row J for the first
job, of shape (1, 1, 1) where there are none. ``state[k]`` is when each stage is free after the
first k jobs, ``cost[k]`` what these k have cost.
"""

from typing import Final

import numpy as np

from .njit import njit
from .rows import Ints32, Ints64

LANES: Final = 32
TOO_MUCH: Final = 1 << 60


@njit
def pass_through(
    job: int, before: int, free: Ints32, run: Ints32, setup: Ints32, after: Ints32
) -> int:
    """Send one job through a line that is free at ``free``, fill ``after``; gives its end."""
    has_setup = setup.shape[0] > 1
    end = 0
    for stage in range(run.shape[1]):
        ready = free[stage]
        if has_setup:
            ready = ready + setup[before, job, stage]
        end = max(end, ready) + run[job, stage]
        after[stage] = end
    return end


@njit
def follow(
    order: Ints32,
    count: int,
    k: int,
    run: Ints32,
    setup: Ints32,
    due: Ints64,
    weight: Ints64,
    state: Ints32,
    cost: Ints64,
) -> int:
    """Complete ``state`` and ``cost`` from position k on; gives the whole cost."""
    before = order[k - 1] if k > 0 else run.shape[0]
    for position in range(k, count):
        job = order[position]
        end = pass_through(job, before, state[position], run, setup, state[position + 1])
        cost[position + 1] = cost[position] + weight[job] * max(0, end - due[job])
        before = job
    return cost[count]


@njit
def _carry(job: int, before: int, run: Ints32, setup: Ints32, lanes: Ints32) -> None:
    """Send the same job through all lanes."""
    has_setup = setup.shape[0] > 1
    for stage in range(run.shape[1]):
        own = run[job, stage]
        gap = setup[before, job, stage] if has_setup else np.int32(0)
        now = lanes[stage]
        if stage == 0:
            for lane in range(LANES):
                now[lane] = np.int32(np.int32(now[lane] + gap) + own)
        else:
            came = lanes[stage - 1]
            for lane in range(LANES):
                now[lane] = np.int32(max(np.int32(now[lane] + gap), came[lane]) + own)


@njit
def insertion_costs(
    order: Ints32,
    count: int,
    job: int,
    run: Ints32,
    setup: Ints32,
    due: Ints64,
    weight: Ints64,
    state: Ints32,
    cost: Ints64,
    limit: int,
    lanes: Ints32,
    costs: Ints64,
) -> int:
    """Fill ``costs[k]`` with the cost of the job inserted at position k, or `TOO_MUCH`.

    Positions that surely cost ``limit`` or more, or more than another one, may be given up as
    `TOO_MUCH`: without setups no other job can get earlier than it is without the inserted one.

    Parameters
    ----------
    state, cost
        Complete for the row without the job.
    lanes : shape (stages + 2, LANES)
        Room.

    Returns
    -------
    Cells of work.
    """
    stages = run.shape[1]
    jobs = run.shape[0]
    has_setup = setup.shape[0] > 1
    last = lanes[stages - 1]
    spent = np.empty(LANES, dtype=np.int64)
    passed, beyond = np.empty(stages, dtype=np.int32), np.empty(stages, dtype=np.int32)
    cells = 0
    for block in range(count // LANES, -1, -1):
        first = block * LANES
        width = min(LANES, count + 1 - first)
        for lane in range(LANES):
            spent[lane] = TOO_MUCH
        given_up = False
        for i in range(first, count):
            after = order[i]
            before = order[i - 1] if i > 0 else jobs
            _carry(after, before, run, setup, lanes)
            cells += stages
            limit_of, price = due[after], weight[after]
            for lane in range(LANES):
                spent[lane] += price * max(0, np.int64(last[lane]) - limit_of)
            if i - first < width:
                end = pass_through(job, before, state[i], run, setup, passed)
                spend = cost[i] + weight[job] * max(0, end - due[job])
                end = pass_through(after, job, passed, run, setup, beyond)
                spent[i - first] = spend + weight[after] * max(0, end - due[after])
                for stage in range(stages):
                    lanes[stage, i - first] = beyond[stage]
            if i - first >= width - 1:
                least = spent[0]
                for lane in range(width):
                    least = min(least, spent[lane])
                rest = 0 if has_setup else cost[count] - cost[i + 1]
                if least + rest >= limit:
                    given_up = True
                    break
        if first + width - 1 == count:  # the job is the last one
            before = order[count - 1] if count > 0 else jobs
            end = pass_through(job, before, state[count], run, setup, passed)
            spent[width - 1] = cost[count] + weight[job] * max(0, end - due[job])
        for lane in range(width):
            costs[first + lane] = TOO_MUCH if given_up else spent[lane]
            limit = min(limit, costs[first + lane] + 1)
    return cells * LANES
