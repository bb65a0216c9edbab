"""Improve a plan window by window, machines too, in shops with a choice or with any graph."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ..kernels.chance import chance_of
from ..plain import PlainShop
from ..plain.kernels.construct import topological
from ..plain.packing import packed
from .kernels.floor import (
    AFTER_FROM,
    BEFORE_FROM,
    BEHIND,
    FREE,
    HEAD,
    RELEASE,
    REST,
    WAY_FROM,
    Outline,
    View,
    find_heads,
    find_tails,
    look_behind,
    pass_by,
)
from .kernels.frame import NONE, Frame, cut, frame_of, paste
from .kernels.reroute import reroute
from .kernels.side import Ints32, Ints64

Ints = Ints32 | Ints64

ELSEWHERE = 0.5  # share of the moves that try another machine


class RerouteSearch:
    """The sequences and machines of one plan, annealed in windows of the order of its starts.

    A sweep goes over the order in windows that overlap by half, alternately from the beginning of
    the shop and from its end, which is the beginning of the shop turned round: so there is one way
    of sweeping. With several workers each sweeps its own part of the order: it sees the others'
    parts as they were at the beginning of the sweep.

    Attributes
    ----------
    makespan : int
        Of the plan as it is [s]; it may rise while it is hot.
    """

    def __init__(
        self, shop: PlainShop, start: Ints, way: Ints32, *, size: int, workers: int, seed: int
    ) -> None:
        count = len(shop)
        self._shop = shop
        self._views = (_view(shop, turned=False), _view(shop, turned=True))
        self._order: Ints32 = _by_start(shop, start, way)
        self._way: Ints32 = np.array(way, dtype=np.int32)
        self._time: Ints64 = np.zeros((count, 2), dtype=np.int64)
        self._local: Ints32 = np.full(count, NONE, dtype=np.int32)
        parts = max(1, min(workers, count // (2 * size)))
        self._parts = [(count * k // parts, count * (k + 1) // parts) for k in range(parts)]
        self._size = min(size, count // parts)
        ends = _most_ends(shop, self._size)
        self._frames = [
            frame_of(self._size, ends, shop.machines, chance_of(seed, k)) for k in range(parts)
        ]
        self._edge = np.zeros((shop.machines, 2), dtype=np.int64)
        self._threads = ThreadPoolExecutor(max_workers=parts)
        self._is_turned = False
        self.settle()

    def plan(self) -> tuple[Ints64, Ints32]:
        """Earliest starts by the sequences [s], and ways; copies, once it is settled."""
        return np.array(self._time[:, HEAD]), self._way.copy()

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
        if leftward:
            self._turn()
        view, outline, local = self._views[leftward], self._outline, self._local
        tries, makespan = max(1, int(moves * self._size)), self.makespan
        parts, frames = self._bounds(leftward), self._frames
        rounds = self._rounds(parts)
        behind = [self._edges_behind(firsts) for firsts in zip(*rounds, strict=True)]

        def improve(frame: Frame) -> None:
            reroute(view, frame, tries, makespan, softness, reach, temperature, ELSEWHERE)

        at = [0] * len(parts)
        for frame in frames:
            frame.edge[:, FREE] = 0
        for number, firsts in enumerate(rounds):
            for k, (frame, first) in enumerate(zip(frames, firsts, strict=True)):
                pass_by(view, outline, frame.edge, at[k], first)
                frame.edge[:, BEHIND] = behind[k][number]
                cut(view, outline, first, local, frame)
                at[k] = first
            list(self._threads.map(improve, frames))
            for frame, first in zip(frames, firsts, strict=True):
                paste(outline, first, frame)
            yield tries * len(frames)

    def settle(self) -> None:
        """Find all heads and tails, and the order of starts, by the sequences."""
        if self._is_turned:
            self._order = self._order[::-1].copy()
            self._is_turned = False
        self._find_times()

    def _turn(self) -> None:
        """Look at the plan from the end of the shop."""
        self._order, self._is_turned = self._order[::-1].copy(), True
        self._find_times()

    def _find_times(self) -> None:
        view = self._views[self._is_turned]
        self.makespan = int(find_heads(view, self._outline, self._edge))
        heads = self._time[self._order, HEAD]
        self._order = self._order[np.argsort(heads, kind="stable")]
        find_tails(view, self._outline, self._edge)

    @property
    def _outline(self) -> Outline:
        return Outline(self._order, self._way, self._time)

    def _edges_behind(self, firsts: tuple[int, ...]) -> Ints64:
        ends = np.array(firsts, dtype=np.int64) + self._size
        behind = np.zeros((len(ends) + 1, self._shop.machines), dtype=np.int64)
        look_behind(self._views[self._is_turned], self._outline, ends, behind)
        return behind

    def _bounds(self, leftward: bool) -> list[tuple[int, int]]:
        """The parts, as they are when the shop is turned."""
        if not leftward:
            return self._parts
        count = len(self._order)
        return [(count - last, count - first) for first, last in self._parts]

    def _rounds(self, parts: list[tuple[int, int]]) -> list[list[int]]:
        """Where the windows of each part begin, half overlapping, round by round."""
        step = max(1, self._size // 2)
        longest = max(last - first for first, last in parts) - self._size
        offsets = [*range(0, longest, step), longest]
        return [
            [min(first + offset, last - self._size) for first, last in parts] for offset in offsets
        ]


def _view(shop: PlainShop, *, turned: bool) -> View:
    """The tables of a shop; turned, what came first comes last."""
    before = (shop.first_predecessor, shop.predecessor, shop.release)
    after = (shop.first_successor, shop.successor, shop.tail)
    if turned:
        before, after = after, before
    op = np.zeros((len(shop), 8), dtype=np.int32)
    op[:, RELEASE], op[:, REST] = before[2], after[2]
    for column, first in (
        (BEFORE_FROM, before[0]),
        (AFTER_FROM, after[0]),
        (WAY_FROM, shop.first_alternative),
    ):
        op[:, column], op[:, column + 1] = first[:-1], first[1:]
    way = np.column_stack([shop.machine, shop.duration]).astype(np.int32)
    return View(op, np.ascontiguousarray(way), np.array(before[1]), np.array(after[1]))


def _by_start(shop: PlainShop, start: Ints, way: Ints32) -> Ints32:
    """Operations by start, then by end, then in the order of the routings."""
    tables, count = packed(shop), len(shop)
    waits, routed = np.zeros((2, count), dtype=np.int32)
    topological(tables, waits, routed)
    rank = np.empty(count, dtype=np.int64)
    rank[routed] = np.arange(count)
    return np.lexsort((rank, start + shop.duration[way], start)).astype(np.int32)


def _most_ends(shop: PlainShop, size: int) -> int:
    """The most ends of arcs that so many operations can have."""
    ends = np.diff(shop.first_predecessor) + np.diff(shop.first_successor)
    return int(np.sort(ends)[-size:].sum())
