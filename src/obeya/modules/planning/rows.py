"""What a row of the sheet of production orders says: `organisation.rows` tells how it is read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

OrderState = Literal["firm", "released", "done", "cancelled"]
FINISHED = ("done", "cancelled")


@dataclass(frozen=True)
class ProductionOrderRow:
    """An order to make something, numbered by us or by another system."""

    SHEET: ClassVar[str] = "Production orders"
    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: Annotated[str, "number of the order, 1000123; unique in the site"]
    material: Annotated[str, "code of what is made"]
    quantity: Annotated[Decimal, "ordered [base unit of the material], above 0"]
    due_at: Annotated[datetime, "when it must be finished; a bare date: the end of that day"]
    delivered: Annotated[Decimal, "of it in stock already; the rest is still to be made"] = Decimal(
        0
    )
    status: Annotated[OrderState, "released: the floor may begin; done: no more is made"] = "firm"

    @property
    def left(self) -> Decimal:
        """Still to be made."""
        return max(self.quantity - self.delivered, Decimal(0))

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED or not self.left
