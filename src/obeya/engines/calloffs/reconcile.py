"""Why the customer's cumulative quantity is not ours: in transit, rejected, or not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Shipment:
    """A quantity on one delivery note, in the order in which they left."""

    document: str
    on: date
    quantity: Decimal


@dataclass(frozen=True)
class Explained:
    """received − shipped = −(in transit) − (rejected) + unexplained."""

    shipped: Decimal
    received: Decimal
    in_transit: tuple[Shipment, ...] = ()
    rejected: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        return self.received - self.shipped

    @property
    def on_the_way(self) -> Decimal:
        return sum((each.quantity for each in self.in_transit), ZERO)

    @property
    def unexplained(self) -> Decimal:
        return self.difference + self.on_the_way + self.rejected


def explain(
    *,
    opening: Decimal,
    shipments: Sequence[Shipment],
    rejected: Decimal,
    received: Decimal,
    last_receipt: str,
) -> Explained:
    """``opening`` was shipped before the first of ``shipments``; ``rejected`` was sent back.

    The customer names the delivery note received last: what left after it is in transit. Where
    the note is not one of ours, the newest shipments that fit into what is missing are.
    """
    shipped = opening + sum((each.quantity for each in shipments), ZERO)
    named = [at for at, each in enumerate(shipments) if each.document == last_receipt]
    if last_receipt and named:
        return Explained(shipped, received, tuple(shipments[named[-1] + 1 :]), rejected)
    missing = shipped - rejected - received
    in_transit: list[Shipment] = []
    for each in reversed(shipments):
        if each.quantity > missing:
            break
        missing -= each.quantity
        in_transit.insert(0, each)
    return Explained(shipped, received, tuple(in_transit), rejected)
