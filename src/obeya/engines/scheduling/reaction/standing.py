"""Where every operation stands before anything is decided, and which of them are at stake."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from .happened import Happened
from .react import Reaction

Mask = NDArray[np.bool_]

_SOON_S = 3 * 86_400  # what runs so long after the first that was hit can make room for it


@dataclass(frozen=True, eq=False)
class Standing:
    """By rows of the tables; new operations stand where they were put at first.

    Attributes
    ----------
    way : shape (rows,)
        Row of the tables' alternatives.
    start : shape (rows,)
        Once all that was hit has moved right [s]; of what is done already, as planned.
    key : shape (rows,)
        By which an operation goes where all are placed anew: the planned start [s].
    """

    way: Ints
    start: Ints
    key: Ints

    @classmethod
    def of(cls, happened: Happened, base: Reaction | None) -> "Standing":
        """What stands, from an answer to the same disruptions in which nothing was decided."""
        tables, s = happened.tables, happened.schedule
        added = np.arange(len(s), len(tables))
        first_way = np.searchsorted(tables.way["operation"], added)
        way = np.concatenate([s.alternative, first_way])
        start = np.concatenate([s.start, np.full(len(added), happened.now)])
        key = start.copy()
        if base is not None:
            origin, plan = base.situation.origin, base.schedule
            old = np.flatnonzero(origin >= 0)
            start[origin[old]] = plan.start[old]
            new = np.flatnonzero(origin < 0)
            start[added] = key[added] = plan.start[new]
            for row, machine in zip(added.tolist(), plan.machine[new].tolist(), strict=True):
                ways = np.flatnonzero(tables.way["operation"] == row)
                way[row] = ways[tables.way["machine"][ways] == machine][0]
        return cls(way, start, key)


def at_stake(
    happened: Happened, standing: Standing, base: Reaction | None, *, frozen_until: int
) -> Iterator[Ints]:
    """Rows that may be moved: what was hit, then more and more of what that entails.

    First the operations that a disruption hit; those that are new, or of the order of what is made
    again, where it hit none that may be moved. Then all of their orders. Then what moves besides,
    and what runs on the machines of all of these soon after. What starts before ``frozen_until``
    stays out of it, unless it was hit itself.
    """
    tables, n = happened.tables, len(happened.schedule)
    free = tables.operation["fixed_alternative"] < 0
    free[list(tables.left_out)] = False
    struck = happened.doubtful | happened.look_at
    new = np.arange(len(tables)) >= n
    order = tables.operation["order"]
    named = order >= 0  # -1 is nobody's: not one order that such operations share
    hit = struck & free & ~new
    if not hit.any():
        mates = named & np.isin(order, order[new])
        hit = free & (new | (mates & (standing.key >= frozen_until)))
        struck = struck | new
    yield np.flatnonzero(hit)
    frozen = ~new & (standing.key < frozen_until)
    free &= ~frozen | hit
    wider = free & (hit | new | (named & np.isin(order, order[struck])))
    yield np.flatnonzero(wider)
    if base is not None:
        origin = base.situation.origin[list(base.changes.moved)]
        wider[origin[origin >= 0]] = True
        wider &= free
    yield np.flatnonzero(wider | (free & _beside(happened, standing, wider | struck)))


def _beside(happened: Happened, standing: Standing, hit: Mask) -> Mask:
    """What runs on the same machines soon after the first of those that were hit."""
    machine = happened.tables.way["machine"][standing.way]
    since = max(int(standing.start[hit].min(initial=2**62)), happened.now)
    soon = (standing.start >= since) & (standing.start < since + _SOON_S)
    return np.asarray(soon & np.isin(machine, machine[hit]), dtype=bool)
