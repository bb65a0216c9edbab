"""A call-off as every format tells it: who wants how much of what, by when, and how surely."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Zone(StrEnum):
    """How surely a quantity will be taken: the zones of a schedule agreement, surest first."""

    FIRM = "firm"  # to be delivered
    RELEASE = "release"  # may be made, or its material bought, at the customer's risk
    FORECAST = "forecast"  # for planning alone


SURENESS = {Zone.FIRM: 0, Zone.RELEASE: 1, Zone.FORECAST: 2}


@dataclass(frozen=True)
class Slot:
    """A quantity due at a moment (of the customer's wall clock), or within a span from it."""

    due_at: datetime
    quantity: Decimal
    zone: Zone
    until: date | None = None  # last day of the span; None: due at the moment itself
    is_whole_day: bool = True  # no time of day was said

    @property
    def ends_on(self) -> date:
        return self.until or self.due_at.date()


@dataclass(frozen=True)
class Line:
    """What is wanted of one part at one place."""

    item: str  # the customer's number of the part
    position: int  # of the segment that opens it, 1 is the first of the file
    supplier_item: str = ""
    ship_to: str = ""
    dock: str = ""
    order_code: str = ""
    unit: str = ""
    cumulative_received: Decimal | None = None
    cumulative_from: date | None = None  # the day on which the customer began to count
    last_receipt: str = ""  # number of the delivery note that was received last
    last_receipt_on: date | None = None
    last_receipt_quantity: Decimal | None = None
    slots: tuple[Slot, ...] = ()
    notes: tuple[str, ...] = ()  # what the customer writes about it, or about the whole message


@dataclass(frozen=True)
class CallOff:
    """One message. Each of its lines replaces what the customer had said of that part there.

    A just-in-time call does so for its own days alone: what was planned after them stays.
    """

    format: str  # as people name it: DELFOR D.96A
    document: str
    issued_on: date
    customer: str  # the sender's number, as the message says it
    supplier: str = ""  # ours
    previous_document: str = ""
    is_whole: bool = True  # False: a just-in-time call (DELJIT, 862)
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()  # what was read over, in words
