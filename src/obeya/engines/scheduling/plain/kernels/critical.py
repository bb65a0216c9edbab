"""The critical path of a plan."""

from ...kernels.chance import Chance, below
from .line import change
from .njit import njit
from .tables import (
    BEFORE_FROM,
    BEFORE_TO,
    FAMILY,
    HEAD,
    MACHINE,
    RELEASE,
    REST,
    RUN,
    SLOT,
    WAY,
    Plan,
    Shop,
)


@njit
def critical_path(shop: Shop, plan: Plan, chance: Chance, makespan: int) -> int:
    """Write one critical path, by chance where there are several, into ``plan.path``.

    Returns
    -------
    Its number of operations.
    """
    fixed, before, line, cells = shop.op, shop.before, shop.line, shop.setup
    op, slot, path = plan.op, plan.slot, plan.path
    n = len(op) - 1
    v, ties = n, 0
    for w in shop.last:
        if op[w, HEAD] + op[w, RUN] + fixed[w, REST] == makespan:
            ties += 1
            if ties == 1 or below(chance, ties) == 0:
                v = w
    length = 0
    while v < n:
        path[length] = v
        length += 1
        at, found, ties = op[v, HEAD], n, 0
        if at > fixed[v, RELEASE]:
            a = slot[op[v, SLOT] - 1]
            end = op[a, HEAD] + op[a, RUN]
            if op[v, FAMILY] >= 0:
                machine = shop.way[op[v, WAY], MACHINE]
                end += change(line, cells, machine, op[a, FAMILY], op[v, FAMILY])
            if end == at and a < n:
                found, ties = a, 1
            for e in range(fixed[v, BEFORE_FROM], fixed[v, BEFORE_TO]):
                w = before[e]
                if op[w, HEAD] + op[w, RUN] == at and w != found:
                    ties += 1
                    if ties == 1 or below(chance, ties) == 0:
                        found = w
        v = found
    for i in range(length // 2):
        other = length - 1 - i
        path[i], path[other] = path[other], path[i]
    return length
