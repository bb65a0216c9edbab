"""What suppliers owe us."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("purchasing.purchase_orders_saved", view="purchasing.view")
@dataclass(frozen=True)
class PurchaseOrdersSaved:
    """Ids are of supply orders; `materials` are those that they bring."""

    new: list[int]
    changed: list[int]
    materials: list[int]


@event("purchasing.purchases_received", view="purchasing.view")
@dataclass(frozen=True)
class PurchasesReceived:
    """Lines came and are complete: ids of supply orders, of stock moves, and of their materials."""

    orders: list[int]
    moves: list[int]
    materials: list[int]
