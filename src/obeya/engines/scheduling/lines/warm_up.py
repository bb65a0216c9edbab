"""Compile the search of lines at set-up."""

from ..budget import Budget
from .flow_line import Aim, FlowLine
from .hybrid_line import HybridLine
from .justified import JustifiedIsland
from .solve import solve_hybrid, solve_line

_DURATIONS = [[2, 1], [1, 3], [2, 2], [3, 1], [1, 1]]


def compile_line_kernels() -> None:
    """Compile the kernels of all aims, or load them from disk."""
    work = Budget(work_units=1)
    solve_line(FlowLine.of(_DURATIONS), budget=work, seed=1)
    solve_line(FlowLine.of(_DURATIONS, no_wait=True), budget=work, seed=1)
    solve_line(FlowLine.of(_DURATIONS, aim=Aim.TOTAL_COMPLETION), budget=work, seed=1)
    hybrid = HybridLine.of(_DURATIONS, [1, 2])
    JustifiedIsland(hybrid, solve_hybrid(hybrid, budget=work, seed=1), seed=1, stream=0).work(1)
