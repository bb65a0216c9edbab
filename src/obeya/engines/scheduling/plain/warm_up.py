"""Compile the kernels of plain shops at set-up."""

from .bound import heads_and_rests
from .island import PlainIsland
from .packing import packed
from .shop import PlainShop


def compile_plain_kernels() -> None:
    """Compile all kernels, or load them from disk."""
    shop = PlainShop.of_jobs(
        2,
        operations=[2, 2],
        alternatives=[2, 1, 1, 2],
        machine=[0, 1, 0, 1, 0, 1],
        duration=[3, 2, 4, 2, 3, 5],
    )
    heads_and_rests(shop)
    island = PlainIsland(packed(shop), bound=0, seed=1, stream=0, size=2, patience=10)
    island.work(1)
    island.adopt(island.solution())
    island.relink(island.solution(), island.solution())
