"""No plan of a shop is shorter than this."""

import heapq

import numpy as np

from ..arrays import distinct
from ..circle import arc_of_circle
from .kernels.construct import shortest_heads, shortest_rests, topological
from .kernels.tables import Longs
from .packing import packed
from .shop import PlainShop

_SETS = 100  # groups of machines that are looked at
_STEPS = 40  # earliest starts that are looked at in each


def lower_bound(shop: PlainShop) -> int:
    """Bound the makespan by jobs, machines and groups of machines [s].

    The longest chain of shortest runs; for each machine the preemptive schedule of what only it
    can do, which is optimal (Jackson 1955; Carlier 1982, EJOR 11:42); for each group of machines
    the work that nothing else can do, after the earliest start and before the shortest rest of
    its operations. Setups are not counted.
    """
    if not len(shop):
        return 0
    run, (head, rest) = shortest_runs(shop), heads_and_rests(shop)
    bound = int((head + run + rest).max())
    groups = _groups(shop)
    for machines in _heaviest(groups, run):
        inside = [row for other, rows in groups.items() if other <= machines for row in rows]
        rows = np.array(inside, dtype=np.int64)
        if len(machines) == 1:
            bound = max(bound, _one_machine(head[rows], run[rows], rest[rows]))
        else:
            bound = max(bound, _shared(head[rows], run[rows], rest[rows], len(machines)))
    return bound


def shortest_runs(shop: PlainShop) -> Longs:
    """The run of each operation in its shortest way [s]."""
    if not len(shop):
        return np.zeros(0, dtype=np.int64)
    return np.minimum.reduceat(shop.duration, shop.first_alternative[:-1]).astype(np.int64)


def refuse_circle(shop: PlainShop) -> None:
    """Refuse a shop in which an operation waits for itself, with an arc of the circle."""
    after = np.repeat(np.arange(len(shop)), np.diff(shop.first_predecessor)).tolist()
    arc = arc_of_circle(len(shop), zip(shop.predecessor.tolist(), after, strict=True))
    if arc is not None:
        raise ValueError(
            "An operation waits for itself. Take out one arc of the circle, such as that from "
            f"operation {arc[0]} to {arc[1]}."
        )


def heads_and_rests(shop: PlainShop) -> tuple[Longs, Longs]:
    """Earliest start of each operation, and the least that follows its end, without any queue.

    Raises
    ------
    ValueError
        If an operation waits for itself.
    """
    tables, count = packed(shop), len(shop)
    order, waits = np.zeros((2, count), dtype=np.int32)
    head, rest = np.zeros((2, count), dtype=np.int64)
    if topological(tables, waits, order) < count:
        refuse_circle(shop)
    shortest_heads(tables, order, head)
    shortest_rests(tables, order, rest)
    return head, rest


def _groups(shop: PlainShop) -> dict[frozenset[int], list[int]]:
    """Operations by the set of machines that can do them."""
    groups: dict[frozenset[int], list[int]] = {}
    machine, first = shop.machine.tolist(), shop.first_alternative.tolist()
    for row in range(len(shop)):
        groups.setdefault(frozenset(machine[first[row] : first[row + 1]]), []).append(row)
    groups.setdefault(frozenset(machine), [])
    return groups


def _heaviest(groups: dict[frozenset[int], list[int]], run: Longs) -> list[frozenset[int]]:
    """The groups with most work per machine, those of one machine and that of all first."""
    alone = {machines: int(run[rows].sum()) / len(machines) for machines, rows in groups.items()}
    widest = max(len(machines) for machines in groups)
    ranked = sorted(groups, key=lambda each: (1 < len(each) < widest, -alone[each], sorted(each)))
    return ranked[: max(_SETS, sum(len(each) == 1 for each in groups) + 1)]


def _one_machine(head: Longs, run: Longs, rest: Longs) -> int:
    """Length of the preemptive schedule that always works at what has most to follow."""
    coming = np.argsort(head, kind="stable").tolist()
    ready: list[tuple[int, int]] = []
    left, now, longest, i = run.tolist(), 0, 0, 0
    while i < len(coming) or ready:
        if not ready:
            now = max(now, int(head[coming[i]]))
        while i < len(coming) and head[coming[i]] <= now:
            heapq.heappush(ready, (-int(rest[coming[i]]), coming[i]))
            i += 1
        row = ready[0][1]
        until = now + left[row]
        if i < len(coming):
            until = min(until, int(head[coming[i]]))
        left[row] -= until - now
        now = until
        if left[row] == 0:
            heapq.heappop(ready)
            longest = max(longest, now + int(rest[row]))
    return longest


def _shared(head: Longs, run: Longs, rest: Longs, machines: int) -> int:
    """Work of operations that start late and have much to follow, shared by all machines."""
    by_rest = np.argsort(-rest, kind="stable")
    head, run, rest = head[by_rest], run[by_rest], rest[by_rest]
    starts = distinct(head)
    starts = starts[np.linspace(0, len(starts) - 1, min(_STEPS, len(starts))).astype(np.int64)]
    longest = 0
    for start in starts.tolist():
        later = head >= start
        shares = -(-np.cumsum(run[later]) // machines)
        longest = max(longest, int((start + shares + rest[later]).max()))
    return longest
