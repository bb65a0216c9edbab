"""Builds a plan of a printing shop around the given starts, when those leave little room."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from typing import Final

import numpy as np

from .board import Board
from .decode import PrintPlan
from .latest import Latest, latest_of
from .shop import PrintShop

TRIES: Final = 4_000
_ROUND: Final = 50  # tries, ever more by chance, after which it begins anew
_STEP: Final = 0.15  # of the horizon of given starts, by which what failed comes sooner
_NOISE: Final = 1.0  # of it, at the end of a round
_AFTER_ALL: Final = 1.2  # of it: the turn of what nothing with a given start waits for
_ANOTHER: Final = 0.3  # of the failures in which something else comes sooner
_SKIPS: Final = 0.15  # of the gaps that fit, and of the best machines, in every other try
_MOST_STEPS: Final = 2_000  # to find machines for what has a given start


def build(shop: PrintShop, machine: Sequence[int], start: Sequence[int]) -> PrintPlan | None:
    """Place operations in the order of ``start``, each in the first gap on its machine that fits.

    Unlike `decode`, given starts are there from the beginning, and what must come before them
    keeps clear of what is too late. None if something finds no place.
    """
    ways = tuple(
        replace(each, ways=((row, each.work_on(row)),))
        for each, row in zip(shop.operations, machine, strict=True)
    )
    own = replace(shop, operations=ways)
    board = Board(own)
    fixed = [i for i, each in enumerate(own.operations) if each.fixed_start >= 0]
    if not all(board.put_fixed(i, machine[i]) for i in fixed):
        return None
    failed = _placed(board, latest_of(own, board), list(start), {}, lambda: False)
    return board.plan() if failed is None and not board.debts() else None


def first_plan(
    shop: PrintShop, *, seed: int, should_stop: Callable[[], bool] = lambda: False
) -> PrintPlan | None:
    """Look for a plan that keeps the given starts: the most urgent first, each where it ends first.

    What finds no place comes sooner in the next try, with all that it waits for (squeaky wheel;
    Joslin & Clements 1999, Journal of Artificial Intelligence Research 10:353-373), or something
    else does, after which its setup may be shorter. Where a given start leaves no room for its
    setup, some operation with a shorter change comes right before it. None if no try succeeds.
    """
    luck = np.random.default_rng(seed)
    fixed = [i for i in shop.topological() if shop.operations[i].fixed_start >= 0]
    scale = max((shop.operations[i].fixed_start for i in fixed), default=0) + 1
    before = shop.predecessors()
    boost = np.zeros(len(shop.operations))
    right_before: dict[int, int] = {}
    strict: set[int] = set()
    for turn in range(TRIES):
        if turn and should_stop():
            return None
        if turn % _ROUND == 0:
            boost[:], right_before, strict = 0, {}, set()
        board = Board(shop, strict)
        if not _machines_of_fixed(board, fixed, luck, turn):
            continue
        right_before = {
            i: late
            for i, late in right_before.items()
            if board.machine[late] in dict(shop.operations[i].ways)
        }
        latest = latest_of(shop, board, right_before)
        noise = luck.random(len(boost)) * _NOISE * scale * (turn % _ROUND) / _ROUND
        key = (np.minimum(latest.start, _AFTER_ALL * scale) - boost + noise).tolist()
        skipped = _SKIPS * (turn % 2)
        failed = _placed(board, latest, key, right_before, _by_chance(luck, skipped))
        if failed is not None:
            sooner = failed
            if luck.random() < _ANOTHER:
                sooner = int(luck.choice(_beside(shop, failed)))
            for i in _with_ancestors(before, sooner):
                boost[i] += max(key[i] - key[failed], 0.0) + _STEP * scale * luck.random()
            if failed in right_before or luck.random() < 0.1:
                right_before, strict = {}, set()
            continue
        debts = board.debts()
        if not debts:
            return board.plan()
        for late in debts:
            could = board.could_come_right_before(late)
            if not could or luck.random() < 0.5:
                strict.add(late)  # perhaps it was in order until something came before it
            else:
                right_before[could[int(luck.integers(len(could)))]] = late
    return None


def _by_chance(luck: np.random.Generator, share: float) -> Callable[[], bool]:
    return lambda: bool(luck.random() < share)


def _machines_of_fixed(
    board: Board, fixed: Sequence[int], luck: np.random.Generator, turn: int
) -> bool:
    """Place what has a given start: at first on fast machines, later on any; False if none fits.

    Depth first, and not for ever: where few such operations have a choice, all of it is seen.
    """
    operations, steps = board.shop.operations, 0
    ways = []
    for i in fixed:
        own = sorted(operations[i].ways, key=lambda way: way[1])
        ways.append([own[k] for k in luck.permutation(len(own))] if turn else own)
    chosen = [0] * len(fixed)
    depth = 0
    while 0 <= depth < len(fixed) and steps < _MOST_STEPS:
        steps += 1
        i, choice = fixed[depth], chosen[depth]
        if choice == len(ways[depth]):
            chosen[depth] = 0
            depth -= 1
            if depth >= 0:
                board.take_away(fixed[depth])
        else:
            chosen[depth] += 1
            depth += board.put_fixed(i, ways[depth][choice][0])
    return depth == len(fixed)


def _placed(
    board: Board,
    latest: Latest,
    key: Sequence[float],
    right_before: dict[int, int],
    skips: Callable[[], bool],
) -> int | None:
    """Place all, predecessors first and among those ready the least key; who found no place."""
    shop = board.shop
    left = [sum(board.start[p] < 0 for p in these) for these in board.predecessors]
    ready = [(key[i], i) for i, count in enumerate(left) if count == 0 and board.start[i] < 0]
    ready.sort()
    while ready:
        _, i = heappop(ready)
        if not board.place(i, latest, right_before.get(i), skips):
            return i
        for after in shop.operations[i].successors:
            left[after] -= 1
            if left[after] == 0 and board.start[after] < 0:
                heappush(ready, (key[after], after))
    return None


def _beside(shop: PrintShop, i: int) -> list[int]:
    """Operations on the machines of one: after some of them its setup is short."""
    machines = set(dict(shop.operations[i].ways))
    return [
        other
        for other, each in enumerate(shop.operations)
        if each.fixed_start < 0 and machines & set(dict(each.ways))
    ]


def _with_ancestors(before: Sequence[Sequence[int]], i: int) -> list[int]:
    found, seen = [i], {i}
    for each in found:
        for other in before[each]:
            if other not in seen:
                seen.add(other)
                found.append(other)
    return found
