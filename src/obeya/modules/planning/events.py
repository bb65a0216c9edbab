"""What happened in planning."""

from dataclasses import dataclass
from datetime import datetime

from obeya.plant.log.events import event


@event("planning.requirements_planned", view="planning.view")
@dataclass(frozen=True)
class RequirementsPlanned:
    """An explosion was adopted: what to make and what to buy, pegged to who needs it."""

    run_id: int
    as_of: datetime
    make_orders: int
    buy_orders: int
    pegs: int


@event("planning.production_orders_saved", view="planning.view")
@dataclass(frozen=True)
class ProductionOrdersSaved:
    """Orders to make were entered or changed; ids are of supply orders, and of materials."""

    new: list[int]
    changed: list[int]
    released: list[int]
    cancelled: list[int]
    materials: list[int]
