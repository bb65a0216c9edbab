"""Plain shops by chance, and what is true of them by definition."""

import itertools

import numpy as np

from obeya.engines.scheduling.plain import NO_SETUPS, PlainSetups, PlainShop
from obeya.engines.scheduling.plain.shop import frozen_ints32

KINDS = ("job shop", "flexible", "graph", "setups")


def random_shop(kind: str, seed: int, *, jobs: int, machines: int, most: int) -> PlainShop:
    """A shop of one kind whose jobs have up to ``most`` operations; jobs come back to machines."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    operations = rng.integers(1, most + 1, jobs)
    count = int(operations.sum())
    ways = np.ones(count, dtype=np.int64)
    if kind != "job shop":
        ways = rng.integers(1, machines + 1, count)
    machine = np.concatenate([rng.permutation(machines)[:each] for each in ways])
    duration = rng.integers(1, 10, len(machine))
    setups = _setups(rng, machines, machine) if kind == "setups" else NO_SETUPS
    if kind != "graph":
        return PlainShop.of_jobs(
            machines,
            operations=operations,
            alternatives=ways,
            machine=machine,
            duration=duration,
            setups=setups,
        )
    before, after = np.triu_indices(count, 1)
    kept = rng.random(len(before)) < 1.5 / count
    number = rng.permutation(count)  # arcs that do not always lead to a later number
    return PlainShop.of_arcs(
        machines,
        alternatives=ways,
        machine=machine,
        duration=duration,
        before=number[before[kept]],
        after=number[after[kept]],
    )


def _setups(rng: np.random.Generator, machines: int, machine: np.ndarray) -> PlainSetups:
    family = rng.integers(-1, 3, len(machine))
    cells = rng.integers(0, 6, (machines, 3, 3))
    first = np.arange(machines + 1, dtype=np.int64) * 9
    return PlainSetups(
        frozen_ints32([3] * machines), first, frozen_ints32(cells.ravel()), frozen_ints32(family)
    )


def shortest_makespan(shop: PlainShop) -> int:
    """Try all choices of ways and all orders: start each operation as soon as it can."""
    count = len(shop)
    first = shop.first_alternative.tolist()
    before = [
        set(shop.predecessor[shop.first_predecessor[i] : shop.first_predecessor[i + 1]].tolist())
        for i in range(count)
    ]
    orders = [
        order
        for order in itertools.permutations(range(count))
        if all(before[v] <= set(order[:i]) for i, v in enumerate(order))
    ]
    choices = itertools.product(*(range(first[i], first[i + 1]) for i in range(count)))
    return min(_length(shop, before, order, way) for way in choices for order in orders)


def _length(
    shop: PlainShop, before: list[set[int]], order: tuple[int, ...], way: tuple[int, ...]
) -> int:
    end: dict[int, int] = {}
    last: dict[int, int] = {}  # way of the last operation of each machine
    free: dict[int, int] = {}
    for v in order:
        machine = int(shop.machine[way[v]])
        change = 0
        if shop.has_setups and machine in last:
            one, other = shop.setups.family[last[machine]], shop.setups.family[way[v]]
            if min(one, other) >= 0:
                change = int(shop.setups.seconds[machine * 9 + one * 3 + other])
        ready = max([end[w] for w in before[v]], default=0)
        start = max(ready, free.get(machine, 0) + change)
        end[v] = free[machine] = start + int(shop.duration[way[v]])
        last[machine] = way[v]
    return max(end.values())
