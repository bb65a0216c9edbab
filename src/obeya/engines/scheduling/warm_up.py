"""Compile at set-up, so that no planner waits for it."""

from .budget import Budget
from .change import Change
from .dispatch import dispatch, refuse_failure
from .kernels.group import NO_ROOM
from .packing import packed
from .projects.project import Activity, Project
from .projects.solve import solve as solve_project
from .random_problem import random_problem
from .unschedulable import Unschedulable


def compile_kernels() -> None:
    """Compile all kernels, or load them from disk (half a minute of CPU; later half a second)."""
    _compile_projects()
    problem = random_problem(seed=1, operations=12)
    schedule = dispatch(problem)
    pack = packed(problem, schedule.maintenance_start)
    change = Change(pack, schedule)
    operation = int(schedule.start.argmax())
    change.drop(operation, int(schedule.machine[operation]), int(schedule.start[operation]))
    change.settled()
    change.anew()
    try:
        refuse_failure(pack, (NO_ROOM, 0, -1))
    except Unschedulable:
        return


def _compile_projects() -> None:
    activities = [Activity([(1, [1, 1]), (2, [1, 0])], [1]), Activity([(1, [1, 0])], [])]
    solve_project(Project.of(activities, capacity=[1], stock=[1]), budget=Budget(2))
