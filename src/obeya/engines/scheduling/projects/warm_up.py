"""Compile the search of projects at set-up."""

from ..budget import Budget
from .project import Activity, Project
from .solve import solve


def compile_project_kernels() -> None:
    """Compile the kernels, or load them from disk."""
    activities = [Activity([(1, [1, 1]), (2, [1, 0])], [1]), Activity([(1, [1, 0])], [])]
    solve(Project.of(activities, capacity=[1], stock=[1]), budget=Budget(2))
