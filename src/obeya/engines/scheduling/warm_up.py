"""Compile at set-up, so that no planner waits for it."""

from .change import Change
from .dispatch import dispatch, refuse_failure
from .kernels.group import NO_ROOM
from .packing import packed
from .plain.warm_up import compile_plain_kernels
from .plain_large.warm_up import compile_large_kernels
from .random_problem import random_problem
from .unschedulable import Unschedulable


def compile_kernels() -> None:
    """Compile all kernels, or load them from disk (half a minute of CPU; later half a second)."""
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
    try:
        refuse_failure(pack, (NO_ROOM, 0, -1))
    except Unschedulable:
        return
