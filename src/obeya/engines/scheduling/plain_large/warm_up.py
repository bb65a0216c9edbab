"""A tiny shop that runs through all kernels of large plain shops."""

from ..budget import Budget
from ..plain import PlainShop
from .solve import solve_large


def compile_large_kernels() -> None:
    """Compile the kernels of this package, or load them from disk."""
    shop = PlainShop.of_jobs(
        2,
        operations=[2, 2, 2],
        alternatives=[1] * 6,
        machine=[0, 1, 0, 1, 0, 1],
        duration=[3, 3, 3, 3, 3, 3],
    )
    solve_large(shop, budget=Budget(3_000), seed=1, workers=1)
