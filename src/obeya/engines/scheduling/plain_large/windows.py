"""Improve a plan window by window, two windows at a time where there are two workers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ..kernels.chance import chance_of
from ..plain import PlainShop
from .kernels.annealing import anneal
from .kernels.sequence import (
    AFTER,
    BEFORE,
    COLUMNS,
    HEAD,
    JOB_AFTER,
    JOB_BEFORE,
    RELEASE,
    REST,
    RUN,
    cut_window,
    find_heads,
    find_tails,
    paste_window,
)
from .kernels.side import Ints32, Ints64

Ints = Ints32 | Ints64


def is_fixed_chains(shop: PlainShop) -> bool:
    """Whether each operation has one way, and at most one before it and one after it."""
    rows = (shop.first_predecessor, shop.first_successor, shop.first_alternative)
    return all(int(np.diff(row).max(initial=0)) <= 1 for row in rows)


class WindowSearch:
    """The sequences of one plan, annealed in windows of the order of its starts.

    A sweep goes over the order in overlapping windows, alternately from the left and from the
    right, so that what a window gains reaches the next one. With several workers each sweeps its
    own part of the order: it sees the others' parts as they were at the beginning of the sweep.

    Attributes
    ----------
    makespan : int
        Of the sequences as they are [s]; it may rise while it is hot.
    """

    def __init__(
        self, shop: PlainShop, start: Ints, way: Ints32, *, size: int, workers: int, seed: int
    ) -> None:
        count = len(shop)
        self._way, self._machine = way, shop.machine[way]
        self._links = np.full((count, 4), -1, dtype=np.int32)
        self._times = np.zeros((count, 5), dtype=np.int64)
        self._times[:, RUN] = shop.duration[way]
        self._times[:, RELEASE], self._times[:, REST] = shop.release, shop.tail
        after = np.repeat(np.arange(count), np.diff(shop.first_predecessor))
        self._links[after, JOB_BEFORE] = shop.predecessor
        self._links[shop.predecessor, JOB_AFTER] = after
        self._order = np.empty(count, dtype=np.int32)
        self._local = np.full(count, -1, dtype=np.int32)
        self._ends = np.empty((shop.machines, 2), dtype=np.int32)
        parts = max(1, min(workers, count // (2 * size)))
        self._parts = [(count * k // parts, count * (k + 1) // parts) for k in range(parts)]
        self._size = min(size, count // parts)
        self._chances = [chance_of(seed, k) for k in range(parts)]
        self._threads = ThreadPoolExecutor(max_workers=parts)
        self.put(start)

    def put(self, start: Ints) -> None:
        """Take over the sequences of a plan."""
        self._links[:, BEFORE:] = -1
        line = np.lexsort((start + self._times[:, RUN], start, self._machine)).astype(np.int32)
        same = self._machine[line[1:]] == self._machine[line[:-1]]
        self._links[line[1:][same], BEFORE] = line[:-1][same]
        self._links[line[:-1][same], AFTER] = line[1:][same]
        self.settle()

    def plan(self) -> tuple[Ints64, Ints32]:
        """Earliest starts by the sequences [s], and ways; copies, once it is settled."""
        return np.array(self._times[:, HEAD]), self._way.copy()

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def sweep(
        self, *, moves: float, softness: float, reach: float, temperature: float, leftward: bool
    ) -> Iterator[int]:
        """Go over the order once, with so many tried moves per operation of each window.

        Gives the work done after each round of windows. The caller may stop in between; in any
        case it must `settle` the plan before it reads it.
        """
        size, makespan = self._size, self.makespan
        tables = [np.empty((size, COLUMNS), dtype=np.int32) for _ in self._parts]
        orders = [np.empty(size, dtype=np.int32) for _ in self._parts]
        tries = max(1, int(moves * size))

        def improve(k: int) -> None:
            chance = self._chances[k]
            anneal(tables[k], orders[k], chance, tries, makespan, softness, reach, temperature)

        for firsts in self._rounds(leftward):
            for table, first in zip(tables, firsts, strict=True):
                cut_window(self._links, self._times, self._order, first, self._local, table)
            list(self._threads.map(improve, range(len(tables))))
            for table, order, first in zip(tables, orders, firsts, strict=True):
                paste_window(
                    self._links,
                    self._times,
                    self._order,
                    first,
                    self._local,
                    self._machine,
                    self._ends,
                    table,
                    order,
                )
                if leftward:
                    last = first + size
                    find_tails(self._links, self._times, self._order, first, last)
            yield tries * len(tables)

    def settle(self) -> None:
        """Find all heads and tails, and the order of starts, by the sequences."""
        find_heads(self._links, self._times, self._order)
        heads = self._times[self._order, HEAD]
        self._order = self._order[np.argsort(heads, kind="stable")]
        find_tails(self._links, self._times, self._order, 0, len(self._order))
        length = self._times[:, HEAD] + self._times[:, RUN] + self._times[:, REST]
        self.makespan = int(length.max(initial=0))

    def _rounds(self, leftward: bool) -> list[list[int]]:
        """Where the windows of each part begin, half overlapping, round by round."""
        step = max(1, self._size // 2)
        longest = max(last - first for first, last in self._parts) - self._size
        offsets = [*range(0, longest, step), longest]
        if leftward:
            offsets.reverse()
        return [
            [min(first + offset, last - self._size) for first, last in self._parts]
            for offset in offsets
        ]
