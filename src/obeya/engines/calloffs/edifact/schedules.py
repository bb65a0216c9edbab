"""DELFOR and DELJIT, D.96A to D.04A and their neighbours, into the neutral call-off.

A state machine rather than a tree of groups: the directories nest the same segments differently
(SCC before QTY or after it, the place before the part or below it), and mean the same.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
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
    DESPATCHED,
    DOCK,
    DUE,
    FROM,
    ISSUED,
    KINDS,
    NOTES,
    OF_TRADE,
    OPEN_ZONE,
    OURS,
    PART_SAID,
    PLACE,
    PLACES,
    RECEIPT,
    RECEIVED,
    SHORT_TERM,
    SUPPLIERS,
    TAKEN_BACK,
    THEIRS,
    TO,
    TYPES,
    WANTED,
    WHOLE_SAID,
    ZONES,
)
from obeya.engines.calloffs.edifact.parts import Parts, put_date
from obeya.engines.calloffs.edifact.receipts import Receipts
from obeya.engines.calloffs.edifact.segments import Interchange, Message, Segment
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import MOST_NOTES, OpenLine, OpenSlot, undated
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
        self.parts = Parts()
        self.slot: OpenSlot | None = None
        self.place = self.dock = self.order_code = ""  # of the parts that follow
        self.role = len(PLACES)  # which of PLACES named the place that is being told
        self.follows_place = False  # nothing was said of the part since its place was
        # dates before a part hold for the quantities of a just-in-time call that have none
        self.before = undated()
        self.of_part = undated()
        self.of_all = self.before, self.dock  # what stands before the first SEQ
        self.sequence = self.opened = 0  # position of the last SEQ, and of the one of the part
        self.bucket = ""
        self.trade_number = ""
        self.receipts = Receipts()
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
            "SEQ": self._seq,
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
        if not self.parts.lines:
            raise header.wrong("the message calls nothing off", "Ask the customer what was meant.")
        notes = [f"{what} was read over, {n} times" for what, n in sorted(self.ignored.items())]
        return replace(self.call_off, lines=tuple(self.parts.lines), notes=tuple(notes))

    def _bgm(self, segment: Segment) -> None:
        if segment.get(3) == CANCELLATION:
            raise Wrong(
                "the message cancels another (BGM 1225 is 1)",
                "Nothing is cancelled by itself: enter the schedule that holds now.",
            )
        if segment.get(3) == SHORT_TERM:
            self.call_off = replace(self.call_off, is_whole=False)
        elif segment.get(3) not in WHOLE_SAID:
            raise Wrong(
                f"the function of the message (BGM 1225) is “{segment.get(3)}”",
                "Ask for the whole schedule (5 or 9), or instructions (24); nothing is added up.",
            )
        self.call_off = replace(self.call_off, document=segment.get(2)[:35])

    def _dtm(self, segment: Segment) -> None:
        kind, text, code = segment.get(1), segment.get(1, 1), segment.get(1, 2) or "102"
        if kind == ISSUED and self.line is None:
            begins, _, _ = values.moment(text, code)
            self.call_off = replace(self.call_off, issued_on=begins.date())
        elif self.slot and kind in (*DUE, *FROM, *TO):
            put_date(self.slot, kind, text, code)
        elif self._is_before_part and kind in ((*DUE, *FROM, *TO) if self.sequence else DUE):
            put_date(self.before, kind, text, code)  # a span in the head is the call's horizon
        elif self.line is None:
            return
        elif kind == COUNTED_FROM:
            self.line.put(cumulative_from=values.moment(text, code)[0].date())
        elif self.beside and self.beside not in BESIDE and kind in (*DUE, *FROM, *TO):
            raise Wrong(f"a quantity of the kind “{self.beside}” (6063) has a date", KINDS)
        elif self.message.type == "DELJIT" and kind in DUE:
            if self.beside or self.asks_receipt:
                raise Wrong("a date stands beside no quantity that is wanted (6063)", KINDS)
            put_date(self.of_part, kind, text, code)
        elif kind == RECEIPT or (self.asks_receipt and kind == "171"):
            self.receipts.last_said.on = values.moment(text, code)[0].date()

    @property
    def _is_before_part(self) -> bool:
        if self.message.type != "DELJIT":
            return False
        return self.line is None or self.line.line.position < self.sequence

    def _seq(self, segment: Segment) -> None:
        """Opens a call of its own: the dates and the dock behind it are those of its parts."""
        if self.message.type != "DELJIT":
            return
        self._close_slot()
        if not self.sequence:
            self.of_all = self.before, self.dock
        self.before, self.dock = undated(), self.of_all[1]
        self.sequence, self.beside = segment.position, ""
        if segment.get(1) in TAKEN_BACK and not self.message.directory.startswith("D.9"):
            raise Wrong(
                f"a call is taken back (SEQ 1229 is {segment.get(1)})",
                "Nothing is deleted by itself: ask for the day's quantity, 0 where there is none.",
            )

    def _nad(self, segment: Segment) -> None:
        role, code = segment.get(1), segment.get(2)
        if role in CUSTOMERS and code and self.line is None:
            self.call_off = replace(self.call_off, customer=code)
        elif role in SUPPLIERS and code and self.line is None:
            self.call_off = replace(self.call_off, supplier=code)
        elif role in PLACES and code:
            self._close_slot()
            self._goes_to(code, PLACES.index(role), segment)

    def _goes_to(self, code: str, role: int, segment: Segment) -> None:
        if self.line is not None and (self.line.says_something or self.is_wanted):
            # the same part for another place; or the place of the parts that follow
            again = replace(self.line.line, ship_to=code, position=segment.position)
            bare = replace(again, cumulative_received=None, dock="")
            self._close_line()
            self._open(bare)
            self.place, self.dock, self.follows_place = code, "", True
        elif role > self.role:
            return
        elif self.line is None:
            self.place, self.dock = code, ""
        else:
            is_of_before = self.line.line.ship_to != code and self.line.line.dock == self.dock
            self.line.put(ship_to=code, dock="" if is_of_before else self.line.line.dock)
            if self.follows_place:
                self.place = code
        self.role = role

    def _loc(self, segment: Segment) -> None:
        kind, code = segment.get(1), segment.get(2)
        if kind == DOCK:
            if self.line is None or self.follows_place or self._is_before_part:
                self.dock = code
            if self.line is not None and not self._is_before_part:
                self.line.put(dock=code)
        elif kind == PLACE and self.line is None:
            self.place = self.place or code
        elif kind == PLACE and self.line is not None and not self.line.line.ship_to:
            self.line.put(ship_to=code)

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
        # what is open is kept even when its number is missing, so that its parts are not given
        # to the line before
        self.opened = self.sequence
        where, dock = self.place, self.dock
        bare = Line("", segment.position, ship_to=where, dock=dock, notes=self.notes)
        self._open(bare)
        self.role, self.bucket, self.follows_place, self.trade_number = len(PLACES), "", False, ""
        if self.message.type == "DELFOR":
            self.zone = None
        if segment.get(2) not in PART_SAID:
            raise Wrong(
                f"what is done with the part (LIN 1229) is “{segment.get(2)}”",
                "Nothing is deleted by itself: ask for the schedule that holds, 0 where none does.",
            )
        self._number(segment.get(3), segment.get(3, 1) or "IN")

    def _open(self, line: Line) -> None:
        self.line = OpenLine(line, is_whole=self.call_off.is_whole)
        self.is_wanted, self.beside, self.ignored_here = False, "", []
        self.of_part = undated()
        self.receipts = Receipts()

    def _pia(self, segment: Segment) -> None:
        for at in range(2, len(segment.elements) + 1):
            self._number(segment.get(at), segment.get(at, 1))

    def _number(self, number: str, kind: str) -> None:
        if self.line is not None and number:
            if kind in OURS:
                if kind == "SA" or not self.line.line.supplier_item:
                    self.line.put(supplier_item=number)
            elif kind in THEIRS and not self.line.line.item:
                self.line.put(item=number)
            elif kind in OF_TRADE:
                self.trade_number = self.trade_number or number

    def _rff(self, segment: Segment) -> None:
        kind, number = segment.get(1), segment.get(1, 1)
        if self.line is None:
            if kind in ("ON", "CT"):
                self.order_code = self.order_code or number
        elif kind in ("ON", "CT") and not self.line.line.order_code:
            self.line.put(order_code=number)
        elif kind in NOTES and self.slot is None:
            self.receipts.last_said.number = number

    def _qty(self, segment: Segment) -> None:
        if self.line is None:
            raise Wrong("a quantity stands before the first part (LIN)")
        self._close_slot()
        kind, self.beside, self.follows_place = segment.get(1), "", False
        self.asks_receipt = kind == RECEIVED
        unit, known = segment.get(1, 2), self.line.line.unit
        if unit and kind in (*WANTED, RECEIVED, CUMULATIVE_RECEIVED):
            if known and known != unit:
                raise Wrong(f"unit {unit}, where the same part was counted in {known} before")
            self.line.put(unit=unit)
        if kind == CUMULATIVE_RECEIVED:
            self.line.put(cumulative_received=self._amount(segment))
        elif kind == RECEIVED:
            self.receipts.begin(self._amount(segment))
        elif kind in WANTED:
            self.is_wanted = True
            at_once = kind in AT_ONCE
            zone = Zone.FIRM if at_once else self.zone
            self.slot = OpenSlot(self._amount(segment), zone, segment.tag, segment.position)
            self.slot.is_at_once, self.slot.bucket = at_once, "" if at_once else self.bucket
        else:
            self.beside = kind
            if kind == DESPATCHED:
                self.receipts.begin(is_despatch=True)
                with suppress(Wrong):
                    self.receipts.last_said.quantity = self._amount(segment)
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
        self.zone, self.bucket = ZONES[code], segment.get(3)
        if self.slot and not self.slot.is_at_once:
            self.slot.zone, self.slot.bucket = self.zone, self.bucket

    def _close_slot(self) -> None:
        slot, self.slot = self.slot, None
        if slot is None or self.line is None:
            return
        if slot.due_at is None and slot.until is None:
            self._date_as_before(slot)
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
                self.line.slots.append(Slot(slot.due_at, slot.quantity, slot.zone, until, whole))

    def _date_as_before(self, slot: OpenSlot) -> None:
        if slot.is_at_once:
            slot.due_at = datetime.combine(self.call_off.issued_on, time())
        else:
            said = (self.of_part, self.before, self.of_all[0])  # the nearest that has one
            nearest = next((each for each in said if each.due_at or each.until), self.before)
            slot.due_at, slot.until = nearest.due_at, nearest.until
            slot.is_whole_day = nearest.is_whole_day

    def _close_line(self) -> None:
        self._close_slot()
        line, self.line = self.line, None
        if line is None:
            return
        with self.faults.at("LIN", line.line.position):
            self._complete(line)
            if not line.line.item and not line.line.supplier_item:
                raise Wrong("the part has no number")
            if self._is_place_again(line):
                return
            if not self.is_wanted and (self.ignored_here or line.line.cumulative_received is None):
                said = f", but {', '.join(self.ignored_here)}" if self.ignored_here else ""
                raise Wrong(f"no quantity of the part is wanted (6063 is 1 or 113){said}", KINDS)
            self.parts.keep(line, self.opened)

    def _complete(self, line: OpenLine) -> None:
        """What is known of a part only once all of it was read."""
        receipt = self.receipts.newest()
        line.put(
            item=line.line.item or ("" if line.line.supplier_item else self.trade_number),
            order_code=line.line.order_code or self.order_code,
            last_receipt=receipt.number,
            last_receipt_on=receipt.on,
            last_receipt_quantity=receipt.quantity,
        )

    def _is_place_again(self, line: OpenLine) -> bool:
        """A place that followed a part's quantities, and was that of the next parts."""
        if line.says_something or self.is_wanted:
            return False
        return bool(self.parts.lines) and self.parts.lines[-1].item == line.line.item
