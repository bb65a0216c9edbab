"""Large plain shops, from thousands of operations to a million, for least makespan."""

from .solve import first_plan, has_choice, solve_large

__all__ = ["first_plan", "has_choice", "solve_large"]
