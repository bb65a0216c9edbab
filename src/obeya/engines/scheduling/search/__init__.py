"""The search on the plant model: from a first plan to a good one, every constraint held."""

from .bound import alone_completion, alone_start, tardiness_bound
from .solve import first_schedule, solve
from .worth import compared, worth

__all__ = [
    "alone_completion",
    "alone_start",
    "compared",
    "first_schedule",
    "solve",
    "tardiness_bound",
    "worth",
]
