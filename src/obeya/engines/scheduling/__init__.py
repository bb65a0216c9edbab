"""Finite-capacity scheduling: which machine does which operation when, and why."""

from .attempts import best_of_rules
from .bottleneck import Bottleneck, bottlenecks
from .budget import Budget
from .cause import Cause, Segment
from .checker import Violation, check, conflicts_among_fixed
from .dispatch import Rule, dispatch
from .drop import DropRefusal, Reason
from .elsewhere import Elsewhere, why_this_machine
from .explain import Binding, LateOrder, explain_late_orders, why_not_earlier
from .measure import Measures, measure
from .objective import LEAST_CHANGEOVER, ON_TIME_FIRST, SHORTEST, Objective, smallest_change
from .problem import Alternative, InvalidProblem, Problem, ProblemBuilder
from .random_problem import random_problem
from .repair import Moved, Verdict, move, right_shift
from .schedule import Schedule
from .search import solve
from .unschedulable import Unschedulable
from .warm_up import compile_plant_kernels

__all__ = [
    "LEAST_CHANGEOVER",
    "ON_TIME_FIRST",
    "SHORTEST",
    "Alternative",
    "Binding",
    "Bottleneck",
    "Budget",
    "Cause",
    "DropRefusal",
    "Elsewhere",
    "InvalidProblem",
    "LateOrder",
    "Measures",
    "Moved",
    "Objective",
    "Problem",
    "ProblemBuilder",
    "Reason",
    "Rule",
    "Schedule",
    "Segment",
    "Unschedulable",
    "Verdict",
    "Violation",
    "best_of_rules",
    "bottlenecks",
    "check",
    "compile_plant_kernels",
    "conflicts_among_fixed",
    "dispatch",
    "explain_late_orders",
    "measure",
    "move",
    "random_problem",
    "right_shift",
    "smallest_change",
    "solve",
    "why_not_earlier",
    "why_this_machine",
]
