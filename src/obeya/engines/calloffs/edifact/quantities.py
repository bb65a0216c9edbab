"""The quantities of a message: what each kind means, in which zone it stands, and its date."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

from obeya.engines.calloffs import values
from obeya.engines.calloffs.edifact.codes import (
    AT_ONCE,
    CUMULATIVE,
    CUMULATIVE_RECEIVED,
    DESPATCHED,
    OPEN_ZONE,
    RECEIVED,
    WANTED,
    ZONES,
)
from obeya.engines.calloffs.edifact.dates import Dates
from obeya.engines.calloffs.edifact.receipts import Receipts
from obeya.engines.calloffs.edifact.segments import Segment
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import OpenLine, OpenSlot
from obeya.engines.calloffs.neutral import Slot, Zone


class Quantities:
    """Those of one part after another; the one that is open waits for its date (DTM)."""

    def __init__(self, mark: str, zone: Zone | None, dates: Dates, faults: Faults) -> None:
        self.mark, self.dates, self.faults = mark, dates, faults
        self.zone = zone
        self.bucket = ""
        self.slot: OpenSlot | None = None
        self.receipts = Receipts()
        self.asks_receipt = False  # the last quantity was one that was received
        self.beside = ""  # the last quantity was of this kind, which is not read
        self.is_wanted = False  # a quantity of the part was one that is wanted, if zero
        self.ignored_here: list[str] = []  # cumulative quantities of the part
        self.ignored: Counter[str] = Counter()

    def begin_part(self) -> None:
        self.is_wanted, self.beside, self.ignored_here = False, "", []
        self.asks_receipt = False
        self.receipts = Receipts()

    def read(self, segment: Segment, line: OpenLine) -> None:
        kind, self.beside = segment.get(1), ""
        self.asks_receipt = kind == RECEIVED
        unit, known = segment.get(1, 2), line.line.unit
        if unit and kind in (*WANTED, RECEIVED, CUMULATIVE_RECEIVED):
            if known and known != unit:
                raise Wrong(f"unit {unit}, where the same part was counted in {known} before")
            line.put(unit=unit)
        if kind == CUMULATIVE_RECEIVED:
            line.put(cumulative_received=self._amount(segment))
        elif kind == RECEIVED:
            self.receipts.begin(self._amount(segment))
        elif kind in WANTED:
            self._want(segment, is_at_once=kind in AT_ONCE)
        else:
            self._read_over(kind, segment)

    def _amount(self, segment: Segment) -> Decimal:
        return values.quantity(segment.get(1, 1), "quantity", mark=self.mark)

    def _want(self, segment: Segment, *, is_at_once: bool) -> None:
        self.is_wanted = True
        zone = Zone.FIRM if is_at_once else self.zone
        self.slot = OpenSlot(self._amount(segment), zone, segment.tag, segment.position)
        self.slot.is_at_once, self.slot.bucket = is_at_once, "" if is_at_once else self.bucket

    def _read_over(self, kind: str, segment: Segment) -> None:
        self.beside = kind
        if kind == DESPATCHED:
            self.receipts.begin(is_despatch=True)
            with suppress(Wrong):
                self.receipts.last_said.quantity = self._amount(segment)
        if kind in CUMULATIVE:
            self.ignored_here.append(kind)
        self.ignored[f"QTY {kind}"] += 1

    def level(self, segment: Segment) -> None:
        """SCC: how surely, and in which pattern, what follows is wanted, or what stands before."""
        code = segment.get(1)
        if code not in ZONES:
            self.slot = None
            raise Wrong(f"commitment level “{code}” (4017) is no zone", OPEN_ZONE)
        self.zone, self.bucket = ZONES[code], segment.get(3)
        if self.slot and not self.slot.is_at_once:
            self.slot.zone, self.slot.bucket = self.zone, self.bucket

    def close(self, line: OpenLine | None, issued_on: date) -> None:
        """Nothing more is said of the quantity that is open."""
        slot, self.slot = self.slot, None
        if slot is None or line is None:
            return
        if slot.due_at is None and slot.until is None:
            if slot.is_at_once:
                slot.due_at = datetime.combine(issued_on, time())
            else:
                self.dates.give(slot)
        if slot.due_at is None and slot.until is not None:  # “at the latest” alone
            slot.due_at, slot.until, slot.bucket = datetime.combine(slot.until, time()), None, ""
        with self.faults.at(slot.segment, slot.position):
            if slot.due_at is None:
                if slot.quantity:
                    raise Wrong("the quantity has no date (DTM)")
            elif slot.zone is None:
                raise Wrong("the quantity is in no zone (SCC)", OPEN_ZONE)
            elif slot.until is not None and slot.until < slot.due_at.date():
                raise Wrong(f"its span ends on {slot.until}, before it begins")
            else:
                until, whole = slot.last_day(), slot.is_whole_day
                line.slots.append(Slot(slot.due_at, slot.quantity, slot.zone, until, whole))
