"""List scheduling: whenever a machine is free, it takes the operation that a rule likes best."""

import numpy as np

from ...kernels.filling import fill
from ...kernels.heap import pop, push
from .njit import njit, njit_that_allocates
from .side import (
    BEFORE,
    MACHINE,
    NEXTS,
    OPERATION,
    RUN,
    SHORTEST,
    WAYS,
    Floats,
    Ints32,
    Ints64,
)

# What a rule weighs, by column of its weights; see `rules.Rule`.
OWN_RUN, QUEUE, LOAD, WAIT, SLOW = range(5)

# Columns of the floor, shape (M + 1, 6): where the places of each machine's queue begin, its
# length, where the machine looks next, when it is free, runs in the queue, runs not yet begun [s].
PLACES, LENGTH, CURSOR, FREE, QUEUED, LEFT = range(6)

# Columns of the progress, shape (N, 2): when an operation may start [s]; operations before it
# that have not begun, or `BEGUN`. An end is known as soon as an operation starts, so the next one
# joins its queue then.
READY, WAITS = range(2)
BEGUN = -1

LOOKED_AT = 256  # of a longer queue a machine looks at so many, and next time at the others
NEVER = 1 << 62


@njit_that_allocates
def list_schedule(
    operations: Ints32,
    nexts: Ints32,
    ways: Ints32,
    floor: Ints64,
    release: Ints32,
    urgency: Floats,
    weights: Floats,
    start: Ints64,
    chosen: Ints32,
) -> None:
    """Simulate the shop, event by event, in O(N log M) where queues are short.

    A free machine compares the operations in its queue that could start first, or within
    ``weights[WAIT]`` of a run after that (Giffler & Thompson 1960; Storer, Wu & Vaccari 1992),
    and prefers great urgency, short runs, short queues on the next machine ("work in next queue")
    and next machines that have much to do. It stays idle if the preferred one is still to come.

    Parameters
    ----------
    operations, nexts, ways
        The shop from one side; see `side`.
    floor : shape (M + 1, 6)
        Its places are given; the rest is set here.
    release : shape (N,) [s]
    urgency : shape (N,)
        For example what is left of the job [s].
    weights : shape (5,)
    start : shape (N,) [s], chosen : shape (N,)
        Are filled with the start and the way of each operation.
    """
    count, machines = release.shape[0], floor.shape[0] - 1
    progress = np.empty((count, 2), dtype=np.int64)
    queue = np.empty(ways.shape[0], dtype=np.int32)
    keys = np.empty(machines + count + 1, dtype=np.float64)
    items = np.empty(machines + count + 1, dtype=np.int64)
    marked, news = np.zeros(machines, dtype=np.int32), np.empty(machines, dtype=np.int32)
    events = _open(operations, ways, floor, release, progress, queue, keys, items)
    fresh, now = 0, 0
    for machine in range(machines):
        fresh = _mark(marked, news, fresh, machine)
    while True:
        for k in range(fresh):
            machine = news[k]
            marked[machine] = 0
            if floor[machine, FREE] > now or floor[machine, LENGTH] == 0:
                continue
            way = _choose(
                operations, nexts, ways, floor, progress, queue, urgency, weights, machine, now
            )
            if way < 0:
                continue
            i, end = ways[way, OPERATION], now + ways[way, RUN]
            start[i], chosen[i] = now, way
            events = push(keys, items, 0, events, float(end), i)
            _begin(operations, nexts, ways, floor, progress, queue, way, end)
        if events == 0:
            return
        fresh, now = 0, int(keys[0])
        while events > 0 and keys[0] == now:
            item = items[0]
            events = pop(keys, items, 0, events)
            if item >= count:
                i = item - count
                for way in range(operations[i, WAYS], operations[i + 1, WAYS]):
                    fresh = _mark(marked, news, fresh, ways[way, MACHINE])
                continue
            fresh = _mark(marked, news, fresh, ways[chosen[item], MACHINE])
            for arc in range(operations[item, NEXTS], operations[item + 1, NEXTS]):
                i = nexts[arc]
                for way in range(operations[i, WAYS], operations[i + 1, WAYS]):
                    fresh = _mark(marked, news, fresh, ways[way, MACHINE])


@njit
def _mark(marked: Ints32, news: Ints32, fresh: int, machine: int) -> int:
    """Let a machine look at its queue at this moment."""
    if marked[machine]:
        return fresh
    marked[machine] = 1
    news[fresh] = machine
    return fresh + 1


@njit
def _open(
    operations: Ints32,
    ways: Ints32,
    floor: Ints64,
    release: Ints32,
    progress: Ints64,
    queue: Ints32,
    keys: Floats,
    items: Ints64,
) -> int:
    """Set the floor before the first operation begins; answers the number of events to come."""
    count, events = release.shape[0], 0
    for machine in range(len(floor)):
        fill(floor[machine, LENGTH:], 0)
    for way in range(ways.shape[0]):
        floor[ways[way, MACHINE], LEFT] += ways[way, RUN]
    for i in range(count):
        progress[i, READY], progress[i, WAITS] = release[i], operations[i, BEFORE]
        if release[i] > 0:
            events = push(keys, items, 0, events, float(release[i]), count + i)
        if progress[i, WAITS] == 0:
            _join(operations, ways, floor, queue, i)
    return events


@njit
def _join(operations: Ints32, ways: Ints32, floor: Ints64, queue: Ints32, i: int) -> None:
    """Put an operation into the queue of each machine that can do it."""
    for way in range(operations[i, WAYS], operations[i + 1, WAYS]):
        machine = ways[way, MACHINE]
        queue[floor[machine, PLACES] + floor[machine, LENGTH]] = way
        floor[machine, LENGTH] += 1
        floor[machine, QUEUED] += ways[way, RUN]


@njit
def _begin(
    operations: Ints32,
    nexts: Ints32,
    ways: Ints32,
    floor: Ints64,
    progress: Ints64,
    queue: Ints32,
    way: int,
    end: int,
) -> None:
    """Start an operation that will end then."""
    i = ways[way, OPERATION]
    progress[i, WAITS] = BEGUN
    floor[ways[way, MACHINE], FREE] = end
    for other in range(operations[i, WAYS], operations[i + 1, WAYS]):
        floor[ways[other, MACHINE], QUEUED] -= ways[other, RUN]
        floor[ways[other, MACHINE], LEFT] -= ways[other, RUN]
    for arc in range(operations[i, NEXTS], operations[i + 1, NEXTS]):
        after = nexts[arc]
        progress[after, WAITS] -= 1
        progress[after, READY] = max(progress[after, READY], end)
        if progress[after, WAITS] == 0:
            _join(operations, ways, floor, queue, after)


@njit
def _choose(
    operations: Ints32,
    nexts: Ints32,
    ways: Ints32,
    floor: Ints64,
    progress: Ints64,
    queue: Ints32,
    urgency: Floats,
    weights: Floats,
    machine: int,
    now: int,
) -> int:
    """Take an operation out of a free machine's queue; the way, or -1 if it waits for one."""
    latest = _latest_start(ways, floor, progress, queue, weights[WAIT], machine, now)
    first, k, length = floor[machine, PLACES], floor[machine, CURSOR], floor[machine, LENGTH]
    chosen, place, most = -1, np.int64(-1), 0.0
    for _ in range(min(length, LOOKED_AT)):
        if k >= length:
            k = 0
        way = queue[first + k]
        i = ways[way, OPERATION]
        if progress[i, WAITS] != BEGUN and max(progress[i, READY], now) <= latest:
            run = ways[way, RUN]
            worth = urgency[i] - weights[OWN_RUN] * run
            worth -= weights[SLOW] * (run - operations[i, SHORTEST])
            worth += _pull(operations, nexts, ways, floor, weights, i, now, now + run)
            if chosen < 0 or worth > most or (worth == most and way < chosen):
                chosen, place, most = way, k, worth
        k += 1
    if length > LOOKED_AT:
        floor[machine, CURSOR] = (floor[machine, CURSOR] + LOOKED_AT) % length
    if chosen < 0 or progress[ways[chosen, OPERATION], READY] > now:
        return -1
    floor[machine, LENGTH] = length - 1
    queue[first + place] = queue[first + length - 1]
    return chosen


@njit
def _latest_start(
    ways: Ints32,
    floor: Ints64,
    progress: Ints64,
    queue: Ints32,
    wait: float,
    machine: int,
    now: int,
) -> float:
    """Operations that can start up to then are compared; drops those begun elsewhere."""
    first, length = floor[machine, PLACES], floor[machine, LENGTH]
    seen, k, latest = 0, floor[machine, CURSOR], float(NEVER)
    while seen < min(length, LOOKED_AT):
        if k >= length:
            k = 0
        way = queue[first + k]
        i = ways[way, OPERATION]
        if progress[i, WAITS] == BEGUN:
            length -= 1
            queue[first + k] = queue[first + length]
            continue
        latest = min(latest, max(progress[i, READY], now) + wait * ways[way, RUN])
        seen, k = seen + 1, k + 1
    floor[machine, LENGTH] = length
    return latest


@njit
def _pull(
    operations: Ints32,
    nexts: Ints32,
    ways: Ints32,
    floor: Ints64,
    weights: Floats,
    i: int,
    now: int,
    end: int,
) -> float:
    """How much the machines that come next want operation i, which would end then."""
    least, left = NEVER, 0
    for arc in range(operations[i, NEXTS], operations[i + 1, NEXTS]):
        after = nexts[arc]
        for way in range(operations[after, WAYS], operations[after + 1, WAYS]):
            machine = ways[way, MACHINE]
            free = max(now, floor[machine, FREE]) + floor[machine, QUEUED]
            if free < least:
                least, left = free, floor[machine, LEFT]
    if least == NEVER:
        return 0.0
    return weights[LOAD] * left - weights[QUEUE] * max(0, least - end)
