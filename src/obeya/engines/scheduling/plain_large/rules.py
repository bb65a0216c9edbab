"""Rules by which a free machine picks its next operation, and the search for a good one."""

from dataclasses import dataclass

import numpy as np

from ..plain import PlainShop
from .kernels.listing import PLACES, list_schedule
from .kernels.side import (
    BEFORE,
    NEXTS,
    RUN,
    WAYS,
    Floats,
    Ints32,
    Ints64,
    measure_shortest,
    work_left,
)


@dataclass(frozen=True)
class Rule:
    """What makes an operation wait, against the work that is left after it [s per s].

    Attributes
    ----------
    run
        Its own run.
    queue
        Work that already waits for the machine of the operation after it.
    load
        All work not begun on that machine (it makes the operation *less* wait).
    wait
        How long a machine may stay idle for a better operation, in runs of the one it could take.
    slow
        What the run is longer than on the fastest machine.
    """

    run: float = 2.0
    queue: float = 1.0
    load: float = 0.1
    wait: float = 0.1
    slow: float = 1.0


FIRST_RULE = Rule()
MORE_RULES = (Rule(run=2.2, queue=0.9, wait=0.0), Rule(run=7.0), Rule(queue=0.1, wait=0.4))


class Lister:
    """List schedules of one shop, from its beginning or from its end."""

    def __init__(self, shop: PlainShop, *, backward: bool) -> None:
        self.backward = backward
        before = (shop.first_predecessor, shop.release)
        after = (shop.first_successor, shop.tail)
        (came, self._release), (comes, self._tail) = (
            (after, before) if backward else (before, after)
        )
        self._nexts = shop.predecessor if backward else shop.successor
        self._operations = np.zeros((len(shop) + 1, 4), dtype=np.int32)
        self._operations[:, WAYS] = shop.first_alternative
        self._operations[:, NEXTS] = comes
        self._operations[:-1, BEFORE] = np.diff(came)
        self._ways = np.column_stack([shop.machine, shop.duration, shop.operation])
        self._ways = self._ways.astype(np.int32)
        self._floor = np.zeros((shop.machines + 1, 6), dtype=np.int64)
        self._floor[1:, PLACES] = np.cumsum(np.bincount(shop.machine, minlength=shop.machines))
        measure_shortest(self._operations, self._ways)
        self.work_left: Floats = work_left(self._operations, self._nexts, self._tail)
        self.start: Ints64 = np.zeros(len(shop), dtype=np.int64)
        self.way: Ints32 = np.zeros(len(shop), dtype=np.int32)

    def list(self, rule: Rule, urgency: Floats) -> int:
        """Schedule by a rule into ``start`` and ``way``; answers the makespan [s].

        Raises
        ------
        ValueError
            If the arcs of the shop have a cycle.
        """
        weights = np.array([rule.run, rule.queue, rule.load, rule.wait, rule.slow])
        begun = list_schedule(
            self._operations,
            self._nexts,
            self._ways,
            self._floor,
            self._release,
            urgency,
            weights,
            self.start,
            self.way,
        )
        if begun < len(self.start):
            raise ValueError("Operations wait for each other. Expected arcs without a cycle.")
        end = self.start + self._ways[self.way, RUN]
        return int((end + self._tail).max(initial=0))

    def forward_start(self, makespan: int) -> Ints64:
        """The starts of the last list, in time that runs forward [s]."""
        if not self.backward:
            return self.start.copy()
        return np.asarray(makespan - self.start - self._ways[self.way, RUN], dtype=np.int64)
