"""Plain job shops: no calendars, crews or batches, and makespan for aim."""

from .plant import as_problem, as_schedule, of_problem
from .shop import NO_SETUPS, PlainPlan, PlainSetups, PlainShop

__all__ = [
    "NO_SETUPS",
    "PlainPlan",
    "PlainSetups",
    "PlainShop",
    "as_problem",
    "as_schedule",
    "of_problem",
]
