"""Lines: every job passes the same stages, without passing another, or on equal machines."""

from .bounds import least_of_hybrid, least_of_line
from .checking import faults_of_hybrid, faults_of_line, value_of_hybrid, value_of_line
from .flow_line import Aim, FlowLine
from .hybrid_line import HybridLine
from .plans import HybridPlan, LinePlan, line_plan
from .plant import as_problem, as_schedule
from .solve import solve_hybrid, solve_line

__all__ = [
    "Aim",
    "FlowLine",
    "HybridLine",
    "HybridPlan",
    "LinePlan",
    "as_problem",
    "as_schedule",
    "faults_of_hybrid",
    "faults_of_line",
    "least_of_hybrid",
    "least_of_line",
    "line_plan",
    "solve_hybrid",
    "solve_line",
    "value_of_hybrid",
    "value_of_line",
]
