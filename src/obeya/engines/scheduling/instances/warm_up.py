"""All kernels are compiled at set-up: those that plan a plant, and those of published instances.

Web and worker load the first alone: they start a seventh sooner without the others.
"""

from ..collecting import seldom_collecting
from ..lines.warm_up import compile_line_kernels
from ..plain.warm_up import compile_plain_kernels
from ..plain_large.warm_up import compile_large_kernels
from ..projects.warm_up import compile_project_kernels
from ..warm_up import compile_plant_kernels


@seldom_collecting()
def compile_instance_kernels() -> None:
    """Compile what solves published instances beside the plant: shops, lines and projects."""
    compile_project_kernels()
    compile_line_kernels()
    compile_plain_kernels()
    compile_large_kernels()


def compile_kernels() -> None:
    """Compile all kernels, or load them from disk (1.5 minutes of CPU; later two seconds).

    Set-up compiles both halves at the same time, each in a process of its own.
    """
    compile_plant_kernels()
    compile_instance_kernels()
