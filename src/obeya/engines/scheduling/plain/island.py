"""A search of one core: tabu search from plans that lie between good ones."""

from dataclasses import dataclass

import numpy as np

from ..islands import Worth
from ..kernels.chance import chance_of, uniform
from .kernels.construct import construct, shortest_rests, topological
from .kernels.line import decode
from .kernels.memory import BEST, BOUND, MOVES, WORK
from .kernels.relink import between, differences
from .kernels.tables import HEAD, Longs, Shop, Table
from .kernels.tabu import begin, search
from .packing import empty_memory, empty_plan

STEPS = 1_000_000  # operations visited and moves estimated in a work unit: about 30 ms
_RESTART = 1_000  # steps that it takes to begin a search, apart from those per operation
PATIENCE = 3_000  # iterations without a better plan; 12,500 in the source, where time is longer


@dataclass(frozen=True, eq=False)
class Elite:
    """A good plan: operations by start, the way of each, and its makespan."""

    length: int
    order: Table
    way: Table


class PlainIsland:
    """Tabu search with path relinking over a small set of good plans.

    After Peng, Lu & Cheng 2015 (Computers & Operations Research 53:154, "TS/PR"): fill the set
    from plans by rule and chance; then search on from a plan between two of it, again and again.
    What is better than the worst of the set, and not yet in it, takes its place. When the set is
    exhausted, it is filled anew around its best.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        bound: int,
        seed: int,
        stream: int,
        size: int,
        patience: int = PATIENCE,
        start: Elite | None = None,
    ) -> None:
        count = len(shop.op) - 1
        self._shop, self._size, self._patience = shop, size, patience
        self._plan, self._memory = empty_plan(shop), empty_memory(shop, bound)
        self._chance = chance_of(seed, stream)
        self._order, self._way = np.zeros((2, count), dtype=np.int32)
        self._scratch: Longs = np.zeros((4, max(count, len(shop.line))), dtype=np.int64)
        self._rest: Longs = np.zeros(count, dtype=np.int64)
        topological(shop, self._way, self._order)
        shortest_rests(shop, self._order, self._rest)
        self._elites: list[Elite] = []
        self._failures = 0
        self._constructed = stream  # the first island begins with the rule without chance
        if start is None:
            self._construct()
        else:
            self._search_from(start.order, start.way)
        self._best = self._found()

    def work(self, units: int) -> None:
        """Spend so many work units of `STEPS` each."""
        state = self._memory.state
        limit = int(state[WORK]) + units * STEPS
        while state[WORK] < limit and self._best.length > self._bound:
            ended = search(
                self._shop, self._plan, self._memory, self._chance, self._patience, limit
            )
            if state[BEST] < self._best.length:
                self._best = self._found()
            if ended:
                self._learn(self._found())
                self._go_on()

    @property
    def moves(self) -> int:
        """Moves estimated so far."""
        return int(self._memory.state[MOVES])

    def worth(self) -> Worth:
        """The makespan of the best plan so far."""
        return (self._best.length,)

    def solution(self) -> Elite:
        """The best plan so far."""
        return self._best

    def adopt(self, solution: Elite) -> None:
        """Take another island's best plan into the set."""
        self._learn(solution)
        if solution.length < self._best.length:
            self._best = solution

    @property
    def _bound(self) -> int:
        return int(self._memory.state[BOUND])

    def _found(self) -> Elite:
        """The best plan of the search that is under way, its operations by start."""
        memory, plan = self._memory, empty_plan(self._shop)
        length = decode(self._shop, plan, memory.best_order, memory.best_way)
        order = np.lexsort((plan.rank[:-1], plan.op[:-1, HEAD])).astype(np.int32)
        return Elite(length, order, memory.best_way.copy())

    def _learn(self, plan: Elite) -> None:
        """Take a plan into the set if it is better than those whose place it takes.

        It takes the place of all that are nearly the same, or of the worst, or a free one.
        """
        elites = self._elites
        ousted = [elite for elite in elites if self._distance(plan, elite) <= self._nearest]
        if not ousted and len(elites) == self._size:
            ousted = [max(elites, key=lambda elite: elite.length)]
        if all(plan.length < elite.length for elite in ousted):
            self._elites = [elite for elite in elites if elite not in ousted]
            self._elites.append(plan)
            self._failures = 0
        else:
            self._failures += 1

    @property
    def _nearest(self) -> int:
        return len(self._order) // 10

    def _distance(self, left: Elite, right: Elite) -> int:
        return differences(self._shop, left.order, left.way, right.order, right.way)

    def _go_on(self) -> None:
        if self._failures > 2 * self._size:
            self._elites = [min(self._elites, key=lambda elite: elite.length)]
            self._failures = 0
        if len(self._elites) < self._size:
            self._construct()
        else:
            left = int(uniform(self._chance) * len(self._elites))
            right = int(uniform(self._chance) * (len(self._elites) - 1))
            self.relink(self._elites[left], self._elites[right + (right >= left)])

    def _construct(self) -> None:
        noise = 0.0 if self._constructed == 0 else 0.5
        self._constructed += 1
        construct(
            self._shop,
            self._rest,
            0.5,
            noise,
            self._chance,
            self._scratch,
            self._order,
            self._way,
        )
        self._search_from(self._order, self._way)

    def relink(self, left: Elite, right: Elite) -> None:
        """Search on from a plan between two."""
        share = 0.3 + 0.4 * uniform(self._chance)
        between(
            left.order,
            left.way,
            right.order,
            right.way,
            share,
            self._chance,
            self._order,
            self._way,
        )
        self._search_from(self._order, self._way)

    def _search_from(self, order: Table, way: Table) -> None:
        length = decode(self._shop, self._plan, order, way)
        self._memory.state[WORK] += _RESTART + 10 * len(order)
        begin(self._plan, self._memory, length)
