"""A window cut out of a flexible shop's plan: its operations numbered anew, by their places."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance
from .floor import (
    AFTER_FROM,
    AFTER_TO,
    BEFORE_FROM,
    BEFORE_TO,
    BEHIND,
    FREE,
    HEAD,
    MACHINE,
    OPEN,
    RELEASE,
    REST,
    RUN,
    TAIL,
    Outline,
    View,
)
from .njit import njit
from .side import Floats, Ints32, Ints64

Words = NDArray[np.uint64]

# Columns of Frame.op
F_RUN: Final = 0
F_HEAD: Final = 1
F_TAIL: Final = 2  # a guide only: brought up to date now and then
F_PREV: Final = 3  # neighbours on its machine, or NONE
F_NEXT: Final = 4
F_MACHINE: Final = 5
F_PLACE: Final = 6
F_READY: Final = 7  # earliest start by release and by predecessors outside
F_REST: Final = 8  # longest chain after its end outside, by its job, or OPEN
F_WAY: Final = 9
F_BEFORE_FROM: Final = 10
F_BEFORE_TO: Final = 11
F_AFTER_FROM: Final = 12
F_AFTER_TO: Final = 13
F_OPERATION: Final = 14
F_COLUMNS: Final = 16  # as many as fill a line of the processor's cache
NONE: Final = -1


class Frame(NamedTuple):
    """A window, and what a move has changed in it."""

    op: Ints32  # (W, 16)
    at: Ints32  # (W,) operation by place
    arc: Ints32  # predecessors and successors inside
    line: Ints32  # (M, 2) first and last of each machine inside
    edge: Ints64  # (M, 2)
    weight: Floats  # (W,) of each operation in the cost
    mark: Ints32  # (W,) 1: goes with the operation that moves
    words: Words  # bits by place: heads to be found anew
    old: Ints32  # (W,) places of the order as they were before a move
    held: Ints32  # (W,) scratch
    log: Ints64  # (W + 4, 2) operation and its head as they were before a move
    lost: Floats  # (W + 4,) weights as they were
    chance: Chance


def frame_of(size: int, arcs: int, machines: int, chance: Chance) -> Frame:
    """Room for windows of so many operations, with at most so many ends of arcs."""
    ints32 = np.int32
    return Frame(
        op=np.zeros((size, F_COLUMNS), dtype=ints32),
        at=np.zeros(size, dtype=ints32),
        arc=np.zeros(arcs, dtype=ints32),
        line=np.zeros((machines, 2), dtype=ints32),
        edge=np.zeros((machines, 2), dtype=np.int64),
        weight=np.zeros(size),
        mark=np.zeros(size, dtype=ints32),
        words=np.zeros((size >> 6) + 1, dtype=np.uint64),
        old=np.zeros(size, dtype=ints32),
        held=np.zeros(size, dtype=ints32),
        log=np.zeros((size + 4, 2), dtype=np.int64),
        lost=np.zeros(size + 4),
        chance=chance,
    )


@njit
def cut(view: View, outline: Outline, first: int, local: Ints32, frame: Frame) -> None:
    """Cut the operations at the places from ``first`` on out of the order.

    Parameters
    ----------
    local : shape (N,)
        Room for the numbers within the window; NONE before and after.
    """
    op, size, line = frame.op, len(frame.op), frame.line
    for machine in range(len(line)):
        line[machine, 0], line[machine, 1] = NONE, NONE
    for k in range(size):
        local[outline.order[first + k]] = k
    arcs = 0
    for k in range(size):
        i = outline.order[first + k]
        way = outline.way[i]
        machine = view.way[way, MACHINE]
        op[k, F_RUN], op[k, F_MACHINE], op[k, F_WAY] = view.way[way, RUN], machine, way
        op[k, F_PLACE], op[k, F_OPERATION], frame.at[k] = k, i, k
        last = line[machine, 1]
        op[k, F_PREV], op[k, F_NEXT] = last, NONE
        if last >= 0:
            op[last, F_NEXT] = k
        else:
            line[machine, 0] = k
        line[machine, 1] = k
        arcs = _cut_arcs(view, outline, local, frame, k, i, arcs)
        op[k, F_HEAD] = head_of(frame, k)
    for k in range(size):
        local[outline.order[first + k]] = NONE


@njit
def _cut_arcs(
    view: View, outline: Outline, local: Ints32, frame: Frame, k: int, i: int, arcs: int
) -> int:
    """What ties an operation to others, inside and outside; answers the arcs so far."""
    op = frame.op
    ready, rest = view.op[i, RELEASE], OPEN
    op[k, F_BEFORE_FROM] = arcs
    for e in range(view.op[i, BEFORE_FROM], view.op[i, BEFORE_TO]):
        other = view.before[e]
        if local[other] >= 0:
            frame.arc[arcs] = local[other]
            arcs += 1
        else:
            run = view.way[outline.way[other], RUN]
            ready = max(ready, outline.time[other, HEAD] + run)
    op[k, F_BEFORE_TO], op[k, F_AFTER_FROM] = arcs, arcs
    if view.op[i, REST] > 0 or view.op[i, AFTER_FROM] == view.op[i, AFTER_TO]:
        rest = view.op[i, REST]
    for e in range(view.op[i, AFTER_FROM], view.op[i, AFTER_TO]):
        other = view.after[e]
        if local[other] >= 0:
            frame.arc[arcs] = local[other]
            arcs += 1
        else:
            rest = max(rest, outline.time[other, TAIL] + view.way[outline.way[other], RUN])
    op[k, F_AFTER_TO], op[k, F_READY], op[k, F_REST] = arcs, ready, rest
    return arcs


@njit
def paste(outline: Outline, first: int, frame: Frame) -> None:
    """Write order, ways and heads of a window back into the plan."""
    for place in range(len(frame.op)):
        k = frame.at[place]
        i = frame.op[k, F_OPERATION]
        outline.order[first + place] = i
        outline.way[i] = frame.op[k, F_WAY]
        outline.time[i, HEAD] = frame.op[k, F_HEAD]


@njit
def head_of(frame: Frame, k: int) -> int:
    """Earliest start of an operation by the heads of those before it [s]."""
    op, head = frame.op, ready_of(frame, k)
    before = op[k, F_PREV]
    if before >= 0:
        return max(head, op[before, F_HEAD] + op[before, F_RUN])
    return max(head, frame.edge[op[k, F_MACHINE], FREE])


@njit
def ready_of(frame: Frame, k: int) -> int:
    """Earliest start of an operation if it had its machine for itself [s]."""
    op, ready = frame.op, frame.op[k, F_READY]
    for e in range(op[k, F_BEFORE_FROM], op[k, F_BEFORE_TO]):
        other = frame.arc[e]
        ready = max(ready, op[other, F_HEAD] + op[other, F_RUN])
    return ready


@njit
def rest_of(frame: Frame, k: int) -> int:
    """Longest chain after the end of an operation by its job alone, by tails as last found [s]."""
    op, rest = frame.op, frame.op[k, F_REST]
    for e in range(op[k, F_AFTER_FROM], op[k, F_AFTER_TO]):
        other = frame.arc[e]
        rest = max(rest, op[other, F_TAIL] + op[other, F_RUN])
    return rest


@njit
def find_tails_inside(frame: Frame) -> None:
    """Find the longest chain after each operation."""
    op = frame.op
    for place in range(len(op) - 1, -1, -1):
        k = frame.at[place]
        tail, after = rest_of(frame, k), op[k, F_NEXT]
        if after >= 0:
            tail = max(tail, op[after, F_TAIL] + op[after, F_RUN])
        else:
            tail = max(tail, frame.edge[op[k, F_MACHINE], BEHIND])
        op[k, F_TAIL] = tail
