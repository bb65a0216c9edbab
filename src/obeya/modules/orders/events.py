"""What customers, and we ourselves, want."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("orders.demands_saved", view="orders.view")
@dataclass(frozen=True)
class DemandsSaved:
    """Ids are of demands; `materials` are those that they ask for."""

    new: list[int]
    changed: list[int]
    materials: list[int]


@event("orders.demands_shipped", view="orders.view")
@dataclass(frozen=True)
class DemandsShipped:
    """Lines left for their customers: ids of demands, of stock moves, and of their materials."""

    demands: list[int]
    moves: list[int]
    materials: list[int]
