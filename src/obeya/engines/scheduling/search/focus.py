"""Where moves begin: every other epoch in one stretch of time, which sweeps over the plan."""

import numpy as np

from ..arrays import Ints
from ..problem import Problem
from .kernels import tables as t
from .kernels.tables import Plan

FROM = 2_000  # operations: a smaller plan is always looked at as a whole
_PARTS = 4  # a window has so many'th of the free operations, and overlaps the next by half

Span = tuple[int, int]


class Focus:
    """Windows of time by turns with the whole plan, from the first weeks to the last and again.

    Where moves begin in one window for a while, the operations without slack are listed once for
    all of them; in the whole plan each move walks the chain of a late order for one.
    """

    def __init__(self, problem: Problem) -> None:
        self._free = ~problem.fixed
        self._windows: list[Span] = []
        self._is_whole = True

    def next(self, plan: Plan) -> Span | None:
        """Starts from and to which the moves of the next epoch begin [s]; None: everywhere."""
        if len(self._free) < FROM:
            return None
        self._is_whole = not self._is_whole
        if self._is_whole:
            return None
        if not self._windows:
            self._windows = self._sweep(np.sort(plan.bar[self._free, t.START]))
        return self._windows.pop(0)

    def _sweep(self, starts: Ints) -> list[Span]:
        """Windows over sorted starts: the first from before them, the last to after them."""
        halves = 2 * _PARTS
        bounds = [int(starts[len(starts) * i // halves]) for i in range(halves)] + [t.FAR]
        bounds[0] = -t.FAR
        return [(bounds[i], bounds[i + 2]) for i in range(halves - 1)]
