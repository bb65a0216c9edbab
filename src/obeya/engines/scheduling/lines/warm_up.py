"""Compile the search of lines at set-up."""

from ..budget import Budget
from .flow_line import Aim, FlowLine
from .hybrid_line import HybridLine
from .justified import JustifiedIsland
from .solve import solve_hybrid, solve_line

_DURATIONS = [[2, 1], [1, 3], [2, 2], [3, 1], [1, 1]]


_WORK = Budget(work_units=1)


def compile_line_kernels() -> None:
    """Compile the kernels of all aims, or load them from disk."""
    solve_line(FlowLine.of(_DURATIONS), budget=_WORK, seed=1)
    solve_line(FlowLine.of(_DURATIONS, no_wait=True), budget=_WORK, seed=1)
    solve_line(FlowLine.of(_DURATIONS, aim=Aim.TOTAL_COMPLETION), budget=_WORK, seed=1)


def compile_hybrid_line_kernels() -> None:
    """Compile those of lines with several machines in a stage, or load them from disk."""
    hybrid = HybridLine.of(_DURATIONS, [1, 2])
    JustifiedIsland(hybrid, solve_hybrid(hybrid, budget=_WORK, seed=1), seed=1, stream=0).work(1)
