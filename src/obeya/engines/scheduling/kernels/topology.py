"""The order of the routing network, its groups, and how urgent each operation is."""

import numpy as np

from ..arrays import Ints
from .filling import numbers, sum_up
from .njit import njit, njit_that_allocates
from .plant import AFTER, ARC_FROM, ARC_TO, FOLLOWING_FROM, FOLLOWING_TO, LAG


@njit_that_allocates
def topological(op: Ints, arc: Ints, following: Ints) -> Ints:
    """Operations so that each stands after its predecessors (Kahn 1962)."""
    n = len(op)
    waits_for = op[:, ARC_TO] - op[:, ARC_FROM]
    order = np.empty(n, np.int64)
    done = 0
    for i in range(n):
        if waits_for[i] == 0:
            order[done] = i
            done += 1
    read = 0
    while read < done:
        i = order[read]
        read += 1
        for j in range(op[i, FOLLOWING_FROM], op[i, FOLLOWING_TO]):
            after = arc[following[j], AFTER]
            waits_for[after] -= 1
            if waits_for[after] == 0:
                order[done] = after
                done += 1
    return order


@njit
def _root(parent: Ints, i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@njit_that_allocates
def _on_circles(parent: Ints, before: Ints, after: Ints) -> Ints:
    """Marks the groups that wait for themselves through other groups, or lie between such."""
    n = len(parent)
    marked = np.ones(n, np.int64)
    for direction in range(2):
        heads = before if direction == 0 else after
        tails = after if direction == 0 else before
        waits_for = np.zeros(n, np.int64)
        for e in range(len(heads)):
            if _root(parent, heads[e]) != _root(parent, tails[e]):
                waits_for[_root(parent, tails[e])] += 1
        first = np.zeros(n + 1, np.int64)
        for i in heads:
            first[_root(parent, i) + 1] += 1
        sum_up(first)
        filled, by_head = first.copy(), np.empty(len(heads), np.int64)
        for e in range(len(heads)):
            head = _root(parent, heads[e])
            by_head[filled[head]] = e
            filled[head] += 1
        stack = [i for i in range(n) if waits_for[i] == 0]
        while len(stack) > 0:
            i = stack.pop()
            marked[i] = 0
            for e in by_head[first[i] : first[i + 1]]:
                tail = _root(parent, tails[e])
                if tail != i:
                    waits_for[tail] -= 1
                    if waits_for[tail] == 0:
                        stack.append(tail)
    return marked


@njit_that_allocates
def groups(n: int, before: Ints, after: Ints, tied: Ints) -> Ints:
    """Number the groups of operations that must be placed together.

    Operations tied by a maximum wait are one group; groups that wait for each other are one too.

    Parameters
    ----------
    before, after, tied : shape (E,)
        Arcs; tied is 1 where a maximum wait binds two free operations.
    """
    parent = numbers(n)
    for e in range(len(before)):
        if tied[e]:
            parent[_root(parent, before[e])] = _root(parent, after[e])
    while tied.any():
        marked = _on_circles(parent, before, after)
        merged = False
        for e in range(len(before)):
            left, right = _root(parent, before[e]), _root(parent, after[e])
            if left != right and marked[left] and marked[right]:
                parent[left] = right
                marked[right] = 1
                merged = True
        if not merged:
            break
    number = np.full(n, -1)
    group_of = np.empty(n, np.int64)
    found = 0
    for i in range(n):
        root = _root(parent, i)
        if number[root] < 0:
            number[root] = found
            found += 1
        group_of[i] = number[root]
    return group_of


@njit_that_allocates
def urgency(op: Ints, arc: Ints, following: Ints, order: Ints, own: Ints, due: Ints) -> Ints:
    """Work that is still to come, and the due time that it is for, per operation.

    Parameters
    ----------
    order : shape (N,)
        Topological.
    own : shape (N,)
        Clock seconds that an operation itself takes at best.
    due : shape (N,)
        Due time of the order that it completes, else a late default [s].

    Returns
    -------
    shape (N, 2): clock seconds from its start to the end of the longest path; earliest due time
    of all that it feeds.
    """
    out = np.empty((len(op), 2), np.int64)
    for position in range(len(order) - 1, -1, -1):
        i = order[position]
        tail, soonest = np.int64(0), due[i]
        for j in range(op[i, FOLLOWING_FROM], op[i, FOLLOWING_TO]):
            row = following[j]
            after = arc[row, AFTER]
            tail = max(tail, out[after, 0] + arc[row, LAG])
            soonest = min(soonest, out[after, 1])
        out[i, 0] = tail + own[i]
        out[i, 1] = soonest
    return out
