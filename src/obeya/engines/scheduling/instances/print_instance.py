"""The online printing shop: searched as a plant, timed and checked by its own rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..budget import Budget
from ..checker import check
from ..objective import SHORTEST
from ..printing.building import build, first_plan
from ..printing.check import check_print_plan
from ..printing.decode import PrintPlan, Stuck, decode
from ..printing.shop import PrintShop, as_problem, as_schedule, on_machines_of_fixed
from ..problem import Problem
from ..schedule import Schedule
from ..search import solve
from ..unschedulable import Unschedulable
from .instance import Answer, NotCovered, OnBetter


@dataclass
class _Tries:
    """How often a first plan was tried, within the budget of the whole answer."""

    budget: Budget
    done: int = 1  # the first one is always made

    def are_over(self) -> bool:
        """Asked before each further one."""
        if self.done >= self.budget.work_units or self.budget.should_stop():
            return True
        self.done += 1
        return False


@dataclass(frozen=True, eq=False)
class PrintInstance:
    """A printing shop; the aim is makespan."""

    shop: PrintShop
    problem: str = "OPS"
    objective: str = "makespan"
    reading: str = ""

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
        """Search the plant problem that relaxes the shop, and time each better plan anew.

        Where starts are given, a plan that keeps them is built first; a try at it counts as one
        unit of the work, like a move of the search.
        """
        shop, first, work = self.shop, None, budget.of_each(workers)
        if any(each.fixed_start >= 0 for each in shop.operations):
            tries = _Tries(work)
            first = first_plan(shop, seed=seed, should_stop=tries.are_over)
            work = replace(work, work_units=max(work.work_units - tries.done, 0))
        if first is not None:
            shop = on_machines_of_fixed(shop, first.machine)
            on_better(first.makespan)
        problem = as_problem(shop)
        best = first

        def time_anew(_: object, schedule: Schedule) -> None:
            nonlocal best
            machine, start = schedule.machine.tolist(), schedule.start.tolist()
            plan = _timed(shop, machine, start)
            if plan is not None and (best is None or plan.makespan < best.makespan):
                best = plan
                on_better(plan.makespan)

        search = partial(
            solve,
            problem,
            objective=SHORTEST,
            budget=work,
            seed=seed,
            workers=workers,
            on_better=time_anew,
        )
        try:
            search()
        except Unschedulable as failure:
            if first is None:
                raise NotCovered(str(failure)) from failure
            search(start=_in_plant(shop, problem, first))
        found = best
        if found is None:
            raise NotCovered("No plan was found in which the given starts are reached in time.")
        return Answer(found.makespan, lambda: self._wrong(found))

    def _wrong(self, plan: PrintPlan) -> list[str]:
        """By the shop's own rules, and by the plant's checker on what the two share."""
        shop = on_machines_of_fixed(self.shop, plan.machine)
        problem = as_problem(shop)
        found = [violation.message for violation in check(problem, _in_plant(shop, problem, plan))]
        return [*check_print_plan(self.shop, plan), *found]


def _timed(shop: PrintShop, machine: Sequence[int], start: Sequence[int]) -> PrintPlan | None:
    """In the turns of a plan; where these miss a given start, in the gaps around those."""
    try:
        return decode(shop, machine, start)
    except Stuck:
        return build(shop, machine, start)


def _in_plant(shop: PrintShop, problem: Problem, plan: PrintPlan) -> Schedule:
    ways = [
        [machine for machine, _ in each.ways].index(row)
        for each, row in zip(shop.operations, plan.machine, strict=True)
    ]
    return as_schedule(
        problem,
        problem.operations.first_alternative[:-1] + ways,
        setup_start=plan.setup_start,
        start=plan.start,
        end=plan.end,
    )
