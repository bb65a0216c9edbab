"""Search of the order in which jobs enter a hybrid line; further on they are served as they come.

``run[stage, job]`` holds durations; the machines of a stage are ``first[stage]`` to
``first[stage + 1]``; ``behind[stage, job]`` is what a job has still to run after that stage.
"""

from typing import Final

import numpy as np

from ...kernels.chance import Chance, below, uniform
from ...kernels.filling import copy, fill
from .njit import njit
from .rows import Ints32, Ints64, insert, note, remove

TOO_LONG: Final = 1 << 31


@njit
def length_within(
    limit: int,
    order: Ints32,
    run: Ints32,
    behind: Ints32,
    first: Ints32,
    ready: Ints32,
    free: Ints32,
    queue: Ints32,
) -> int:
    """The makespan of jobs that enter in this order, or `TOO_LONG` as soon as it is above a limit.

    At each stage the job that arrives first takes the machine that is free first; of jobs that
    arrive together, the one that was ahead. ``ready``, ``free`` and ``queue`` are room for the
    ends of jobs, the machines of a stage, and the jobs as they arrive.
    """
    stages, jobs = run.shape
    copy(queue, order)
    fill(ready, 0)
    last = 0
    for stage in range(stages):
        machines = first[stage + 1] - first[stage]
        if stage > 0:  # nearly in order already, so insertion sort is quick
            for i in range(1, jobs):
                job = queue[i]
                k = i
                while k > 0 and ready[queue[k - 1]] > ready[job]:
                    queue[k] = queue[k - 1]
                    k -= 1
                queue[k] = job
        fill(free[:machines], 0)
        for i in range(jobs):
            job = queue[i]
            done = max(free[0], ready[job]) + run[stage, job]
            if done + behind[stage, job] > limit:
                return TOO_LONG
            ready[job] = done
            k = 0  # keep the machines sorted by when they are free
            while k + 1 < machines and free[k + 1] < done:
                free[k] = free[k + 1]
                k += 1
            free[k] = done
            last = max(last, done)
    return last


@njit
def enter(
    order: Ints32,
    best: Ints32,
    length: Ints64,
    run: Ints32,
    behind: Ints32,
    first: Ints32,
    warmth: float,
    work: int,
    chance: Chance,
) -> None:
    """Anneal an order at one temperature for so many operations of work.

    A step moves one job to another position, or swaps two. What may be accepted is drawn first,
    so that a step is given up at the first operation that cannot keep it.

    ``length`` holds the makespan of ``order`` and of ``best``; see `rows.note`.
    """
    stages, jobs = run.shape
    ready, queue = np.empty(jobs, dtype=np.int32), np.empty(jobs, dtype=np.int32)
    free = np.empty(first[stages], dtype=np.int32)
    if length[0] < 0:
        now = length_within(TOO_LONG, order, run, behind, first, ready, free, queue)
        note(order, best, length, now)
    done = 0
    while done < work and jobs > 1:
        a, b = below(chance, jobs), below(chance, jobs - 1)
        b += b >= a
        is_swap = below(chance, 2) == 0
        if is_swap:
            order[a], order[b] = order[b], order[a]
        else:
            insert(order, jobs - 1, b, remove(order, jobs, a))
        limit = length[0] - np.int64(warmth * np.log(1.0 - uniform(chance)))
        now = length_within(limit, order, run, behind, first, ready, free, queue)
        done += stages * jobs
        if now <= limit:
            note(order, best, length, now)
        elif is_swap:
            order[a], order[b] = order[b], order[a]
        else:
            insert(order, jobs - 1, a, remove(order, jobs, b))
