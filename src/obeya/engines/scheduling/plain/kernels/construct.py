"""A first plan: one operation after the other, by rule and chance."""

from ...kernels.chance import Chance, uniform
from ...kernels.filling import fill
from .line import setup
from .njit import njit_that_allocates as njit
from .tables import (
    AFTER_FROM,
    AFTER_TO,
    BEFORE_FROM,
    BEFORE_TO,
    DURATION,
    KIND,
    MACHINE,
    RELEASE,
    REST,
    WAY_FROM,
    WAY_TO,
    Longs,
    Shop,
    Table,
)


@njit
def shortest_rests(shop: Shop, order: Table, rest: Longs) -> None:
    """What must follow each operation if nothing ever waits.

    Parameters
    ----------
    order : shape (N,)
        A topological order.
    rest : shape (N,)
        Filled with seconds after the end of each operation.
    """
    for i in range(len(order) - 1, -1, -1):
        v = order[i]
        rest[v] = shop.op[v, REST]
        for e in range(shop.op[v, AFTER_FROM], shop.op[v, AFTER_TO]):
            w = shop.after[e]
            rest[v] = max(rest[v], rest[w] + _shortest(shop, w))


@njit
def shortest_heads(shop: Shop, order: Table, head: Longs) -> None:
    """Earliest start of each operation if nothing ever waits for a machine.

    Parameters
    ----------
    order : shape (N,)
        A topological order.
    head : shape (N,)
        Filled with seconds.
    """
    for i in range(len(order)):
        v = order[i]
        head[v] = shop.op[v, RELEASE]
        for e in range(shop.op[v, BEFORE_FROM], shop.op[v, BEFORE_TO]):
            w = shop.before[e]
            head[v] = max(head[v], head[w] + _shortest(shop, w))


@njit
def _shortest(shop: Shop, v: int) -> int:
    shortest = shop.way[shop.op[v, WAY_FROM], DURATION]
    for way in range(shop.op[v, WAY_FROM], shop.op[v, WAY_TO]):
        shortest = min(shortest, shop.way[way, DURATION])
    return shortest


@njit
def topological(shop: Shop, waits: Table, order: Table) -> int:
    """Write operations so that each comes behind its predecessors; answers how many it could."""
    count = 0
    for v in range(len(order)):
        waits[v] = shop.op[v, BEFORE_TO] - shop.op[v, BEFORE_FROM]
        if waits[v] == 0:
            order[count] = v
            count += 1
    i = 0
    while i < count:
        v = order[i]
        i += 1
        for e in range(shop.op[v, AFTER_FROM], shop.op[v, AFTER_TO]):
            w = shop.after[e]
            waits[w] -= 1
            if waits[w] == 0:
                order[count] = w
                count += 1
    return count


@njit
def construct(
    shop: Shop,
    rest: Longs,
    pull: float,
    noise: float,
    chance: Chance,
    scratch: Longs,
    order: Table,
    way: Table,
) -> None:
    """Start whatever can start soonest, and has most to follow, where it ends soonest.

    Parameters
    ----------
    rest : shape (N,)
        What must follow each operation.
    pull, noise
        An operation with a rest of s seconds may start up to ``pull * s`` later than another
        and still go first; noise spreads the pull from operation to operation.
    scratch : shape (4, max(N, M))
    order, way : shape (N,)
        Filled with the plan.
    """
    waits, ready, free, last = scratch[0], scratch[1], scratch[2], scratch[3]
    n, many = len(order), 0
    fill(free, 0)
    fill(last, -1)
    begin = rest.copy()
    for v in range(n):
        waits[v] = shop.op[v, BEFORE_TO] - shop.op[v, BEFORE_FROM]
        begin[v] = shop.op[v, RELEASE]
        if waits[v] == 0:
            ready[many] = v
            many += 1
    for i in range(n):
        best, taken, best_way, best_end = 1e18, 0, 0, 0
        for j in range(many):
            v = ready[j]
            chosen, at, end = _soonest(shop, free, last, v, begin[v])
            key = at - rest[v] * (pull + noise * uniform(chance))
            if key < best:
                best, taken, best_way, best_end = key, j, chosen, end
        v = ready[taken]
        many -= 1
        ready[taken] = ready[many]
        order[i], way[v] = v, best_way
        machine = shop.way[best_way, MACHINE]
        free[machine], last[machine] = best_end, shop.way[best_way, KIND]
        for e in range(shop.op[v, AFTER_FROM], shop.op[v, AFTER_TO]):
            w = shop.after[e]
            waits[w] -= 1
            begin[w] = max(begin[w], best_end)
            if waits[w] == 0:
                ready[many] = w
                many += 1


@njit
def _soonest(shop: Shop, free: Longs, last: Longs, v: int, ready: int) -> tuple[int, int, int]:
    """Way on which an operation ends soonest, its start there and its end."""
    chosen, at, end = -1, 0, 0
    for way in range(shop.op[v, WAY_FROM], shop.op[v, WAY_TO]):
        machine = shop.way[way, MACHINE]
        change = setup(shop, machine, last[machine], shop.way[way, KIND])
        begin = max(ready, free[machine] + change)
        if chosen < 0 or begin + shop.way[way, DURATION] < end:
            chosen, at, end = way, begin, begin + shop.way[way, DURATION]
    return chosen, at, end
