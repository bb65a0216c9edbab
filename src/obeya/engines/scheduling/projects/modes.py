"""A choice of modes with which what is used up for good suffices."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .project import Ints32, Project

RESTARTS: Final = 50  # descents from a choice by chance
MOST_STEPS: Final = 200_000  # of the search that leaves nothing out; a second or two
_WEIGHINGS: Final = 60  # prices of what is used up that are tried on the way to a bound
_COLUMNS: Final = 6  # of them kept, the last ones

Ints64 = NDArray[np.int64]


class NoModes(ValueError):
    """No choice of modes leaves enough of what is used up, or none was found."""


def fitting_modes(project: Project) -> Ints32:
    """The shortest modes, changed until what is used up suffices.

    First one by one, each time the change with which least is lacking; then the same from choices
    by chance; at last every choice is looked at, but for those that some price of what is used up
    shows to be too dear.

    Raises
    ------
    NoModes
        If there is none, or none was found in so many steps.
    """
    first = project.first_mode
    shortest = np.array(
        [a + int(project.duration[a:b].argmin()) for a, b in pairwise(first.tolist())],
        dtype=np.int32,
    )
    if not len(project.stock):
        return shortest
    choice = _descended(project, shortest)
    if choice is not None:
        return choice
    _refuse_too_dear(project)
    luck = np.random.default_rng(0)
    for _ in range(RESTARTS):
        by_chance = luck.integers(first[:-1], first[1:]).astype(np.int32)
        choice = _descended(project, by_chance)
        if choice is not None:
            return _shortened(project, choice)
    return _shortened(project, _searched(project))


def _descended(project: Project, begin: Ints32) -> Ints32 | None:
    """Change one mode after the other so that less is lacking; None where no change helps."""
    mode, use = begin.copy(), project.use.astype(np.int64)
    activity = np.repeat(np.arange(len(project)), np.diff(project.first_mode))
    while True:
        used = use[mode].sum(axis=0)
        lacking = np.maximum(used - project.stock, 0).sum()
        if lacking == 0:
            return mode
        after = used + use - use[mode[activity]]
        excess = np.maximum(after - project.stock, 0).sum(axis=1)
        chosen = int(np.lexsort((project.duration, excess))[0])
        if excess[chosen] >= lacking:
            return None
        mode[activity[chosen]] = chosen


def _shortened(project: Project, mode: Ints32) -> Ints32:
    """Take shorter modes again, as far as what is left allows."""
    use = project.use.astype(np.int64)
    left = project.stock - use[mode].sum(axis=0)
    for i, (a, b) in enumerate(pairwise(project.first_mode.tolist())):
        fits = (use[a:b] <= left + use[mode[i]]).all(axis=1)
        best = a + int(np.where(fits, project.duration[a:b], np.inf).argmin())
        left += use[mode[i]] - use[best]
        mode[i] = best
    return mode


def _refuse_too_dear(project: Project) -> None:
    """Refuse where even the modes that use least of a resource use too much of it."""
    least = np.minimum.reduceat(project.use, project.first_mode[:-1], axis=0)
    needed = least.sum(axis=0, dtype=np.int64)
    for kind in np.flatnonzero(needed > project.stock).tolist():
        raise NoModes(
            f"Resource {kind} that is used up: {needed[kind]} are needed at least, "
            f"{project.stock[kind]} are there. Expected no choice of modes to need more."
        )


def _searched(project: Project) -> Ints32:
    """Depth first, the activities whose modes differ most before the others.

    Raises
    ------
    NoModes
        If there is no choice, or the steps are used up.
    """
    first = project.first_mode.tolist()
    use, stock = _with_prices(project)
    least = np.minimum.reduceat(use, first[:-1], axis=0)
    most = np.maximum.reduceat(use, first[:-1], axis=0)
    spread = ((most - least) / np.maximum(stock, 1)).sum(axis=1)
    order = np.argsort(-spread, kind="stable").tolist()
    behind = np.zeros((len(order) + 1, len(stock)), dtype=np.int64)
    behind[:-1] = least[order][::-1].cumsum(axis=0)[::-1]
    share = (use / np.maximum(stock, 1)).sum(axis=1)
    by_share = [sorted(range(a, b), key=share.__getitem__) for a, b in pairwise(first)]
    mode = np.zeros(len(order), dtype=np.int32)

    def choices(depth: int, left: Ints64) -> Iterator[int]:
        room = left - behind[depth + 1]
        return (row for row in by_share[order[depth]] if (use[row] <= room).all())

    left, steps = stock.copy(), 0
    open_at = [choices(0, left)]
    while open_at:
        depth = len(open_at) - 1
        row = next(open_at[-1], None)
        steps += 1
        if steps > MOST_STEPS:
            raise NoModes("No modes were found that leave enough of what is used up.")
        if row is None:
            open_at.pop()
            if depth:
                left += use[mode[order[depth - 1]]]
            continue
        mode[order[depth]] = row
        if depth + 1 == len(order):
            return mode
        left -= use[row]
        open_at.append(choices(depth + 1, left.copy()))
    raise NoModes("No choice of modes leaves enough of what is used up; all were looked at.")


def _with_prices(project: Project) -> tuple[Ints64, Ints64]:
    """What modes use, and the stocks; and columns in which all of it is paid with some prices.

    A choice that is within the stocks is within what they cost at any prices. The prices come from
    the subgradients of the cheapest choice, which is too dear if there is none.
    """
    first, use = project.first_mode.tolist(), project.use.astype(np.int64)
    stock = project.stock.astype(np.int64)
    scale = np.maximum(stock, 1)
    prices, kept = np.ones(len(stock)) / len(stock), []
    for turn in range(_WEIGHINGS):
        cost = (use / scale) @ prices
        cheapest = [a + int(cost[a:b].argmin()) for a, b in pairwise(first)]
        lacking = (use[cheapest].sum(axis=0) - stock) / scale
        prices = np.maximum(prices + lacking / (1 + turn) ** 0.5, 0.0)
        if not prices.any():
            break
        prices /= prices.sum()
        kept.append(np.rint(1000 * prices / scale * scale.max()).astype(np.int64))
    columns = np.array(kept[-_COLUMNS:], dtype=np.int64).reshape(-1, len(stock)).T
    return np.hstack([use, use @ columns]), np.concatenate([stock, stock @ columns])
