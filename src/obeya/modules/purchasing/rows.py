"""What a row of the purchases sheet says. See `organisation.rows` for how rows are read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar


@dataclass(frozen=True)
class PurchaseRow:
    """One open line of a purchase order: a quantity that a supplier owes us by a date."""

    SHEET: ClassVar[str] = "Purchases"
    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: Annotated[str, "number of the line, PO-2001/1; unique in the site"]
    material: Annotated[str, "code of what we buy"]
    quantity: Annotated[Decimal, "still to come [base unit of the material], above 0"]
    due_at: Annotated[datetime, "when it is promised; a bare date: the start of that day"]
    supplier: Annotated[str, "code of the supplier; empty: not chosen yet"] = ""
    is_cancelled: Annotated[bool, "it will not come any more"] = False


@dataclass(frozen=True)
class ReceiptRow:
    """What came of one line of a purchase order."""

    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: Annotated[str, "number of the line, PO-2001/1"]
    quantity: Annotated[Decimal, "what came [base unit of the material], above 0"]
    received_at: Annotated[datetime | None, "when; empty: now"] = None
    lot: Annotated[str, "number of the lot, of materials that are kept by lot"] = ""
