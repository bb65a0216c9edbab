"""Work that was done before, as the one who takes it over says it; codes, and times in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class PastUse:
    """So much of a material."""

    material: str
    quantity: Decimal  # in its base unit
    lot: str = ""


@dataclass(frozen=True)
class PastSpan:
    """What the machine did for the job; without an end it still does."""

    kind: str  # setup, run or down
    began_at: datetime
    ended_at: datetime | None = None
    reason: str = ""  # of a stop


@dataclass(frozen=True)
class PastJob:
    """One operation of an order: not begun, under way, or done."""

    operation: int
    planned_start_at: datetime
    planned_end_at: datetime
    equipment: str = ""  # where it began; empty: not begun, or outside
    began_at: datetime | None = None
    ended_at: datetime | None = None
    good: Decimal = Decimal(0)
    scrap: Decimal = Decimal(0)
    scrap_reason: str = ""
    spans: Sequence[PastSpan] = ()
    uses: Sequence[PastUse] = ()  # taken out of stock when it ended; of one under way, now
    is_booked: bool = True  # False: the opening stock counts its uses and pieces already


@dataclass(frozen=True)
class PastOrder:
    """A quantity that was to be made, with a job for each operation of its routing, in order."""

    material: str
    quantity: Decimal
    due_at: datetime
    released_at: datetime
    jobs: Sequence[PastJob]
    needs: Sequence[PastUse] = ()  # for the whole order
