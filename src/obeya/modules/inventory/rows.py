"""What a row of the stock sheet says. See `organisation.rows` for how rows are read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

StockStatus = Literal["available", "quality", "blocked"]


@dataclass(frozen=True)
class StockRow:
    """What lies in one place: the balance as counted, not a change to it."""

    SHEET: ClassVar[str] = "Stock"
    KEY: ClassVar[tuple[str, ...]] = ("material", "location", "lot", "status")

    material: Annotated[str, "code of the material"]
    location: Annotated[str, "code of the storage"]
    quantity: Annotated[Decimal, "counted there [base unit of the material]"]
    lot: Annotated[str, "number of the lot, made if new; empty: not kept by lot"] = ""
    status: Annotated[StockStatus, "free to use, waiting for inspection, or blocked"] = "available"
    made_on: Annotated[date | None, "day on which the lot was made"] = None
    expires_on: Annotated[date | None, "first day on which the lot may no longer be used"] = None
