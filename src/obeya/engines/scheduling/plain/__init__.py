"""Plain job shops: no calendars, crews or batches, and makespan for aim."""

from .bound import lower_bound
from .plant import as_problem, as_schedule, of_problem
from .shop import NO_SETUPS, PlainPlan, PlainSetups, PlainShop
from .solve import solve_plain

__all__ = [
    "NO_SETUPS",
    "PlainPlan",
    "PlainSetups",
    "PlainShop",
    "as_problem",
    "as_schedule",
    "lower_bound",
    "of_problem",
    "solve_plain",
]
