"""Annealing of sequences and machines in one window, all the rest of the plan standing still."""

import math

import numpy as np

from ...kernels.chance import below, uniform
from .annealing import MOVES_PER_LOOK, STEEPEST, lowest
from .floor import BEHIND, MACHINE, OPEN, RUN, WAY_FROM, WAY_TO, View
from .frame import (
    F_AFTER_FROM,
    F_AFTER_TO,
    F_HEAD,
    F_MACHINE,
    F_NEXT,
    F_OPERATION,
    F_PLACE,
    F_PREV,
    F_REST,
    F_RUN,
    F_TAIL,
    F_WAY,
    Frame,
    find_tails_inside,
    head_of,
)
from .njit import njit
from .reinsert import FAR, best_gap, can_pass, give_back_room, make_room, put_in, take_out


@njit
def reroute(
    view: View,
    frame: Frame,
    moves: int,
    makespan: int,
    softness: float,
    reach: float,
    temperature: float,
    elsewhere: float,
) -> None:
    """Swap neighbours and change machines, with exact heads, under annealing.

    The cost is that of `anneal`: ``softness * log(sum of exp((length - makespan) / softness))``
    over the longest paths through each operation with followers outside the window.

    Parameters
    ----------
    frame
        Cut out, with its edges.
    softness, reach, temperature
        [s]; an operation whose slack is ``reach`` is moved e times less often than a critical one.
    elsewhere
        Share of the moves that try another machine.
    """
    op, chance, size = frame.op, frame.chance, len(frame.op)
    cost = 0.0
    for k in range(size):
        frame.weight[k] = _weight(frame, k, makespan, softness)
        cost += frame.weight[k]
    look = max(1, int(MOVES_PER_LOOK * size))
    for move in range(moves):
        if move % look == 0:
            find_tails_inside(frame)
        v = below(chance, size)
        slack = makespan - op[v, F_HEAD] - op[v, F_RUN] - op[v, F_TAIL]
        if slack > 0 and uniform(chance) > math.exp(-slack / reach):
            continue
        limit = cost * (uniform(chance) + 1e-12) ** (-temperature / softness)
        i = op[v, F_OPERATION]
        ways = view.op[i, WAY_TO] - view.op[i, WAY_FROM]
        if ways > 1 and uniform(chance) < elsewhere:
            way = view.op[i, WAY_FROM] + below(chance, ways)
            machine, run = view.way[way, MACHINE], view.way[way, RUN]
            if machine == op[v, F_MACHINE]:
                continue
            left, right, length = best_gap(frame, v, machine, run)
            if length == FAR or math.exp(min((length - makespan) / softness, STEEPEST)) > limit:
                continue
        else:
            u = op[v, F_PREV]
            if u < 0 or op[u, F_HEAD] + op[u, F_RUN] < op[v, F_HEAD] or not can_pass(frame, u, v):
                continue
            left, right, v = v, op[v, F_NEXT], u
            way, machine, run = op[v, F_WAY], op[v, F_MACHINE], op[v, F_RUN]
        cost += _try(frame, v, way, machine, run, left, right, cost, limit, makespan, softness)


@njit
def _try(
    frame: Frame,
    v: int,
    way: int,
    machine: int,
    run: int,
    left: int,
    right: int,
    cost: float,
    limit: float,
    makespan: int,
    softness: float,
) -> float:
    """Make a move; unless the cost stays within the limit, take it back. Answers the change."""
    op = frame.op
    old_left, old_right = op[v, F_PREV], op[v, F_NEXT]
    old_way, old_machine, old_run = op[v, F_WAY], op[v, F_MACHINE], op[v, F_RUN]
    take_out(frame, v)
    first, last = make_room(frame, v, left, right)
    put_in(frame, v, machine, left, right)
    op[v, F_WAY], op[v, F_RUN] = way, run
    more, logged = 0.0, 0
    if old_right < 0 and old_left >= 0:  # it is the last now
        more += _log(frame, old_left, op[old_left, F_HEAD], logged, makespan, softness)
        logged += 1
    if right < 0 and left >= 0:  # it is the last no more
        more += _log(frame, left, op[left, F_HEAD], logged, makespan, softness)
        logged += 1
    _mark(frame, v)
    _mark(frame, old_right)
    _mark(frame, right)
    rise, logged = _propagate(frame, v, logged, makespan, softness)
    more += rise
    if cost + more <= limit:
        return more
    for entry in range(logged - 1, -1, -1):
        k = frame.log[entry, 0]
        op[k, F_HEAD], frame.weight[k] = frame.log[entry, 1], frame.lost[entry]
    take_out(frame, v)
    give_back_room(frame, first, last)
    put_in(frame, v, old_machine, old_left, old_right)
    op[v, F_WAY], op[v, F_RUN] = old_way, old_run
    return 0.0


@njit
def _propagate(
    frame: Frame, v: int, logged: int, makespan: int, softness: float
) -> tuple[float, int]:
    """Bring heads and weights up to date, place by place, from the marked ones on.

    Returns
    -------
    The change of the cost; how many old heads and weights are in the log.
    """
    op, words = frame.op, frame.words
    more, word = 0.0, 0
    while word < len(words):
        if words[word] == 0:
            word += 1
            continue
        k = frame.at[(word << 6) + lowest(words[word])]
        words[word] &= words[word] - np.uint64(1)
        head = head_of(frame, k)
        if head == op[k, F_HEAD] and k != v:
            continue
        more += _log(frame, k, head, logged, makespan, softness)
        logged += 1
        _mark(frame, op[k, F_NEXT])
        for e in range(op[k, F_AFTER_FROM], op[k, F_AFTER_TO]):
            _mark(frame, frame.arc[e])
    return more, logged


@njit
def _weight(frame: Frame, k: int, makespan: int, softness: float) -> float:
    """The part of an operation in the cost."""
    op = frame.op
    rest = op[k, F_REST]
    if op[k, F_NEXT] < 0:
        rest = max(rest, frame.edge[op[k, F_MACHINE], BEHIND])
    if rest == OPEN:
        return 0.0
    return math.exp(min((op[k, F_HEAD] + op[k, F_RUN] + rest - makespan) / softness, STEEPEST))


@njit
def _log(frame: Frame, k: int, head: int, entry: int, makespan: int, softness: float) -> float:
    """Set a head and its weight, and log the old ones; answers the change of the cost."""
    op, log = frame.op, frame.log
    log[entry, 0], log[entry, 1], frame.lost[entry] = k, op[k, F_HEAD], frame.weight[k]
    op[k, F_HEAD] = head
    frame.weight[k] = _weight(frame, k, makespan, softness)
    return float(frame.weight[k] - frame.lost[entry])


@njit
def _mark(frame: Frame, k: int) -> None:
    if k >= 0:
        place = frame.op[k, F_PLACE]
        frame.words[place >> 6] |= np.uint64(1) << np.uint64(place & 63)
