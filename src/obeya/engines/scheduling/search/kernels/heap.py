"""A heap of nodes by the start that they had before the move."""

import numpy as np

from .njit import njit
from .tables import FIRST, FLAG, HEAD, HEAPED, LISTED, LOGGED, OLD, START, Plan, get

_BITS = 24  # of a node's number


@njit
def push(plan: Plan, operation: int) -> None:
    """List the node of an operation, if it is not listed yet."""
    node = get(plan.bar, operation, HEAD)
    flag = get(plan.bar, node, FLAG)
    if flag & LISTED:
        return
    plan.bar[node, FLAG] = flag | LISTED
    start = get(plan.bar, node, OLD) if flag & LOGGED else get(plan.bar, node, START)
    key = (start << _BITS) | node
    heap, i = plan.heap[FIRST:], plan.heap[HEAPED]
    plan.heap[HEAPED] = i + 1
    while i > 0:
        up = (i - 1) >> 1
        if heap[up] <= key:
            break
        heap[i] = heap[up]
        i = up
    heap[i] = key


@njit
def pop(plan: Plan) -> int:
    """Take the node with the earliest old start off the list."""
    heap, size = plan.heap[FIRST:], plan.heap[HEAPED] - 1
    first, key, i = heap[0], heap[size], 0
    plan.heap[HEAPED] = size
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = key
    node = first & ((1 << _BITS) - 1)
    plan.bar[node, FLAG] &= np.int32(~LISTED)
    return node
