"""What a row of the demand sheet says. See `organisation.rows` for how rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

DemandKind = Literal["order_line", "call_off", "forecast", "safety_stock", "transfer"]
DemandStatus = Literal["open", "shipped", "closed", "cancelled"]


@dataclass(frozen=True)
class DemandRow:
    """One line that somebody waits for: a quantity of a material by a date."""

    SHEET: ClassVar[str] = "Demand"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "number of the line, SO-1001/1; unique in the site"]
    material: Annotated[str, "code of what is wanted"]
    quantity: Annotated[Decimal, "[base unit of the material], above 0"]
    due_at: Annotated[datetime, "when it must be ready; a bare date: the end of that day"]
    customer: Annotated[str, "code of the customer; empty: ourselves"] = ""
    order_code: Annotated[str, "number of the order that the line belongs to"] = ""
    kind: Annotated[DemandKind, "order line, call-off, forecast …"] = "order_line"
    weight: Annotated[int, "how much an hour late hurts; 1 is usual"] = 1
    status: Annotated[DemandStatus, "open until shipped, closed or cancelled"] = "open"
    extra: Annotated[Mapping[str, object], "custom fields"] = field(default_factory=dict)


@dataclass(frozen=True)
class ShipmentRow:
    """What left for a customer of one line."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, "number of the line, SO-1001/1"]
    quantity: Annotated[Decimal, "what left [base unit of the material], above 0"]
    shipped_at: Annotated[datetime | None, "when; empty: now"] = None
    lot: Annotated[str, "number of the lot, of materials that are kept by lot"] = ""
