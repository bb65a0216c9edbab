"""All kernels are compiled at set-up: those that plan a plant, and those of published instances.

Web and worker load the first alone: they start a seventh sooner without the others.
"""

from ..collecting import seldom_collecting
from ..lines.warm_up import compile_hybrid_line_kernels, compile_line_kernels
from ..plain.warm_up import compile_plain_kernels
from ..plain_large.warm_up import compile_large_kernels
from ..projects.warm_up import compile_project_kernels
from ..warm_up import compile_change_kernels, compile_search_kernels


def compile_kernels() -> None:
    """Compile all kernels, or load them from disk (90 s of processor time; later two seconds)."""
    compile_first_half()
    compile_second_half()


@seldom_collecting()
def compile_first_half() -> None:
    """What one process compiles at set-up, while another one compiles the second half."""
    compile_search_kernels()
    compile_hybrid_line_kernels()


@seldom_collecting()
def compile_second_half() -> None:
    """As long as the first; what changes a plan uses kernels of the first, so it comes last."""
    compile_project_kernels()
    compile_line_kernels()
    compile_plain_kernels()
    compile_large_kernels()
    compile_change_kernels()
