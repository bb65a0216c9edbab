"""What an advance shipping notice says, before it is written as DESADV or 856."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class DespatchLine:
    item: str  # the customer's number
    supplier_item: str
    quantity: Decimal
    unit: str  # as the customer's call-off says it
    cumulative: Decimal  # shipped, this delivery included
    order_code: str = ""


@dataclass(frozen=True)
class Despatch:
    """One delivery note."""

    document: str
    shipped_at: datetime  # of the plant's wall clock
    sender: str
    recipient: str
    ship_to: str
    control: int  # number of the interchange
    lines: Sequence[DespatchLine]
    dock: str = ""  # where it is unloaded at that place


def figure(value: Decimal) -> str:
    """Without exponent, and without zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
