"""Finite-capacity scheduling: which machine does which operation when, and why."""

from .checker import Violation, check, conflicts_among_fixed
from .measure import Measures, measure
from .problem import Alternative, InvalidProblem, Problem, ProblemBuilder
from .schedule import Schedule

__all__ = [
    "Alternative",
    "InvalidProblem",
    "Measures",
    "Problem",
    "ProblemBuilder",
    "Schedule",
    "Violation",
    "check",
    "conflicts_among_fixed",
    "measure",
]
