"""The rooms of the house, bottom first: a room calls only rooms that stand before it."""

from importlib.util import find_spec

KERNEL = [
    "obeya.plant.log",
    "obeya.plant.log.access",
    "obeya.plant.resources",
    "obeya.plant.work",
    "obeya.plant.ledgers",
    "obeya.plant.issues",
]
ROOMS = [
    "organisation",
    "engineering",
    "inventory",
    "orders",
    "calloffs",
    "purchasing",
    "planning",
    "production",
    "scheduling",
    "exchange",
    "performance",
]


def present() -> list[str]:
    """Packages of the rooms that are built, in order."""
    names = [f"obeya.modules.{room}" for room in ROOMS]
    return [name for name in names if find_spec(name) and find_spec(f"{name}.module")]
