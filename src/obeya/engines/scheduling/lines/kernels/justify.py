"""Search of plans of a hybrid line that are pushed to the right and to the left again.

A direction of a line is its tables ``run``, ``behind`` and ``first`` as in `kernels.arrivals`; in
the other direction time runs backwards and the last stage comes first. ``ends[stage, job]`` are
the ends of a plan in its direction.
"""

import numpy as np

from ...kernels.chance import Chance, below, uniform
from ...kernels.filling import copy_table, fill
from .arrivals import TOO_LONG
from .njit import njit
from .rows import Ints32, Ints64

ALONE, STRETCH = 0.2, 0.6  # shares of steps that shift one job, at all stages or at some
_SPREAD = 3.0  # mean durations that a job is shifted at most
_SLACK = 0.5  # mean durations that the plan may be longer while it is on the right


@njit
def pushed(
    wish: Ints32,
    run: Ints32,
    behind: Ints32,
    first: Ints32,
    limit: int,
    ready: Ints32,
    free: Ints32,
    queue: Ints32,
    ends: Ints32,
) -> int:
    """Plan a line so that what ends last in the other direction comes first; gives the makespan.

    Without a wish that was changed no plan gets longer by this: an operation finds a machine at
    the latest when it had one before (Valls, Ballestin & Quintanilla 2005, EJOR 165:375-386, who
    justify projects like this).

    Parameters
    ----------
    wish : shape (S, J)
        Ends in the other direction, or what they should be.
    limit
        The plan is given up as `TOO_LONG` as soon as it is above that.
    ready, free, queue
        Room as in `kernels.arrivals`; the queue holds each job once.
    ends
        Is filled.
    """
    stages, jobs = run.shape
    fill(ready, 0)
    last = 0
    for stage in range(stages):
        key = wish[stages - 1 - stage]
        for i in range(1, jobs):
            job = queue[i]
            k = i
            while k > 0 and key[queue[k - 1]] < key[job]:
                queue[k] = queue[k - 1]
                k -= 1
            queue[k] = job
        machines = first[stage + 1] - first[stage]
        fill(free[:machines], 0)
        for i in range(jobs):
            job = queue[i]
            done = max(free[0], ready[job]) + run[stage, job]
            if done + behind[stage, job] > limit:
                return TOO_LONG
            ready[job] = ends[stage, job] = done
            k = 0  # keep the machines sorted by when they are free
            while k + 1 < machines and free[k + 1] < done:
                free[k] = free[k + 1]
                k += 1
            free[k] = done
            last = max(last, done)
    return last


@njit
def _wish(ends: Ints32, wish: Ints32, spread: float, chance: Chance) -> tuple[int, int]:
    """Shift one job, at all stages or from one to another, or let two jobs change their turns."""
    stages, jobs = ends.shape
    kind, a = uniform(chance), below(chance, jobs)
    if kind >= ALONE + STRETCH:
        b = below(chance, jobs)
        for stage in range(stages):
            wish[stage, a], wish[stage, b] = ends[stage, b], ends[stage, a]
        return a, b
    shift = np.int32(spread * (2.0 * uniform(chance) - 1.0))
    begin, end = 0, stages
    if kind >= ALONE:
        begin = below(chance, stages)
        end = begin + 1 + below(chance, stages - begin)
    for stage in range(begin, end):
        wish[stage, a] = ends[stage, a] + shift
    return a, a


@njit
def justify(
    ends: Ints32,
    best: Ints32,
    length: Ints64,
    run: Ints32,
    behind: Ints32,
    first: Ints32,
    run_back: Ints32,
    behind_back: Ints32,
    first_back: Ints32,
    mean: float,
    warmth: float,
    work: int,
    chance: Chance,
) -> None:
    """Anneal a plan at one temperature for so many operations of work.

    A step wishes other ends for one job or two, pushes the plan to the right by these, and to the
    left again by what came of it. So every plan that is compared is tight in both directions;
    without that, operations that are not critical drift until they are.

    Parameters
    ----------
    ends, best
        Of the plan in hand and of the best one.
    length : shape (2,)
        Their makespans.
    mean
        Mean duration.
    """
    stages, jobs = run.shape
    wish, back, tried = ends.copy(), np.empty_like(ends), np.empty_like(ends)
    ready, free = np.empty(jobs, dtype=np.int32), np.empty(first[stages], dtype=np.int32)
    queue = np.empty(jobs, dtype=np.int32)
    for job in range(jobs):
        queue[job] = job
    done = 0
    while done < work:
        a, b = _wish(ends, wish, _SPREAD * mean, chance)
        limit = length[0] - np.int64(warmth * np.log(1.0 - uniform(chance)))
        now = pushed(
            wish,
            run_back,
            behind_back,
            first_back,
            limit + np.int64(_SLACK * mean),
            ready,
            free,
            queue,
            back,
        )
        done += stages * jobs
        if now < TOO_LONG:
            now = pushed(back, run, behind, first, limit, ready, free, queue, tried)
            done += stages * jobs
        if now <= limit:
            copy_table(ends, tried)
            copy_table(wish, tried)
            length[0] = now
            if now < length[1]:
                length[1] = now
                copy_table(best, tried)
        else:
            for stage in range(stages):
                wish[stage, a], wish[stage, b] = ends[stage, a], ends[stage, b]
