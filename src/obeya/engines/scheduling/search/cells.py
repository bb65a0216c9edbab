"""Crews, setters and tools by cells of time: what the search counts them in."""

from math import gcd

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints, distinct
from ..problem import CREW, Problem

_COARSEST_S = 300
_FINEST_S = 30
_HOUR_S = 3600
_WIDEST_S = 1800
_MOST = 2**26  # of all pools: 128 MB, and as much again for each worker
_MOST_OF_A_POOL = 30_000  # the kernels count with 16 bits
_OF_AN_OPERATION = 512  # if that makes more: a larger plant has more pools


class Cells:
    """How wide the cells are, where they begin, and which pools have a row of them.

    Attributes
    ----------
    width
        Of a cell [s].
    origin
        Where the first one begins [s].
    row_of : shape (R + 1,)
        Row of each pool, -1 where nothing asks for it: a plant may have a thousand moulds, and
        work for fifty of them. -1 reads the last entry: none has none.
    unit : shape (R,)
        How many people or tools of each pool are counted as one.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        asked = problem.alternatives.crew, problem.alternatives.tool, problem.machines.setter
        used = distinct(*asked)
        self._pools = used[used >= 0]
        self.row_of: Ints = np.full(len(problem.pools) + 1, -1, np.int64)
        self.row_of[self._pools] = np.arange(len(self._pools))
        self._greatest: Ints = np.zeros(len(problem.pools), np.int64)
        pool_of_step = np.repeat(np.arange(len(problem.pools)), np.diff(problem.pools.first))
        np.maximum.at(self._greatest, pool_of_step, problem.pools.capacity)
        self.unit: Ints = np.maximum(-(-self._greatest // _MOST_OF_A_POOL), 1)
        self.width = _width(problem, len(self._pools))
        self.origin = problem.now - problem.now % self.width

    def capacity(self) -> NDArray[np.int16]:
        """The least capacity in each cell, in units; of crews the least while anybody is there.

        Work with a crew stands in hours only in which enough people are present, so the moments of
        a cell in which nobody is do not count.
        """
        pools, cell, origin = self.problem.pools, self.width, self.origin
        cells = (self.problem.horizon - origin) // cell + 2
        table = np.zeros((len(self._pools), cells), np.int16)
        for row, pool in zip(table, self._pools.tolist(), strict=True):
            full, unit = np.zeros(cells, bool), int(self.unit[pool])
            for start, end, capacity in pools.steps(pool):
                begin, finish = max(start - origin, 0), min(end - origin, cell * (cells - 1))
                if begin >= finish or capacity <= 0:
                    continue
                amount = capacity // unit
                inside = slice(-(-begin // cell), finish // cell)
                row[inside] = amount
                if pools.kind[pool] != CREW:
                    continue
                for edge in {begin // cell, (finish - 1) // cell}:
                    if not edge * cell >= begin or not (edge + 1) * cell <= finish:
                        row[edge] = min(row[edge], amount) if full[edge] else amount
                        full[edge] = True
        return table

    def heads(self) -> Ints:
        """What each alternative takes of its crew, in units rounded up, shape (A,).

        Of what takes more than there ever are it does not matter how many.
        """
        ways = self.problem.alternatives
        unit, greatest = (np.append(column, 1)[ways.crew] for column in (self.unit, self._greatest))
        taken = np.minimum(-(-ways.heads // unit), greatest // unit + 1)
        return np.where(ways.crew >= 0, taken, 1)


def _width(problem: Problem, used: int) -> int:
    """Such that pools change between cells only, if these are not too many [s]."""
    pools = problem.pools
    steps = distinct(pools.start, pools.end)
    steps = steps[(steps > problem.now) & (steps < problem.horizon)]
    common = int(np.gcd.reduce(steps)) if len(steps) else 0
    common = gcd(common, _COARSEST_S)
    cell = common if common >= _FINEST_S else 60
    return widened(cell, used, problem.horizon - problem.now, len(problem))


def widened(cell: int, pools: int, seconds: int, operations: int) -> int:
    """The next width that divides an hour, until all pools together have few enough cells [s].

    One date in three years makes a long plan of any plant; memory is to go with the operations,
    and not with the calendar. What is left in a wider cell is the least in it, as in any, so plans
    hold; but who takes over in the middle of one waits for its end, so they get no wider than that.
    """
    most = max(_MOST, _OF_AN_OPERATION * operations)
    wider = (w for w in range(cell, _WIDEST_S + 1, cell) if w == cell or _HOUR_S % w == 0)
    return next((w for w in wider if pools * (seconds // w) <= most), _WIDEST_S)
