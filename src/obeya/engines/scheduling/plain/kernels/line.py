"""Sequences of machines: put together from an order, changed one operation at a time."""

import numpy as np

from ...kernels.filling import fill
from .njit import njit
from .tables import (
    AFTER_FROM,
    AFTER_TO,
    BEFORE_FROM,
    BEFORE_TO,
    DURATION,
    FAMILY,
    HEAD,
    JOB_HEAD,
    JOB_TAIL,
    KIND,
    KINDS,
    MACHINE,
    RELEASE,
    REST,
    RUN,
    SETUP_FROM,
    SLOT,
    SLOT_FROM,
    TAIL,
    WAY,
    Longs,
    Plan,
    Shop,
    Table,
)


@njit
def change(line: Longs, cells: Table, machine: int, before: int, after: int) -> int:
    """Setup on a machine from one family to the next [s]."""
    if before < 0 or after < 0:
        return 0
    return cells[line[machine, SETUP_FROM] + before * line[machine, KINDS] + after]


@njit
def setup(shop: Shop, machine: int, before: int, after: int) -> int:
    """Setup on a machine from one family to the next [s]."""
    return change(shop.line, shop.setup, machine, before, after)


@njit
def put(shop: Shop, plan: Plan, v: int, way: int) -> None:
    """Choose a way for an operation."""
    plan.op[v, WAY] = way
    plan.op[v, RUN] = shop.way[way, DURATION]
    plan.op[v, FAMILY] = shop.way[way, KIND]


@njit
def head(shop: Shop, plan: Plan, v: int) -> int:
    """Earliest start of an operation after those ahead of it; keeps its JOB_HEAD."""
    job = shop.op[v, RELEASE]
    for e in range(shop.op[v, BEFORE_FROM], shop.op[v, BEFORE_TO]):
        w = shop.before[e]
        job = max(job, plan.op[w, HEAD] + plan.op[w, RUN])
    plan.op[v, JOB_HEAD] = job
    a = plan.slot[plan.op[v, SLOT] - 1]
    lost = 0
    if plan.op[v, FAMILY] >= 0:
        machine = shop.way[plan.op[v, WAY], MACHINE]
        lost = setup(shop, machine, plan.op[a, FAMILY], plan.op[v, FAMILY])
    return max(job, plan.op[a, HEAD] + plan.op[a, RUN] + lost)


@njit
def tail(shop: Shop, plan: Plan, v: int) -> int:
    """What must pass after the end of an operation; keeps its JOB_TAIL."""
    job = shop.op[v, REST]
    for e in range(shop.op[v, AFTER_FROM], shop.op[v, AFTER_TO]):
        w = shop.after[e]
        job = max(job, plan.op[w, TAIL] + plan.op[w, RUN])
    plan.op[v, JOB_TAIL] = job
    b = plan.slot[plan.op[v, SLOT] + 1]
    lost = 0
    if plan.op[v, FAMILY] >= 0:
        machine = shop.way[plan.op[v, WAY], MACHINE]
        lost = setup(shop, machine, plan.op[v, FAMILY], plan.op[b, FAMILY])
    return max(job, plan.op[b, TAIL] + plan.op[b, RUN] + lost)


@njit
def decode(shop: Shop, plan: Plan, order: Table, way: Table) -> int:
    """Line operations up in a topological order, each on its way; answers the makespan."""
    n = len(order)
    fill(plan.slot, n)
    fill(plan.length, 0)
    for i in range(n):
        v = order[i]
        plan.order[i] = v
        plan.rank[v] = i
        put(shop, plan, v, way[v])
        machine = shop.way[way[v], MACHINE]
        place = shop.line[machine, SLOT_FROM] + plan.length[machine]
        plan.slot[place] = v
        plan.op[v, SLOT] = place
        plan.length[machine] += 1
        plan.op[v, HEAD] = head(shop, plan, v)
    for i in range(n - 1, -1, -1):
        v = order[i]
        plan.op[v, TAIL] = tail(shop, plan, v)
    return makespan(shop, plan)


@njit
def makespan(shop: Shop, plan: Plan) -> int:
    """Greatest end plus rest of all operations."""
    longest = 0
    for v in shop.last:
        longest = max(longest, plan.op[v, HEAD] + plan.op[v, RUN] + shop.op[v, REST])
    return longest


@njit
def shift(plan: Plan, v: int, place: int) -> None:
    """Move an operation to another slot of its machine; those between make room."""
    here = plan.op[v, SLOT]
    step = np.int32(1) if place > here else np.int32(-1)
    while here != place:
        w = plan.slot[here + step]
        plan.slot[here] = w
        plan.op[w, SLOT] = here
        here += step
    plan.slot[place] = v
    plan.op[v, SLOT] = place


@njit
def take_out(shop: Shop, plan: Plan, v: int) -> None:
    """Take an operation off its machine; those behind close up."""
    n = len(plan.order)
    machine = shop.way[plan.op[v, WAY], MACHINE]
    end = shop.line[machine, SLOT_FROM] + plan.length[machine] - 1
    for place in range(plan.op[v, SLOT], end):
        w = plan.slot[place + 1]
        plan.slot[place] = w
        plan.op[w, SLOT] = place
    plan.slot[end] = n
    plan.length[machine] -= 1


@njit
def put_in(shop: Shop, plan: Plan, v: int, way: int, place: int) -> None:
    """Put an operation that is nowhere into a slot of the machine of a way."""
    machine = shop.way[way, MACHINE]
    for other in range(shop.line[machine, SLOT_FROM] + plan.length[machine], place, -1):
        w = plan.slot[other - 1]
        plan.slot[other] = w
        plan.op[w, SLOT] = other
    plan.slot[place] = v
    plan.op[v, SLOT] = place
    plan.length[machine] += 1
    put(shop, plan, v, way)
