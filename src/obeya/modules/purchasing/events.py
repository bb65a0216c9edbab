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
