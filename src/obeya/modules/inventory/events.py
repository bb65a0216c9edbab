"""What changed in what lies where."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("inventory.stock_set", view="inventory.view")
@dataclass(frozen=True)
class StockSet:
    """Stock was put to what was counted: moves from and to stock corrections."""

    moves: list[int]
    materials: list[int]


@event("inventory.stock_moved", view="inventory.view")
@dataclass(frozen=True)
class StockMoved:
    moves: list[int]
    materials: list[int]
