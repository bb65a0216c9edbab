"""Compile at set-up, so that no planner waits for it."""

from .dispatch import dispatch
from .random_problem import random_problem
from .repair import right_shift


def compile_kernels() -> None:
    """Compile all kernels, or load them from disk (about half a minute, later half a second)."""
    problem = random_problem(seed=1, operations=12)
    right_shift(problem, dispatch(problem), now=problem.now)
