"""Compile at set-up, so that no planner waits for it."""

from .budget import Budget
from .change import Change
from .dispatch import dispatch, refuse_failure
from .kernels.group import NO_ROOM
from .lines.warm_up import compile_line_kernels
from .packing import packed
from .plain.warm_up import compile_plain_kernels
from .plain_large.warm_up import compile_large_kernels
from .projects.warm_up import compile_project_kernels
from .random_problem import random_problem
from .search import solve, tardiness_bound
from .unschedulable import Unschedulable


def compile_kernels() -> None:
    """Compile all kernels, or load them from disk (half a minute of CPU; later half a second)."""
    compile_project_kernels()
    compile_line_kernels()
    compile_plain_kernels()
    compile_large_kernels()
    problem = random_problem(seed=1, operations=12)
    schedule = dispatch(problem)
    pack = packed(problem, schedule.maintenance_start)
    change = Change(pack, schedule)
    operation = int(schedule.start.argmax())
    change.drop(operation, int(schedule.machine[operation]), int(schedule.start[operation]))
    change.settled()
    change.anew()
    solve(problem, budget=Budget(2_000), workers=2)
    tardiness_bound(problem)
    try:
        refuse_failure(pack, (NO_ROOM, 0, -1))
    except Unschedulable:
        return
