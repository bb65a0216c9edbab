"""What no plan of a hybrid line can beat, by the work that must lie between two moments.

``run[stage, job]`` holds durations. ``early[stage, job]`` and ``late[stage, job]`` are the first
moment at which an operation can start, and the last at which it can end.
"""

import numpy as np
from numpy.typing import NDArray

from ...kernels.filling import copy, fill, numbers
from ...kernels.sort import sort_by
from .njit import njit
from .rows import Ints32, Ints64


@njit
def _within(run: int, early: int, late: int, begin: int, end: int) -> tuple[int, int]:
    """Least work of an operation between two moments if it runs as early, as late as it can."""
    span = end - begin
    left = min(run, max(0, early + run - begin), span)
    right = min(run, max(0, end - late + run), span)
    return left, right


@njit
def _tightened(
    run: Ints32, early: Ints64, late: Ints64, machines: int, starts: Ints64, ends: Ints64
) -> bool:
    """Narrow the windows of one stage by the work between two moments; False if it cannot fit.

    Between a first start and a last end the machines have so much time and no more. What of an
    operation must lie there is the lesser of what lies there when it runs as early and as late
    as it can. If all others leave less than it takes there as early as it can, it can only begin
    so late that it fits, and likewise for its end (energetic reasoning; Erschler & Lopez 1990,
    Baptiste, Le Pape & Nuijten 1999, Annals of Operations Research 92:305-333).

    ``starts`` and ``ends`` are filled with the new windows.
    """
    jobs, longest = len(run), 0
    for job in range(jobs):
        longest = max(longest, run[job])
    by_early, by_late = numbers(jobs), numbers(jobs)
    sort_by(early, by_early)
    sort_by(late, by_late)
    copy(starts, early)
    copy(ends, late)
    for a in range(jobs):
        begin = early[by_early[a]]
        if a > 0 and begin == early[by_early[a - 1]]:
            continue
        for b in range(jobs):
            end = late[by_late[b]]
            if end <= begin or (b > 0 and end == late[by_late[b - 1]]):
                continue
            spare = machines * (end - begin)
            for job in range(jobs):
                left, right = _within(run[job], early[job], late[job], begin, end)
                spare -= min(left, right)
            if spare < 0:
                return False
            if spare >= longest:
                continue
            for job in range(jobs):
                left, right = _within(run[job], early[job], late[job], begin, end)
                room = spare + min(left, right)
                if left > room and early[job] < end:
                    starts[job] = max(starts[job], end - room)
                if right > room and late[job] > begin:
                    ends[job] = min(ends[job], begin + room)
    return True


@njit
def is_too_short(run: Ints32, machines: Ints32, length: int, work: int) -> bool:
    """Whether no plan is so short: narrow the windows of all stages, job by job, until none moves.

    Parameters
    ----------
    work
        Looks at an operation between two moments, after which the answer is False.
    """
    stages, jobs = run.shape
    early, late = np.zeros((2, stages, jobs), dtype=np.int64)
    starts, ends = np.empty(jobs, dtype=np.int64), np.empty(jobs, dtype=np.int64)
    is_new = np.ones(stages, dtype=np.bool_)
    for stage in range(stages):
        fill(late[stage], length)
    _pass_on(run, early, late, is_new)
    done, cost = 0, jobs * jobs * jobs
    while is_new.any():
        for stage in range(stages):
            if not is_new[stage]:
                continue
            is_new[stage] = False
            done += cost
            if done > work:
                return False
            own, begin, end = run[stage], early[stage], late[stage]
            if not _tightened(own, begin, end, machines[stage], starts, ends):
                return True
            for job in range(jobs):
                if starts[job] > begin[job] or ends[job] < end[job]:
                    is_new[stage] = True
                begin[job], end[job] = starts[job], ends[job]
                if begin[job] + own[job] > end[job]:
                    return True
        if not _pass_on(run, early, late, is_new):
            return True
    return False


@njit
def _pass_on(run: Ints32, early: Ints64, late: Ints64, is_new: NDArray[np.bool_]) -> bool:
    """Let no stage begin before, or end after, its neighbours allow; False if one cannot fit."""
    stages, jobs = run.shape
    for job in range(jobs):
        for stage in range(1, stages):
            ready = early[stage - 1, job] + run[stage - 1, job]
            if ready > early[stage, job]:
                early[stage, job] = ready
                is_new[stage] = True
        for stage in range(stages - 2, -1, -1):
            due = late[stage + 1, job] - run[stage + 1, job]
            if due < late[stage, job]:
                late[stage, job] = due
                is_new[stage] = True
        for stage in range(stages):
            if early[stage, job] + run[stage, job] > late[stage, job]:
                return False
    return True
