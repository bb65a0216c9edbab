"""Projects with resources: RCPSP, with modes, and several at once."""

from dataclasses import dataclass

from ..budget import Budget
from ..projects.check import check_project_plan
from ..projects.modes import NoModes
from ..projects.project import Project, lower_bound
from ..projects.solve import solve
from .instance import Answer, NotCovered, OnBetter


@dataclass(frozen=True, eq=False)
class ProjectInstance:
    """A project; the aim is makespan."""

    problem: str
    project: Project
    objective: str = "makespan"
    reading: str = ""

    @property
    def operations(self) -> int:
        """Number of activities."""
        return len(self.project)

    @property
    def jobs(self) -> int:
        """Activities that wait for none."""
        first = self.project.first_before
        return int((first[1:] == first[:-1]).sum())

    @property
    def machines(self) -> int:
        """Resources that are given back."""
        return len(self.project.capacity)

    def lower_bound(self) -> int:
        """Longest chain, and work over capacity."""
        return lower_bound(self.project)

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Anneal over activity lists."""
        try:
            plan = solve(
                self.project, budget=budget, seed=seed, workers=workers, on_better=on_better
            )
        except NoModes as none:
            raise NotCovered(str(none)) from none
        mode, start = plan.mode.tolist(), plan.start.tolist()

        def check() -> list[str]:
            found = check_project_plan(self.project, mode, start)
            ends = [s + int(self.project.duration[m]) for s, m in zip(start, mode, strict=True)]
            longest = max(ends, default=0)
            if longest != plan.makespan:
                found.append(f"The plan is {longest} long, not {plan.makespan}.")
            return found

        return Answer(plan.makespan, check, self.lower_bound())
