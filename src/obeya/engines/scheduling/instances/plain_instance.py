"""Job shops and flexible job shops, with setups and with graphs of predecessors."""

from dataclasses import dataclass

import numpy as np

from ..budget import Budget
from ..checker import check
from ..plain import PlainPlan, PlainShop, as_problem, as_schedule, lower_bound, solve_plain
from ..plain_large import has_choice, solve_large
from .instance import Answer, OnBetter

# Operations from which windows are better than tabu search of the whole; fewer where they can
# choose their machines, for then many paths are critical at once, and windows see them all.
LARGE, LARGE_WITH_CHOICE = 3_000, 1_000


@dataclass(frozen=True, eq=False)
class PlainInstance:
    """A plain shop; the aim is makespan."""

    problem: str
    shop: PlainShop
    objective: str = "makespan"
    reading: str = ""

    @property
    def operations(self) -> int:
        """Number of operations."""
        return len(self.shop)

    @property
    def jobs(self) -> int:
        """Number of chains or graphs that no arc ties to each other."""
        inward, shop = np.diff(self.shop.first_predecessor), self.shop
        if not len(inward) or inward.max() <= 1:
            return int((inward == 0).sum())
        root = list(range(len(shop)))
        for after, before in zip(
            np.repeat(root, inward).tolist(), shop.predecessor.tolist(), strict=True
        ):
            ends = [after, before]
            for side in (0, 1):
                while root[ends[side]] != ends[side]:
                    ends[side] = root[ends[side]]
            root[max(ends)] = min(ends)
        return sum(root[i] == i for i in range(len(root)))

    @property
    def machines(self) -> int:
        """Number of machines."""
        return self.shop.machines

    def lower_bound(self) -> int:
        """Chains, machines alone, and groups of machines."""
        return lower_bound(self.shop)

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Search; the plan is verified by the plant's checker."""

        def told(better: PlainPlan) -> None:
            on_better(better.makespan)

        shop = self.shop
        large = LARGE_WITH_CHOICE if has_choice(shop) else LARGE
        if len(shop) >= large and not shop.has_setups:
            plan = solve_large(
                shop,
                budget=budget.of_each(workers),
                seed=seed,
                workers=workers,
                elapsed=budget.progress,
                on_better=told,
            )
        else:
            plan = solve_plain(shop, budget=budget, seed=seed, workers=workers, on_better=told)
        return Answer(plan.makespan, lambda: self._wrong(plan), plan.bound)

    def _wrong(self, plan: PlainPlan) -> list[str]:
        problem = as_problem(self.shop)
        schedule = as_schedule(self.shop, problem, plan.start, plan.way)
        found = [violation.message for violation in check(problem, schedule)]
        longest = int(schedule.end.max(initial=0))
        if longest != plan.makespan:
            found.append(f"The schedule is {longest} long, not {plan.makespan}.")
        return found
