"""CP-SAT where it is strong: windows of a plan, odd side constraints, and lower bounds."""

from .bound import makespan_bound, worth_bound
from .cp_sat import CpSatMissing, Limit
from .polish import polish

__all__ = ["CpSatMissing", "Limit", "makespan_bound", "polish", "worth_bound"]
