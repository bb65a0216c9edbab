"""Heads and tails after a change, over the operations that it reaches and no others.

Both ways are written out, with heads and tails as in `line`: to call those functions, or one loop
for both ways, costs two fifths of the moves per second.
"""

from .line import setup
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
    MACHINE,
    RELEASE,
    REST,
    RUN,
    SLOT,
    TAIL,
    WAY,
    Plan,
    Shop,
    Table,
)


@njit
def touch(dirty: Table, v: int) -> int:
    """Mark an operation to be visited; answers 1 if it was not marked before."""
    if v == len(dirty) - 1 or dirty[v] == 1:
        return 0
    dirty[v] = 1
    return 1


@njit
def touch_all(dirty: Table, operations: Table, first: int, last: int) -> int:
    """Mark some of a list of operations."""
    touched = 0
    for e in range(first, last):
        touched += touch(dirty, operations[e])
    return touched


@njit
def forward(shop: Shop, plan: Plan, rank: int, touched: int) -> int:
    """Set the heads of all marked operations, none of them ahead of a rank, and of what follows.

    Returns
    -------
    Number of heads set.
    """
    fixed, before, after = shop.op, shop.before, shop.after
    op, slot, order, dirty = plan.op, plan.slot, plan.order, plan.dirty
    n = len(order)
    visited = 0
    while touched > 0:
        v = order[rank]
        rank += 1
        if dirty[v] == 0:
            continue
        dirty[v] = 0
        touched -= 1
        visited += 1
        job = fixed[v, RELEASE]
        for e in range(fixed[v, BEFORE_FROM], fixed[v, BEFORE_TO]):
            w = before[e]
            job = max(job, op[w, HEAD] + op[w, RUN])
        op[v, JOB_HEAD] = job
        place = op[v, SLOT]
        a = slot[place - 1]
        at = op[a, HEAD] + op[a, RUN]
        if op[v, FAMILY] >= 0:
            at += _setup_ahead(shop, plan, v, a)
        at = max(at, job)
        if at != op[v, HEAD]:
            least = max(at, op[v, HEAD] + 1) + op[v, RUN]  # of heads that do not depend on v
            op[v, HEAD] = at
            b = slot[place + 1]
            if b < n and dirty[b] == 0 and (op[b, HEAD] < least or op[b, FAMILY] >= 0):
                dirty[b] = 1
                touched += 1
            for e in range(fixed[v, AFTER_FROM], fixed[v, AFTER_TO]):
                b = after[e]
                if dirty[b] == 0 and op[b, JOB_HEAD] < least:
                    if op[b, HEAD] >= least and fixed[b, BEFORE_TO] - fixed[b, BEFORE_FROM] == 1:
                        op[b, JOB_HEAD] = max(fixed[b, RELEASE], at + op[v, RUN])
                        continue
                    dirty[b] = 1
                    touched += 1
    return visited


@njit
def backward(shop: Shop, plan: Plan, rank: int, touched: int) -> int:
    """Set the tails of all marked operations, none of them behind a rank, and of what leads there.

    Returns
    -------
    Number of tails set.
    """
    fixed, before, after = shop.op, shop.before, shop.after
    op, slot, order, dirty = plan.op, plan.slot, plan.order, plan.dirty
    n = len(order)
    visited = 0
    while touched > 0:
        v = order[rank]
        rank -= 1
        if dirty[v] == 0:
            continue
        dirty[v] = 0
        touched -= 1
        visited += 1
        job = fixed[v, REST]
        for e in range(fixed[v, AFTER_FROM], fixed[v, AFTER_TO]):
            w = after[e]
            job = max(job, op[w, TAIL] + op[w, RUN])
        op[v, JOB_TAIL] = job
        place = op[v, SLOT]
        b = slot[place + 1]
        rest = op[b, TAIL] + op[b, RUN]
        if op[v, FAMILY] >= 0:
            rest += _setup_ahead(shop, plan, b, v)
        rest = max(rest, job)
        if rest != op[v, TAIL]:
            least = max(rest, op[v, TAIL] + 1) + op[v, RUN]  # of tails that do not depend on v
            op[v, TAIL] = rest
            a = slot[place - 1]
            if a < n and dirty[a] == 0 and (op[a, TAIL] < least or op[a, FAMILY] >= 0):
                dirty[a] = 1
                touched += 1
            for e in range(fixed[v, BEFORE_FROM], fixed[v, BEFORE_TO]):
                a = before[e]
                if dirty[a] == 0 and op[a, JOB_TAIL] < least:
                    if op[a, TAIL] >= least and fixed[a, AFTER_TO] - fixed[a, AFTER_FROM] == 1:
                        op[a, JOB_TAIL] = max(fixed[a, REST], rest + op[v, RUN])
                        continue
                    dirty[a] = 1
                    touched += 1
    return visited


@njit
def _setup_ahead(shop: Shop, plan: Plan, v: int, a: int) -> int:
    machine = shop.way[plan.op[a, WAY], MACHINE]
    return setup(shop, machine, plan.op[a, FAMILY], plan.op[v, FAMILY])
