"""The benches of this room; each loads what it measures when it runs."""

from argparse import Namespace
from typing import Any

from obeya.plant.log.command import Bench

from . import engine, plant, scheduling


def _construct(options: Namespace) -> dict[str, Any]:
    from .construct import run  # noqa: PLC0415 - loads Numba

    return run()


BENCHES = (
    Bench("construct", "A first schedule of 1k, 10k and 100k operations", _construct),
    Bench(
        "scheduling",
        "Published instances, file by file, with gap, bound and check",
        scheduling.run,
        scheduling.arguments,
        prints=True,
        is_right=scheduling.is_right,
    ),
    Bench(
        "plant",
        "Made-up plants with every constraint on, against the best of many dispatch rules",
        plant.run,
        plant.arguments,
        prints=True,
        is_right=plant.is_right,
    ),
    Bench(
        "engine",
        "Moves per second and core, compile time, start time",
        engine.run,
        engine.arguments,
        prints=True,
    ),
)
