"""DELFOR and DELJIT, D.96A to D.04A and their neighbours, into the neutral call-off.

A state machine rather than a tree of groups: the directories nest the same segments differently
(SCC before QTY or after it, the place before the part or below it), and mean the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from obeya.engines.calloffs import values
from obeya.engines.calloffs.edifact.codes import (
    AT_ONCE,
    BESIDE,
    CANCELLATION,
    COUNTED_FROM,
    CUMULATIVE,
    CUMULATIVE_RECEIVED,
    CUSTOMERS,
    DUE,
    FROM,
    ISSUED,
    KINDS,
    NOTES,
    OPEN_ZONE,
    PART_SAID,
    PLACES,
    RECEIPT,
    RECEIVED,
    SUPPLIERS,
    TO,
    TYPES,
    WANTED,
    WHOLE_SAID,
    ZONES,
)
from obeya.engines.calloffs.edifact.segments import Interchange, Message, Segment
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import MOST_NOTES, OpenLine, OpenSlot
from obeya.engines.calloffs.neutral import CallOff, Line, Slot, Zone


def read_schedules(interchange: Interchange) -> list[CallOff]:
    return [_Reader(interchange, message).read() for message in interchange.messages]


class _Reader:
    """Goes through one message; each segment has one method."""

    def __init__(self, interchange: Interchange, message: Message) -> None:
        if message.type not in TYPES:
            raise message.header.wrong(
                f"“{message.type}” is no call-off", "Send DELFOR or DELJIT here."
            )
        self.message = message
        self.mark = interchange.service.decimal
        self.call_off = CallOff(
            f"{message.type} {message.directory}",
            document="",
            issued_on=date.min,
            customer=interchange.sender,
            supplier=interchange.recipient,
            is_whole=message.type == "DELFOR",
        )
        # a just-in-time call is firm, unless it says otherwise
        self.zone = Zone.FIRM if message.type == "DELJIT" else None
        self.line: OpenLine | None = None
        self.lines: list[Line] = []
        self.slot: OpenSlot | None = None
        self.place = ""
        self.asks_receipt = False  # the last quantity was one that was received
        self.beside = ""  # the last quantity was of this kind, which is not read
        self.ignored_here: list[str] = []  # cumulative quantities of the line
        self.is_wanted = False  # a quantity of the line was one that is wanted, if zero
        self.ignored: dict[str, int] = {}
        self.notes: tuple[str, ...] = ()  # of the whole message
        self.faults = Faults()

    def read(self) -> CallOff:
        readers: Mapping[str, Callable[[Segment], None]] = {
            "BGM": self._bgm,
            "DTM": self._dtm,
            "NAD": self._nad,
            "LOC": self._loc,
            "LIN": self._lin,
            "PIA": self._pia,
            "RFF": self._rff,
            "QTY": self._qty,
            "SCC": self._scc,
            "FTX": self._ftx,
        }
        for segment in self.message.segments:
            with self.faults.at(segment.tag, segment.position):
                if reader := readers.get(segment.tag):
                    reader(segment)
        self._close_line()
        self.faults.refuse()
        header = self.message.header
        if not self.call_off.document:
            raise header.wrong(
                "the message has no number (BGM)", "Ask for it; releases are kept by it."
            )
        if self.call_off.issued_on == date.min:
            raise header.wrong(
                "the message has no date (DTM+137)", "Ask for it; it orders releases."
            )
        if not self.lines:
            raise header.wrong("the message calls nothing off", "Ask the customer what was meant.")
        notes = [f"{what} was read over, {n} times" for what, n in sorted(self.ignored.items())]
        return replace(self.call_off, lines=tuple(self.lines), notes=tuple(notes))

    def _bgm(self, segment: Segment) -> None:
        if segment.get(3) == CANCELLATION:
            raise Wrong(
                "the message cancels another (BGM 1225 is 1)",
                "Nothing is cancelled by itself: enter the schedule that holds now.",
            )
        if segment.get(3) not in WHOLE_SAID:
            raise Wrong(
                f"the function of the message (BGM 1225) is “{segment.get(3)}”",
                "Ask the customer for the whole schedule (5 or 9); parts of one are not added up.",
            )
        self.call_off = replace(self.call_off, document=segment.get(2)[:35])

    def _dtm(self, segment: Segment) -> None:
        kind, text, code = segment.get(1), segment.get(1, 1), segment.get(1, 2) or "102"
        if kind == ISSUED and self.line is None:
            begins, _, _ = values.moment(text, code)
            self.call_off = replace(self.call_off, issued_on=begins.date())
        elif self.line is None:
            return
        elif kind == COUNTED_FROM:
            self.line.put(cumulative_from=values.moment(text, code)[0].date())
        elif self.slot and kind in (*DUE, *FROM):
            begins, until, is_whole_day = values.moment(text, code)
            if self.slot.is_dated and self.slot.due_at and self.slot.due_at <= begins:
                return  # to be shipped, and delivered later: it leaves the plant on the first
            self.slot.due_at, self.slot.is_whole_day = begins, is_whole_day
            self.slot.until, self.slot.is_dated = until or self.slot.until, kind in DUE
        elif self.slot and kind in TO:
            self.slot.until = values.moment(text, code)[0].date()
        elif self.beside and self.beside not in BESIDE and kind in (*DUE, *FROM, *TO):
            raise Wrong(f"a quantity of the kind “{self.beside}” (6063) has a date", KINDS)
        elif kind == RECEIPT or (self.asks_receipt and kind == "171"):
            self.line.put(last_receipt_on=values.moment(text, code)[0].date())

    def _nad(self, segment: Segment) -> None:
        role, code = segment.get(1), segment.get(2)
        if role in CUSTOMERS and code and self.line is None:
            self.call_off = replace(self.call_off, customer=code)
        elif role in SUPPLIERS and code and self.line is None:
            self.call_off = replace(self.call_off, supplier=code)
        elif role in PLACES and code:
            self._close_slot()
            if self.line is None:
                self.place = code
            elif not self.line.says_something:
                self.line.put(ship_to=code)
            else:  # the same part for another place; or the place of the parts that follow
                again = replace(self.line.line, ship_to=code, position=segment.position)
                bare = replace(again, cumulative_received=None, last_receipt="", dock="")
                self._close_line()
                self.line = OpenLine(bare, is_whole=self.call_off.is_whole)
                self.place = code

    def _loc(self, segment: Segment) -> None:
        if self.line is not None and segment.get(1) == "11":
            self.line.put(dock=segment.get(2))

    def _ftx(self, segment: Segment) -> None:
        """Free text: up to five lines that people read as one."""
        parts = segment.elements[3] if len(segment.elements) > 3 else ()
        text = " ".join(part.strip() for part in parts if part.strip())
        if self.line is not None:
            self.line.note(text)
        elif text and len(self.notes) <= MOST_NOTES and text not in self.notes:
            self.notes = (*self.notes, text)

    def _lin(self, segment: Segment) -> None:
        self._close_line()
        self.is_wanted, self.beside, self.ignored_here = False, "", []
        # what is open is kept even when its number is missing, so that its parts are not given
        # to the line before
        line = Line(item="", position=segment.position, ship_to=self.place, notes=self.notes)
        self.line = OpenLine(line, is_whole=self.call_off.is_whole)
        if self.message.type == "DELFOR":
            self.zone = None
        if segment.get(2) not in PART_SAID:
            raise Wrong(
                f"what is done with the part (LIN 1229) is “{segment.get(2)}”",
                "Nothing is deleted by itself: ask for the schedule that holds, 0 where none does.",
            )
        if segment.get(3, 1) in ("IN", "BP", ""):
            self.line.put(item=segment.get(3))
        else:
            self._number(segment.get(3), segment.get(3, 1))

    def _pia(self, segment: Segment) -> None:
        for at in range(2, len(segment.elements) + 1):
            self._number(segment.get(at), segment.get(at, 1))

    def _number(self, number: str, kind: str) -> None:
        if self.line is not None and number:
            if kind == "SA":
                self.line.put(supplier_item=number)
            elif kind in ("IN", "BP") and not self.line.line.item:
                self.line.put(item=number)

    def _rff(self, segment: Segment) -> None:
        kind, number = segment.get(1), segment.get(1, 1)
        if self.line is None:
            return
        if kind in ("ON", "CT") and not self.line.line.order_code:
            self.line.put(order_code=number)
        elif kind in NOTES and self.slot is None:
            self.line.put(last_receipt=number)

    def _qty(self, segment: Segment) -> None:
        if self.line is None:
            raise Wrong("a quantity stands before the first part (LIN)")
        self._close_slot()
        kind, self.beside = segment.get(1), ""
        self.asks_receipt = kind == RECEIVED
        if unit := segment.get(1, 2):
            known = self.line.line.unit
            if known and known != unit:
                raise Wrong(f"unit {unit}, where the same part was counted in {known} before")
            self.line.put(unit=unit)
        if kind == CUMULATIVE_RECEIVED:
            self.line.put(cumulative_received=self._amount(segment))
        elif kind == RECEIVED:
            self.line.put(last_receipt_quantity=self._amount(segment))
        elif kind in WANTED:
            self.is_wanted = True
            zone = Zone.FIRM if kind in AT_ONCE else self.zone
            self.slot = OpenSlot(self._amount(segment), zone, segment.tag, segment.position)
            if kind in AT_ONCE:
                self.slot.due_at = datetime.combine(self.call_off.issued_on, time())
        else:
            self.beside = kind
            if kind in CUMULATIVE:
                self.ignored_here.append(kind)
            self.ignored[f"QTY {kind}"] = self.ignored.get(f"QTY {kind}", 0) + 1

    def _amount(self, segment: Segment) -> Decimal:
        return values.quantity(segment.get(1, 1), "quantity", mark=self.mark)

    def _scc(self, segment: Segment) -> None:
        code = segment.get(1)
        if self.slot and self.slot.due_at is not None:
            self._close_slot()
        if code not in ZONES:
            self.slot = None
            raise Wrong(f"commitment level “{code}” (4017) is no zone", OPEN_ZONE)
        self.zone = ZONES[code]
        if self.slot:
            self.slot.zone = self.zone

    def _close_slot(self) -> None:
        slot, self.slot = self.slot, None
        if slot is None or self.line is None:
            return
        if slot.due_at is None and slot.until is not None:  # “at the latest” alone
            slot.due_at, slot.until = datetime.combine(slot.until, time()), None
        with self.faults.at(slot.segment, slot.position):
            if slot.due_at is None:
                if slot.quantity:
                    raise Wrong("the quantity has no date (DTM)")
            elif slot.zone is None:
                raise Wrong("the quantity is in no zone (SCC)", OPEN_ZONE)
            elif slot.until is not None and slot.until < slot.due_at.date():
                raise Wrong(f"its span ends on {slot.until}, before it begins")
            else:
                self.line.slots.append(
                    Slot(slot.due_at, slot.quantity, slot.zone, slot.until, slot.is_whole_day)
                )

    def _close_line(self) -> None:
        self._close_slot()
        line, self.line = self.line, None
        if line is None:
            return
        with self.faults.at("LIN", line.line.position):
            if not line.line.item and not line.line.supplier_item:
                raise Wrong("the part has no number")
            if self._is_place_again(line):
                return
            if not self.is_wanted and (self.ignored_here or line.line.cumulative_received is None):
                said = f", but {', '.join(self.ignored_here)}" if self.ignored_here else ""
                raise Wrong(f"no quantity of the part is wanted (6063 is 1 or 113){said}", KINDS)
            self.lines.append(line.closed())

    def _is_place_again(self, line: OpenLine) -> bool:
        """A place that followed a part's quantities, and was that of the next parts."""
        if line.says_something or self.is_wanted:
            return False
        return bool(self.lines) and self.lines[-1].item == line.line.item
