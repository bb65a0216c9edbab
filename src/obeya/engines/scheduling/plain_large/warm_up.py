"""Tiny shops that run through all kernels of large plain shops."""

from ..budget import Budget
from ..plain import PlainShop
from .solve import solve_large


def compile_large_kernels() -> None:
    """Compile the kernels of this package, or load them from disk."""
    for ways in (1, 2):
        shop = PlainShop.of_jobs(
            2,
            operations=[2, 2, 2],
            alternatives=[ways] * 6,
            machine=[0, 1, 1, 0] * 3 if ways == 2 else [0, 1] * 3,
            duration=[3, 4, 3, 5] * 3 if ways == 2 else [3] * 6,
        )
        solve_large(shop, budget=Budget(3_000), seed=1, workers=1)
