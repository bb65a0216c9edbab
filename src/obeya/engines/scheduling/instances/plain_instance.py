"""Job shops and flexible job shops, with setups and with graphs of predecessors."""

from dataclasses import dataclass

import numpy as np

from ..budget import Budget
from ..checker import check
from ..dispatch import best_of_rules
from ..plain.plant import as_problem, as_schedule
from ..plain.shop import PlainShop
from .instance import Answer, OnBetter


@dataclass(frozen=True, eq=False)
class PlainInstance:
    """A plain shop; the aim is makespan."""

    problem: str
    shop: PlainShop
    objective: str = "makespan"

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
        """Longest chain, and what each machine alone must do."""
        return 0

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Search; the plan is verified by the plant's checker."""
        problem = as_problem(self.shop)
        schedule = best_of_rules(problem, budget=budget, seed=seed)
        start, way = schedule.start, schedule.alternative
        value = int(schedule.end.max())
        on_better(value)
        return Answer(value, lambda: self._wrong(value, start, way))

    def _wrong(self, value: int, start: object, way: object) -> list[str]:
        problem = as_problem(self.shop)
        schedule = as_schedule(self.shop, problem, start, way)  # type: ignore[arg-type]
        found = [violation.message for violation in check(problem, schedule)]
        longest = int(schedule.end.max())
        if longest != value:
            found.append(f"The schedule is {longest} long, not {value}.")
        return found
