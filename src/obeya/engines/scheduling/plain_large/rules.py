"""Rules by which a free machine picks its next operation, and the search for a good one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ..plain import PlainShop
from ..plain.bound import heads_and_rests, shortest_runs
from .kernels.listing import PLACES, list_schedule
from .kernels.side import (
    BEFORE,
    NEXTS,
    RUN,
    SHORTEST,
    WAYS,
    Floats,
    Ints32,
    Ints64,
)

Listed = tuple[int, Ints64, Ints32]  # makespan; start and way of each operation


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

    def varied(self, chance: np.random.Generator) -> "Rule":
        """Change most weights by half or so; now and then let no machine wait."""
        is_changed = chance.random(5) < 0.6
        factor = np.exp(chance.normal(0.0, 0.5, 5) * is_changed)
        wait = self.wait if chance.random() < 0.7 else 0.0
        run, queue, load, wait, slow = (
            float(weight) for weight in factor * (self.run, self.queue, self.load, wait, self.slow)
        )
        return Rule(run, queue, load, max(wait, 0.0), slow)


FIRST_RULES = (
    Rule(),
    Rule(run=2.2, queue=0.9, wait=0.0),
    Rule(run=7.0),
    Rule(queue=0.1, wait=0.4),
    Rule(run=20.0, queue=20.0, wait=0.0),
)


class Lister:
    """List schedules of one shop, from its beginning or from its end.

    Attributes
    ----------
    work_left : shape (N,)
        The longest chain from each operation's start to that end [s]; machines are not counted.

    Raises
    ------
    ValueError
        If an operation waits for itself.
    """

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
        shortest, (head, rest) = shortest_runs(shop), heads_and_rests(shop)
        self._operations[:-1, SHORTEST] = shortest
        self.work_left: Floats = (shortest + (head if backward else rest)).astype(np.float64)
        self.start: Ints64 = np.zeros(len(shop), dtype=np.int64)
        self.way: Ints32 = np.zeros(len(shop), dtype=np.int32)

    def list(self, rule: Rule) -> int:
        """Schedule by a rule into ``start`` and ``way``; answers the makespan [s]."""
        weights = np.array([rule.run, rule.queue, rule.load, rule.wait, rule.slow])
        list_schedule(
            self._operations,
            self._nexts,
            self._ways,
            self._floor,
            self._release,
            self.work_left,
            weights,
            self.start,
            self.way,
        )
        end = self.start + self._ways[self.way, RUN]
        return int((end + self._tail).max(initial=0))

    def listed(self, makespan: int) -> Listed:
        """A copy of the last schedule, in time that runs forward."""
        start = self.start
        if self.backward:
            start = makespan - start - self._ways[self.way, RUN]
        return makespan, np.array(start), self.way.copy()


class RuleSearch:
    """Rules that vary by chance, from both sides of a shop; each side keeps its best one.

    Attributes
    ----------
    work : int
        Work units of one step.
    """

    def __init__(self, shop: PlainShop, *, workers: int, seed: int) -> None:
        sides = [k % 2 == 1 for k in range(max(2, workers))]
        self._listers = [Lister(shop, backward=backward) for backward in sides]
        self._threads = ThreadPoolExecutor(max_workers=workers)
        self._chance = np.random.default_rng(seed)
        self._steps = 0
        self._best: dict[bool, tuple[int, Rule]] = {}
        self.work = len(self._listers) * len(shop)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def step(self) -> Listed:
        """Try one rule on each lister; answers the best of these schedules."""
        rules = [self._next_rule(lister.backward) for lister in self._listers]
        makespans = list(self._threads.map(Lister.list, self._listers, rules))
        for lister, rule, makespan in zip(self._listers, rules, makespans, strict=True):
            known = self._best.get(lister.backward)
            if known is None or makespan < known[0]:
                self._best[lister.backward] = makespan, rule
        self._steps += 1
        least = makespans.index(min(makespans))
        return self._listers[least].listed(makespans[least])

    def _next_rule(self, backward: bool) -> Rule:
        if self._steps < len(FIRST_RULES):
            return FIRST_RULES[self._steps]
        return self._best[backward][1].varied(self._chance)
