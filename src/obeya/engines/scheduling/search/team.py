"""Searches side by side: each has machines of its own for an epoch, then their lines are merged."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ..machine_groups import machine_groups
from ..schedule import Schedule
from .island import Island, merged
from .layout import Layout
from .plan import Kept, fitted_together, given_back, kept
from .prices import Prices
from .shares import shares
from .upkeep import Upkeep

_GAIN = 1e-9  # what is less is rounding


class Team:
    """Islands that start each epoch from one plan.

    In an epoch each moves only operations on its own machines, so what they find adds up: the
    merged plan has the line of each machine from the island that had it. Where the lines do not
    go together, or are worse together by more than the heat allows, the best island's plan counts.
    All of it depends on work units and the seed alone.
    """

    def __init__(self, layout: Layout, start: Schedule, *, seed: int, workers: int) -> None:
        self.layout = layout
        self.islands = [Island(layout, start, seed=seed, stream=i) for i in range(workers)]
        self._luck = np.random.default_rng([seed, workers])
        self._groups = machine_groups(layout.problem)
        self._load = np.bincount(
            layout.problem.alternatives.machine, minlength=len(layout.problem.machines)
        )
        self._upkeep = Upkeep(layout.problem, self._luck)
        self._told = self.islands[0].best_cost
        self._agreed = self._news = layout, self.islands[0].best

    def work(self, moves: int, effort: int, heat: float, threads: ThreadPoolExecutor) -> int:
        """Spend at most so many moves and on each island an effort, then merge what they found.

        A move on a bottleneck can take ten times as long as one elsewhere, so islands that shared
        moves equally would wait for each other; by effort they are done at about the same time.

        Returns
        -------
        Moves spent.
        """
        for _ in range(self._upkeep.tries):
            self.move_maintenance(heat)
        islands, count = self.islands, len(self.islands)
        parts = [moves // count + (i < moves % count) for i in range(count)]
        if count == 1:
            return islands[0].work(moves, heat, effort)
        base = kept(islands[0].plan)
        dealt = shares(self._groups, self._load, count, self._luck)
        for island, share in zip(islands, dealt, strict=True):
            island.guide.allowed[:] = share

        def work(island: Island, part: int) -> int:
            return island.work(part, heat, effort)

        spent = sum(threads.map(work, islands, parts))
        self._agree(merged(islands, dealt, base), heat, threads)
        return spent

    def _agree(self, lines: Kept, heat: float, threads: ThreadPoolExecutor) -> None:
        """Go on from the merged plan on all islands, or from the best plan of one."""
        islands = self.islands
        best = min(islands, key=lambda island: island.cost)
        lowest, plan = best.cost, kept(best.plan)
        together, leaves = islands[0], best is not islands[0]
        if fitted_together(self.layout, together.plan, lines):
            leaves = together.cost >= lowest + heat
            if not leaves:
                together.remember()
                plan = kept(together.plan)

        def follow(island: Island) -> None:
            if island is not together or leaves:
                island.go_on_from(plan)
            if island is together:
                island.look_again()

        list(threads.map(follow, islands))
        for island in islands[1:]:
            island.look_like(together)

    def move_maintenance(self, heat: float = 0.0) -> bool:
        """Try another time for a maintenance job, a move like all others, on all islands."""
        first = self.islands[0]
        proposal = self._upkeep.proposal(self.layout, first.plan)
        if proposal is None:
            return False
        layout = self.layout.with_maintenance(proposal.machine, proposal.starts)
        limit = heat * float(self._luck.exponential())
        if self.layout.prices.reference is not None:
            limit = -_GAIN  # where people count on the plan, nothing is moved for nothing
        if not first.work_in(layout, proposal.machine, proposal.since, limit):
            return False
        self.layout = layout
        for island in self.islands[1:]:
            island.stand_like(first)
        return True

    def news(self) -> Iterator[Schedule]:
        """The best plan, if it is better than the last one told."""
        best = min(self.islands, key=lambda island: island.best_cost)
        if best.best_cost < self._told - _GAIN:
            self._told = best.best_cost
            self._news = best.best_layout, best.best
            yield given_back(*self._news)

    def agree(self) -> None:
        """What was told last counts: `go_back` comes back to it."""
        self._agreed = self._news

    def go_back(self) -> None:
        """Go on from the plan that counted last: what was found since is no better after all."""
        layout, plan = self._agreed
        self.layout = layout
        for island in self.islands:
            island.forget(layout, plan)
        self._told = self.islands[0].best_cost

    def weigh_anew(self, prices: Prices) -> None:
        """Go on from the plan that counted last, at other prices."""
        layout, plan = self._agreed
        self._agreed = layout.with_prices(prices), plan
        self.go_back()

    def justify(self) -> None:
        """From the best plan on, let work wait where that pays at once."""
        if not self.layout.prices.waits:
            return
        best = min(self.islands, key=lambda island: island.best_cost)
        best.justify()
        self.layout = best.layout
        for island in self.islands:
            if island is not best:
                island.stand_like(best)
                island.look_like(best)
