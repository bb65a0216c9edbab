"""One operation of a window goes to another place: order and sequences follow, and back again.

After Mastrolilli & Gambardella 2000 (Journal of Scheduling 3:3), with the order kept topological as
by Pearce & Kelly 2007 (ACM Journal of Experimental Algorithmics 11).
"""

from .floor import BEHIND, FREE
from .frame import (
    F_AFTER_FROM,
    F_AFTER_TO,
    F_BEFORE_FROM,
    F_BEFORE_TO,
    F_HEAD,
    F_MACHINE,
    F_NEXT,
    F_PLACE,
    F_PREV,
    F_RUN,
    F_TAIL,
    NONE,
    Frame,
    ready_of,
    rest_of,
)
from .njit import njit
from .side import Ints32

FAR = 1 << 40


@njit
def best_gap(frame: Frame, v: int, machine: int, run: int) -> tuple[int, int, int]:
    """The best place for an operation on a machine that it is not on.

    No successor of v may lead to who stands ahead, and who stands behind may not lead to a
    predecessor of v: heads tell, for whoever leads to another ends before it starts.

    Returns
    -------
    Whom to stand behind, or NONE; whom to stand ahead of, or NONE; the longest path through v
    there by heads and tails as they are, or `FAR` if there is no place [s].
    """
    op, arc, edge = frame.op, frame.arc, frame.edge
    until, since = FAR, -FAR
    for e in range(op[v, F_AFTER_FROM], op[v, F_AFTER_TO]):
        until = min(until, op[arc[e], F_HEAD] + op[arc[e], F_RUN])
    for e in range(op[v, F_BEFORE_FROM], op[v, F_BEFORE_TO]):
        since = max(since, op[arc[e], F_HEAD])
    ready, rest = ready_of(frame, v), rest_of(frame, v)
    left, right, best, best_left, best_right = NONE, frame.line[machine, 0], FAR, NONE, NONE
    end = edge[machine, FREE]
    while True:
        if right < 0:
            length = max(ready, end) + run + max(rest, edge[machine, BEHIND])
            if length < best:
                best, best_left, best_right = length, left, right
            break
        finish = op[right, F_HEAD] + op[right, F_RUN]
        if finish > since and not _is_among(arc, op[v, F_BEFORE_FROM], op[v, F_BEFORE_TO], right):
            behind = op[right, F_TAIL] + op[right, F_RUN]
            length = max(ready, end) + run + max(rest, behind)
            if length < best:
                best, best_left, best_right = length, left, right
        is_far = op[right, F_HEAD] >= until
        if is_far or _is_among(arc, op[v, F_AFTER_FROM], op[v, F_AFTER_TO], right):
            break
        left, right, end = right, op[right, F_NEXT], finish
    return best_left, best_right, best


@njit
def can_pass(frame: Frame, u: int, v: int) -> bool:
    """Whether u can surely go behind v, its neighbour on its machine."""
    op, arc = frame.op, frame.arc
    for e in range(op[u, F_AFTER_FROM], op[u, F_AFTER_TO]):
        s = arc[e]
        if s == v or op[v, F_HEAD] >= op[s, F_HEAD] + op[s, F_RUN]:
            return False
    return True


@njit
def _is_among(arc: Ints32, first: int, last: int, k: int) -> bool:
    found = False
    for e in range(first, last):
        found |= arc[e] == k
    return found


@njit
def take_out(frame: Frame, v: int) -> None:
    """Close the gap that an operation leaves on its machine."""
    op, line = frame.op, frame.line
    left, right, machine = op[v, F_PREV], op[v, F_NEXT], op[v, F_MACHINE]
    if left >= 0:
        op[left, F_NEXT] = right
    else:
        line[machine, 0] = right
    if right >= 0:
        op[right, F_PREV] = left
    else:
        line[machine, 1] = left
    op[v, F_PREV], op[v, F_NEXT] = NONE, NONE


@njit
def put_in(frame: Frame, v: int, machine: int, left: int, right: int) -> None:
    """Put an operation that is nowhere between two neighbours on a machine."""
    op, line = frame.op, frame.line
    op[v, F_MACHINE], op[v, F_PREV], op[v, F_NEXT] = machine, left, right
    if left >= 0:
        op[left, F_NEXT] = v
    else:
        line[machine, 0] = v
    if right >= 0:
        op[right, F_PREV] = v
    else:
        line[machine, 1] = v


@njit
def make_room(frame: Frame, v: int, left: int, right: int) -> tuple[int, int]:
    """Mend the order for an operation that is nowhere and is to go between two neighbours.

    Returns
    -------
    The places that changed, first and last, as they were in ``frame.old``; the last is before the
    first if none did.
    """
    op, at = frame.op, frame.at
    here = op[v, F_PLACE]
    if left >= 0 and op[left, F_PLACE] > here:
        first, last, step = here, op[left, F_PLACE], 1
        begin, end, link = F_BEFORE_FROM, F_BEFORE_TO, F_PREV
    elif right >= 0 and op[right, F_PLACE] < here:
        first, last, step = here, op[right, F_PLACE], -1
        begin, end, link = F_AFTER_FROM, F_AFTER_TO, F_NEXT
    else:
        return 0, -1
    held, mark = frame.held, frame.mark
    count, to = 1, first
    held[0], mark[v] = v, 1
    frame.old[first] = v
    place = first
    while place != last:
        place += step
        k = at[place]
        frame.old[place] = k
        neighbour = op[k, link]
        goes = neighbour >= 0 and mark[neighbour] == 1
        e = op[k, begin]
        while not goes and e < op[k, end]:
            goes = mark[frame.arc[e]] == 1
            e += 1
        if goes:
            mark[k] = 1
            held[count] = k
            count += 1
        else:
            at[to], op[k, F_PLACE] = k, to
            to += step
    for i in range(count):
        k = held[i]
        mark[k] = 0
        at[to], op[k, F_PLACE] = k, to
        to += step
    return min(first, last), max(first, last)


@njit
def give_back_room(frame: Frame, first: int, last: int) -> None:
    """Put places of the order back as they were."""
    for place in range(first, last + 1):
        k = frame.old[place]
        frame.at[place], frame.op[k, F_PLACE] = k, place
