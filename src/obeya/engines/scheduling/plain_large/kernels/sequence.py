"""Sequences on machines: their order, the heads and tails of operations, windows cut from them."""

import numpy as np

from .njit import njit, njit_that_allocates
from .side import Ints32, Ints64

# Columns of the links, shape (N, 4): the operation before and after each one in its job and on
# its machine; -1: none.
JOB_BEFORE, JOB_AFTER, BEFORE, AFTER = range(4)
# Columns of the times, shape (N, 5), in seconds: run; release; what must pass after the end;
# head, the earliest start; tail, the longest chain after the end.
RUN, RELEASE, REST, HEAD, TAIL = range(5)

# Columns of a window, shape (W, 16) of int32. Its operations are numbered anew, in the order of the
# plan. W_JOB_HEAD and W_HEAD_TIE are the earliest starts that the rest of the plan allows, by job
# and by machine; W_JOB_REST and W_REST_TIE the longest chains after the end there [s], or `OPEN`
# if nothing outside follows.
W_RUN, W_JOB_BEFORE, W_JOB_AFTER, W_BEFORE, W_AFTER, W_HEAD, W_TAIL = range(7)
W_JOB_HEAD, W_HEAD_TIE, W_JOB_REST, W_REST_TIE, W_PLACE, W_OPERATION = range(7, 13)
COLUMNS = 16  # as many as fill a line of the processor's cache
# Link, the same in a window, and what stands for it where it leaves the window.
_AHEAD = ((JOB_BEFORE, W_JOB_BEFORE, W_JOB_HEAD), (BEFORE, W_BEFORE, W_HEAD_TIE))
_BEHIND = ((JOB_AFTER, W_JOB_AFTER, W_JOB_REST), (AFTER, W_AFTER, W_REST_TIE))
OPEN = -(1 << 30)


@njit_that_allocates
def find_heads(links: Ints32, times: Ints64, order: Ints32) -> int:
    """Find all heads, and an order in which no operation precedes one that it waits for.

    Returns
    -------
    Number of operations ordered; less than N if the sequences have a cycle.
    """
    count, known = links.shape[0], 0
    waits = np.zeros(count, dtype=np.int32)
    for i in range(count):
        times[i, HEAD] = times[i, RELEASE]
        waits[i] = (links[i, JOB_BEFORE] >= 0) + (links[i, BEFORE] >= 0)
        if waits[i] == 0:
            order[known] = i
            known += 1
    done = 0
    while done < known:
        i = order[done]
        done += 1
        end = times[i, HEAD] + times[i, RUN]
        for column in (JOB_AFTER, AFTER):
            after = links[i, column]
            if after < 0:
                continue
            times[after, HEAD] = max(times[after, HEAD], end)
            waits[after] -= 1
            if waits[after] == 0:
                order[known] = after
                known += 1
    return known


@njit
def find_tails(links: Ints32, times: Ints64, order: Ints32, first: int, last: int) -> None:
    """Find the tails of the operations at places ``first`` to ``last`` (exclusive) of the order."""
    for place in range(last - 1, first - 1, -1):
        i = order[place]
        tail = times[i, REST]
        for column in (JOB_AFTER, AFTER):
            after = links[i, column]
            if after >= 0:
                tail = max(tail, times[after, TAIL] + times[after, RUN])
        times[i, TAIL] = tail


@njit
def cut_window(
    links: Ints32, times: Ints64, order: Ints32, first: int, local: Ints32, window: Ints32
) -> None:
    """Cut the operations at the places from ``first`` on out of the order into a window.

    Its heads are found anew from those of the operations ahead of it.

    Parameters
    ----------
    local : shape (N,)
        Room for the numbers within the window; -1 before and after.
    """
    size = window.shape[0]
    for k in range(size):
        local[order[first + k]] = k
    for k in range(size):
        i = order[first + k]
        window[k, W_RUN], window[k, W_PLACE], window[k, W_OPERATION] = times[i, RUN], k, i
        window[k, W_JOB_HEAD], window[k, W_HEAD_TIE] = times[i, RELEASE], 0
        window[k, W_JOB_REST], window[k, W_REST_TIE] = OPEN, OPEN
        if times[i, REST] > 0 or links[i, JOB_AFTER] < 0:
            window[k, W_JOB_REST] = times[i, REST]
        for column, own, tie in _AHEAD:
            other = links[i, column]
            window[k, own] = local[other] if other >= 0 else -1
            if other >= 0 and local[other] < 0:
                window[k, tie] = max(window[k, tie], times[other, HEAD] + times[other, RUN])
        for column, own, tie in _BEHIND:
            other = links[i, column]
            window[k, own] = local[other] if other >= 0 else -1
            if other >= 0 and local[other] < 0:
                window[k, tie] = max(window[k, tie], times[other, TAIL] + times[other, RUN])
        window[k, W_HEAD] = head_in(window, k)
    for k in range(size):
        local[order[first + k]] = -1


@njit
def head_in(window: Ints32, k: int) -> int:
    """Earliest start of an operation of a window, by the heads of those before it [s]."""
    head = max(window[k, W_JOB_HEAD], window[k, W_HEAD_TIE])
    before = window[k, W_JOB_BEFORE]
    if before >= 0:
        head = max(head, window[before, W_HEAD] + window[before, W_RUN])
    before = window[k, W_BEFORE]
    if before >= 0:
        head = max(head, window[before, W_HEAD] + window[before, W_RUN])
    return head


@njit
def paste_window(
    links: Ints32,
    times: Ints64,
    order: Ints32,
    first: int,
    local: Ints32,
    machine: Ints32,
    ends: Ints32,
    window: Ints32,
    at: Ints32,
) -> None:
    """Write the sequences and heads of a window back into the plan.

    Parameters
    ----------
    machine : shape (N,)
    ends : shape (M, 2)
        Room for the operations outside, just before and after the window on each machine.
    at : shape (W,)
        The operation of the window at each place of its new order.
    """
    size = window.shape[0]
    for k in range(size):
        local[window[k, W_OPERATION]] = k
    for k in range(size):
        i = window[k, W_OPERATION]
        before, after = links[i, BEFORE], links[i, AFTER]
        if before < 0 or local[before] < 0:
            ends[machine[i], 0] = before
        if after < 0 or local[after] < 0:
            ends[machine[i], 1] = after
    for k in range(size):
        i = window[k, W_OPERATION]
        before, after = window[k, W_BEFORE], window[k, W_AFTER]
        times[i, HEAD] = window[k, W_HEAD]
        if before >= 0:
            links[i, BEFORE] = window[before, W_OPERATION]
        else:
            links[i, BEFORE] = outside = ends[machine[i], 0]
            if outside >= 0:
                links[outside, AFTER] = i
        if after >= 0:
            links[i, AFTER] = window[after, W_OPERATION]
        else:
            links[i, AFTER] = outside = ends[machine[i], 1]
            if outside >= 0:
                links[outside, BEFORE] = i
        order[first + k] = window[at[k], W_OPERATION]
    for k in range(size):
        local[window[k, W_OPERATION]] = -1
