"""Compile the search of projects at set-up."""

from ..budget import Budget
from .project import Activity, Project
from .solve import solve


def compile_project_kernels() -> None:
    """Compile the kernels, or load them from disk."""
    # one after the other, which no bound knows: so the search begins
    activities = [Activity([(2, [2, 0]), (2, [2, 1])], [])] * 3
    solve(Project.of(activities, capacity=[3], stock=[1]), budget=Budget(2))
