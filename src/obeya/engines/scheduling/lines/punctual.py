"""Search for the line that costs least by due dates."""

import numpy as np

from ..arrays import Ints
from ..islands import Worth
from ..kernels.chance import chance_of
from .flow_line import FlowLine
from .kernels.punctual import punctual


class PunctualIsland:
    def __init__(self, line: FlowLine, *, seed: int, stream: int, removed=4, turns=0, warmth=1.0) -> None:
        setups = line.setups_from
        self._tables = (
            np.ascontiguousarray(line.durations, dtype=np.int32),
            np.zeros((1, 1, 1), dtype=np.int32)
            if setups is None
            else np.ascontiguousarray(setups.transpose(1, 2, 0), dtype=np.int32),
            np.array(line.due_or_zero),
            np.array(line.weight_or_one),
        )
        self._chance = chance_of(seed, stream)
        self._order = np.argsort(line.due_or_zero, kind="stable").astype(np.int32)
        self._best = self._order.copy()
        self._worth = np.full(2, -1, dtype=np.int64)
        self._p=(removed,turns,warmth)
        self.work(0)

    def work(self, units: int) -> None:
        punctual(self._order, self._best, self._worth, *self._tables, *self._p, units * 1_000_000, self._chance)

    def worth(self) -> Worth:
        return (float(self._worth[1]),)

    def solution(self) -> Ints:
        return self._best.astype(np.int64)
