"""A hall without a product: one machine, its work, and what would have been tapped in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import Any

from obeya_demo_plant.chance import Chance
from obeya_demo_plant.floor import Floor
from obeya_demo_plant.hours import ROUND_THE_CLOCK, Hours
from obeya_demo_plant.seen import Order, Place, Sight
from obeya_demo_plant.state import State
from obeya_demo_plant.truth import Truth

HOUR_S = 3600


def an_order(code: str, machine: str = "PRESS-1", **other: Any) -> Order:
    order, _, operation = code.partition("/")
    fields: dict[str, Any] = {
        "order": order,
        "operation": int(operation or 10),
        "status": "ready",
        "equipment": machine,
        "material": "BR-601",
        "family": "DIE-601",
        "run_s": 10.0,
        "fixed_s": 0.0,
        "quantity": 1000,
        "made": 0,
        "good": 0,
        "planned": 0,
    }
    return Order(code=code, **fields | other)


def a_floor(
    orders: Iterable[Order],
    *,
    machines: Mapping[str, str],
    hours: Hours = ROUND_THE_CLOCK,
    places: int = 1,
    seed: int = 1,
    began: int = 0,
    zone: tzinfo = UTC,
) -> Floor:
    """``machines``: code → work center."""
    places_ = [Place(code, center, "DAY", places, "") for code, center in machines.items()]
    state = State(seed=seed, began=began, now=began)
    floor = Floor(state, Sight(places_, {"DAY": hours}, zone=zone), Truth(Chance(seed)))
    floor.adopt(list(orders))
    return floor


def said(floor: Floor, verb: str) -> Sequence[dict[str, Any]]:
    """The rows of every message of a verb."""
    return [row for each in floor.state.outbox if each["verb"] == verb for row in each["rows"]]
