"""The online printing shop: searched as a plant, timed and checked by its own rules."""

from dataclasses import dataclass

from ..budget import Budget
from ..checker import check
from ..objective import SHORTEST
from ..printing.check import check_print_plan
from ..printing.decode import PrintPlan, Stuck, decode
from ..printing.shop import PrintShop, as_problem, as_schedule
from ..problem import Problem
from ..schedule import Schedule
from ..search import solve
from .instance import Answer, NotCovered, OnBetter


@dataclass(frozen=True, eq=False)
class PrintInstance:
    """A printing shop; the aim is makespan."""

    shop: PrintShop
    problem: str = "OPS"
    objective: str = "makespan"

    @property
    def operations(self) -> int:
        """Number of operations."""
        return len(self.shop.operations)

    @property
    def jobs(self) -> int:
        """Number of jobs."""
        return self.shop.jobs

    @property
    def machines(self) -> int:
        """Number of machines."""
        return len(self.shop.machines)

    def lower_bound(self) -> int:
        """Longest chain on the fastest machines, without breaks and setups."""
        operations, end = self.shop.operations, [0] * self.operations
        start = [max(each.release, each.fixed_start) for each in operations]
        for i in self.shop.topological():
            own = operations[i]
            end[i] = max(end[i], start[i] + min(work for _, work in own.ways))
            share = min(own.first_share(machine) for machine, _ in own.ways)
            for after in own.successors:
                start[after] = max(start[after], start[i] + share)
                end[after] = max(end[after], end[i])
        return max(end)

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Search the plant problem that relaxes the shop, and time each better plan anew."""
        problem = as_problem(self.shop)
        best: list[tuple[int, PrintPlan, Schedule]] = []

        def time_anew(_: object, schedule: Schedule) -> None:
            try:
                plan = decode(self.shop, schedule.machine.tolist(), schedule.start.tolist())
            except Stuck:
                return
            if not best or plan.makespan < best[-1][0]:
                best.append((plan.makespan, plan, schedule))
                on_better(plan.makespan)

        solve(
            problem,
            objective=SHORTEST,
            budget=budget,
            seed=seed,
            workers=workers,
            on_better=time_anew,
        )
        if not best:
            raise NotCovered("No plan was found in which the given starts are reached in time.")
        value, plan, schedule = best[-1]
        return Answer(value, lambda: self._wrong(problem, plan, schedule))

    def _wrong(self, problem: Problem, plan: PrintPlan, searched: Schedule) -> list[str]:
        """By the shop's own rules, and by the plant's checker on what the two share."""
        timed = as_schedule(
            problem,
            searched.alternative,
            setup_start=plan.setup_start,
            start=plan.start,
            end=plan.end,
        )
        found = [violation.message for violation in check(problem, timed)]
        return [*check_print_plan(self.shop, plan), *found]
