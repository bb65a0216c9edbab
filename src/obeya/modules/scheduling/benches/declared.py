"""The benches of this room."""

from obeya.plant.log.command import Bench

from . import construct, engine, plant, reaction, scheduling

BENCHES = (
    Bench(
        "construct",
        "A first schedule of 1k, 10k and 100k operations",
        construct.run,
        is_right=construct.is_right,
    ),
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
        "reaction",
        "Disruptions of a live plan: first answer, better answer, smallest change; promises",
        reaction.run,
        reaction.arguments,
        prints=True,
        is_right=reaction.is_right,
    ),
    Bench(
        "engine",
        "Moves per second and core, compile time, start time",
        engine.run,
        engine.arguments,
        prints=True,
        is_right=engine.is_right,
    ),
)
