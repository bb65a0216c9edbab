"""Moves inside a block: operations of a critical path that follow one another on one machine."""

from .line import change
from .njit import njit
from .tables import (
    AFTER_FROM,
    AFTER_TO,
    BEFORE_FROM,
    BEFORE_TO,
    FAMILY,
    HEAD,
    JOB_HEAD,
    JOB_TAIL,
    RUN,
    TAIL,
    Longs,
    Table,
)


@njit
def can_follow(fixed: Table, after: Table, op: Table, u: int, v: int) -> bool:
    """Whether u can surely go behind v, which comes after it on its machine.

    It can if no successor of u leads to v: Balas & Vazacopoulos 1998 (Management Science 44:262)
    by tails, and the same by heads.
    """
    if op[v, TAIL] + op[v, RUN] > op[u, JOB_TAIL]:
        return True
    for e in range(fixed[u, AFTER_FROM], fixed[u, AFTER_TO]):
        s = after[e]
        if s == v or op[v, HEAD] >= op[s, HEAD] + op[s, RUN]:
            return False
    return True


@njit
def can_lead(fixed: Table, before: Table, op: Table, v: int, u: int) -> bool:
    """Whether v can surely go ahead of u, which comes before it on its machine."""
    if op[u, HEAD] + op[u, RUN] > op[v, JOB_HEAD]:
        return True
    for e in range(fixed[v, BEFORE_FROM], fixed[v, BEFORE_TO]):
        s = before[e]
        if s == u or op[u, TAIL] >= op[s, TAIL] + op[s, RUN]:
            return False
    return True


@njit
def estimate(
    line: Longs,
    cells: Table,
    op: Table,
    slot: Table,
    machine: int,
    moved: int,
    place: int,
    scratch: Table,
    limit: int,
) -> int:
    """Length of the longest path through the operations that a move on its machine shifts.

    Heads and tails outside of them are taken as they are (Taillard 1994, ORSA Journal on
    Computing 6:108; Balas & Vazacopoulos 1998).

    Parameters
    ----------
    moved, place
        The operation in slot ``moved`` goes to slot ``place``.
    scratch : shape (at least the slots from one to the other,)
    limit
        Where the length is greater, any length greater than this may be answered.
    """
    first, last = min(moved, place), max(moved, place)
    step = 1 if place > moved else -1
    a = slot[first - 1]
    ready = op[a, HEAD] + op[a, RUN]
    kind = op[a, FAMILY]
    for i in range(first, last + 1):
        w = slot[moved] if i == place else slot[i + step]
        own = op[w, FAMILY]
        if own >= 0:
            ready += change(line, cells, machine, kind, own)
        ready = max(ready, op[w, JOB_HEAD]) + op[w, RUN]
        if ready + op[w, JOB_TAIL] > limit:
            return int(ready + op[w, JOB_TAIL])
        kind = own
        scratch[i - first] = ready
    b = slot[last + 1]
    rest = op[b, TAIL] + op[b, RUN]
    kind = op[b, FAMILY]
    longest = 0
    for i in range(last, first - 1, -1):
        w = slot[moved] if i == place else slot[i + step]
        own = op[w, FAMILY]
        if own >= 0:
            rest += change(line, cells, machine, own, kind)
        rest = max(rest, op[w, JOB_TAIL])
        longest = max(longest, scratch[i - first] + rest)
        rest += op[w, RUN]
        kind = own
    return longest
