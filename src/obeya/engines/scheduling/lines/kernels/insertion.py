"""Where to insert a job into a line so that it ends soonest: all positions in O(jobs x stages).

Arrays are stage by stage, so that one stage of all positions is one stretch of memory:
``run[stage, job]``; ``setup[stage, before, after]`` and ``setup_to[stage, after, before]`` with
row (column) J for the first job, both of shape (1, 1, 1) where there are none.

``head[stage, k + 1]`` is the completion at position k, ``head[stage, 0]`` is 0. ``tail[stage, k]``
is the time from the start at position k to the end of all.
"""

import numpy as np

from ...kernels.filling import fill
from .njit import njit
from .rows import Ints32


@njit
def heads(order: Ints32, count: int, k: int, run: Ints32, setup: Ints32, head: Ints32) -> None:
    """Complete ``head`` for position k and all behind it."""
    stages, jobs = run.shape
    has_setup = setup.shape[1] > 1
    for stage in range(stages):
        end = head[stage, k]
        before = order[k - 1] if k > 0 else np.int32(jobs)
        for position in range(k, count):
            job = order[position]
            if has_setup:
                end = np.int32(end + setup[stage, before, job])
                before = job
            if stage > 0:
                end = max(end, head[stage - 1, position + 1])
            end = np.int32(end + run[stage, job])
            head[stage, position + 1] = end


@njit
def tails(order: Ints32, count: int, k: int, run: Ints32, setup: Ints32, tail: Ints32) -> None:
    """Complete ``tail`` for position k and all before it."""
    stages = run.shape[0]
    has_setup = setup.shape[1] > 1
    for stage in range(stages - 1, -1, -1):
        if k == count - 1:
            tail[stage, count] = 0
        left = tail[stage, k + 1]
        for position in range(k, -1, -1):
            job = order[position]
            if has_setup and position + 1 < count:
                left = np.int32(left + setup[stage, job, order[position + 1]])
            if stage + 1 < stages:
                left = max(left, tail[stage + 1, position])
            left = np.int32(left + run[stage, job])
            tail[stage, position] = left


@njit
def lengths(
    order: Ints32,
    count: int,
    job: int,
    run: Ints32,
    setup: Ints32,
    setup_to: Ints32,
    head: Ints32,
    tail: Ints32,
    end: Ints32,
    length: Ints32,
) -> None:
    """Fill ``length[k]`` with the makespan when the job is inserted at position k.

    Exact, with setups too: every path to the end leads through the inserted job (Taillard 1990,
    EJOR 47:65-74; with setups Rios-Mercado & Bard 1998, Computers & OR 25:351-366).
    ``end`` is room for the completions of the job.
    """
    stages, jobs = run.shape
    has_setup = setup.shape[1] > 1
    fill(end[: count + 1], 0)
    fill(length[: count + 1], 0)
    for stage in range(stages):
        own = run[stage, job]
        if has_setup:
            first = np.int32(head[stage, 0] + setup_to[stage, job, jobs])
            end[0] = np.int32(max(end[0], first) + own)
            for k in range(1, count + 1):
                ready = np.int32(head[stage, k] + setup_to[stage, job, order[k - 1]])
                end[k] = np.int32(max(end[k], ready) + own)
            for k in range(count):
                ahead = np.int32(setup[stage, job, order[k]] + tail[stage, k])
                length[k] = max(length[k], np.int32(end[k] + ahead))
            length[count] = max(length[count], end[count])
        else:
            for k in range(count + 1):
                end[k] = np.int32(max(end[k], head[stage, k]) + own)
                length[k] = max(length[k], np.int32(end[k] + tail[stage, k]))


@njit
def idle(order: Ints32, count: int, k: int, job: int, run: Ints32, head: Ints32) -> int:
    """Idle time that the job at position k leaves before it and its successor.

    It breaks ties between positions of one makespan (Fernandez-Viagas & Framinan 2014,
    Computers & OR 45:60-67, their it'' of equation 8); setups are left out.
    """
    stages = run.shape[0]
    total = 0
    end = max(head[0, k], 0) + run[0, job]
    after = np.int32(0)
    if k < count:
        after = end + run[0, order[k]]
    for stage in range(1, stages):
        end = max(end, head[stage, k]) + run[stage, job]
        if k == count:
            total += end - run[stage, job] - head[stage, k]
            continue
        own = run[stage, order[k]]
        total += end - head[stage, k + 1] + own - run[stage, job] + max(0, after - end)
        after = max(after, end) + own
    return total
