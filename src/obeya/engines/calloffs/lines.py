"""A line while it is read, segment by segment; then frozen."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.neutral import SURENESS, Line, Slot, Zone
from obeya.engines.calloffs.values import month

LONGEST_NUMBER = 48  # X12 234; EDIFACT and VDA have room for less
LONGEST_UNIT = 8  # 6411 of later directories
LONGEST_NOTE = 2_560  # five texts of 512, the most that a free text (FTX) holds
MOST_NOTES = 100  # of a part
LARGEST_TOTAL = 999_999_999_999  # as one quantity


@dataclass
class OpenSlot:
    """A quantity that waits for its date."""

    quantity: Decimal
    zone: Zone | None
    segment: str
    position: int
    due_at: datetime | None = None
    until: date | None = None
    is_whole_day: bool = True
    is_dated: bool = False  # by a day of its own, not by the first day of a span
    is_at_once: bool = False  # without a date it is wanted on the day of the message
    bucket: str = ""  # W or M: the date that follows is the first day of a week or a month

    def last_day(self) -> date | None:
        """Of its span; a date in the midst of a week or a month is that day."""
        if self.until is not None or self.due_at is None or not self.is_whole_day:
            return self.until
        day = self.due_at.date()
        if self.bucket == "W" and day.isoweekday() == 1:
            return day + timedelta(days=6)
        if self.bucket == "M" and day.day == 1:
            return month(f"{day.year:04}", f"{day.month:02}")[1]
        return None


def undated() -> OpenSlot:
    """No quantity yet: a date that is said first, for those that follow."""
    return OpenSlot(Decimal(0), None, "", 0)


def with_note(notes: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The same words once; of too many, one more than may be, so that they are refused."""
    return (*notes, text) if text and len(notes) <= MOST_NOTES and text not in notes else notes


@dataclass
class OpenLine:
    line: Line
    slots: list[Slot] = field(default_factory=list)
    is_whole: bool = True  # False: of a just-in-time call, where a zero takes its day back

    def put(self, **values: Any) -> None:
        self.line = replace(self.line, **values)

    def note(self, text: str) -> None:
        """What the customer writes."""
        self.put(notes=with_note(self.line.notes, text))

    @property
    def says_something(self) -> bool:
        return bool(self.slots) or self.line.cumulative_received is not None

    def closed(self) -> Line:
        self._refuse_beyond_bounds()
        return replace(self.line, slots=in_order(self.slots, with_zeros=not self.is_whole))

    def _refuse_beyond_bounds(self) -> None:
        """What no standard has room for is damage, and nothing that keeps the line has either."""
        line = self.line
        numbers = (line.item, line.supplier_item, line.ship_to, line.dock, line.order_code)
        for text in (*numbers, line.last_receipt):
            if len(text) > LONGEST_NUMBER:
                raise Wrong(f"the number “{text[:20]}…” is longer than {LONGEST_NUMBER} letters")
        if len(line.notes) > MOST_NOTES or any(len(each) > LONGEST_NOTE for each in line.notes):
            raise Wrong(
                f"the part has more than {MOST_NOTES} notes, or one of {LONGEST_NOTE} letters"
            )
        if len(line.unit) > LONGEST_UNIT:
            raise Wrong(f"the unit “{line.unit[:20]}…” is longer than {LONGEST_UNIT} letters")
        if sum((each.quantity for each in self.slots), Decimal(0)) > LARGEST_TOTAL:
            raise Wrong(f"the quantities of the part are more than {LARGEST_TOTAL} in all")


def in_order(slots: Iterable[Slot], *, with_zeros: bool = False) -> tuple[Slot, ...]:
    """By date; what is due at one moment is one slot, as sure as the surest of it."""
    merged: dict[tuple[datetime, date | None], Slot] = {}
    for slot in slots:
        if not slot.quantity and not with_zeros:
            continue  # “nothing is wanted” is said by a zero
        known = merged.get((slot.due_at, slot.until))
        if known:
            zone = min(known.zone, slot.zone, key=lambda each: SURENESS[each])
            both = known.quantity + slot.quantity
            merged[slot.due_at, slot.until] = replace(known, quantity=both, zone=zone)
        else:
            merged[slot.due_at, slot.until] = slot
    return tuple(merged[key] for key in sorted(merged, key=lambda k: (k[0], k[1] or date.min)))
