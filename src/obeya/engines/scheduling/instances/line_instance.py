"""Lines without passing, and lines with several machines at a stage."""

from dataclasses import dataclass

from ..budget import Budget
from ..checker import check as violations_of
from ..lines import (
    FlowLine,
    HybridLine,
    HybridPlan,
    LinePlan,
    as_problem,
    as_schedule,
    faults_of_hybrid,
    faults_of_line,
    least_of_hybrid,
    least_of_line,
    solve_hybrid,
    solve_line,
    value_of_hybrid,
    value_of_line,
)
from .instance import Answer, OnBetter


class _Sized:
    line: FlowLine | HybridLine

    @property
    def operations(self) -> int:
        """Jobs times stages."""
        return int(self.line.durations.size)

    @property
    def jobs(self) -> int:
        """Number of jobs."""
        return self.line.jobs


@dataclass(frozen=True, eq=False)
class LineInstance(_Sized):
    """A permutation flow shop; its aim is the line's."""

    problem: str
    line: FlowLine
    reading: str = ""

    @property
    def objective(self) -> str:
        """The aim of the line."""
        return self.line.aim.value

    @property
    def machines(self) -> int:
        """One per stage."""
        return self.line.stages

    def lower_bound(self) -> int:
        """Each stage alone, with what must come before and behind it."""
        return least_of_line(self.line)

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Search the order of jobs."""
        line = self.line
        plan = solve_line(
            line,
            budget=budget,
            seed=seed,
            workers=workers,
            on_better=lambda better: on_better(better.value),
        )

        def check() -> list[str]:
            found = faults_of_line(line, plan.order, plan.start)
            value = value_of_line(line, plan.start)
            return [*found, *_other(value, plan.value), *_as_a_plant(line, plan)]

        return Answer(plan.value, check)


@dataclass(frozen=True, eq=False)
class HybridInstance(_Sized):
    """A hybrid flow shop; the aim is makespan."""

    line: HybridLine
    problem: str = "HFSP"
    objective: str = "makespan"
    reading: str = ""

    @property
    def machines(self) -> int:
        """Of all stages."""
        return int(self.line.machines.sum())

    def lower_bound(self) -> int:
        """Each stage alone, with what must come before and behind it."""
        return least_of_hybrid(self.line)

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Search the order in which jobs enter."""
        line = self.line
        plan = solve_hybrid(
            line,
            budget=budget,
            seed=seed,
            workers=workers,
            on_better=lambda better: on_better(better.makespan),
        )

        def check() -> list[str]:
            found = faults_of_hybrid(line, plan.start, plan.machine)
            value = value_of_hybrid(line, plan.start)
            return [*found, *_other(value, plan.makespan), *_as_a_plant(line, plan)]

        return Answer(plan.makespan, check)


def _other(value: int, told: int) -> list[str]:
    return [] if value == told else [f"The plan is worth {value}, not {told}."]


def _as_a_plant(line: FlowLine | HybridLine, plan: LinePlan | HybridPlan) -> list[str]:
    """What the plant's checker finds; that nobody passes is no rule of a plant."""
    problem = as_problem(line)
    return [each.message for each in violations_of(problem, as_schedule(plan, problem))]
