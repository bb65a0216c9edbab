"""CP-SAT where it is strong: windows of a plan, odd side constraints, and lower bounds."""

from .bound import makespan_bound, worth_bound
from .cp_sat import CpSatMissing, Limit
from .polish import is_solved_whole, polish

__all__ = ["CpSatMissing", "Limit", "is_solved_whole", "makespan_bound", "polish", "worth_bound"]
