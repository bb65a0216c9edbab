"""DELFOR and DELJIT, D.96A to D.04A and their neighbours, into the neutral call-off.

A state machine rather than a tree of groups: the directories nest the same segments differently
(SCC before QTY or after it, the place before the part or below it), and mean the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from obeya.engines.calloffs import values
from obeya.engines.calloffs.edifact import codes
from obeya.engines.calloffs.edifact.codes import DUE, FROM, TO
from obeya.engines.calloffs.edifact.dates import Dates, put_date
from obeya.engines.calloffs.edifact.head import begun, refuse_incomplete
from obeya.engines.calloffs.edifact.numbers import Numbers
from obeya.engines.calloffs.edifact.parts import Parts
from obeya.engines.calloffs.edifact.places import Places
from obeya.engines.calloffs.edifact.quantities import Quantities
from obeya.engines.calloffs.edifact.segments import Interchange, Message, Segment
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import OpenLine, with_note
from obeya.engines.calloffs.neutral import CallOff, Line, Zone


def read_schedules(interchange: Interchange) -> list[CallOff]:
    return [_Reader(interchange, message).read() for message in interchange.messages]


class _Reader:
    """Goes through one message; each segment has one method."""

    def __init__(self, interchange: Interchange, message: Message) -> None:
        if message.type not in codes.TYPES:
            raise message.header.wrong(
                f"“{message.type}” is no call-off", "Send DELFOR or DELJIT here."
            )
        self.message = message
        self.is_call = message.type == "DELJIT"
        self.call_off = CallOff(
            f"{message.type} {message.directory}",
            document="",
            issued_on=date.min,
            customer=interchange.sender,
            supplier=interchange.recipient,
            is_whole=not self.is_call,
        )
        self.faults = Faults()
        self.line: OpenLine | None = None
        self.parts = Parts()
        self.numbers = Numbers()
        self.places = Places()
        self.dates = Dates()
        # a just-in-time call is firm, unless it says otherwise
        zone = Zone.FIRM if self.is_call else None
        mark = interchange.service.decimal
        self.quantities = Quantities(mark, zone, self.dates, self.faults)
        self.sequence = self.opened = 0  # position of the last SEQ, and of the one of the part
        self.order_code = ""  # of the parts that follow
        self.notes: tuple[str, ...] = ()  # of the whole message

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
        over = sorted(self.quantities.ignored.items())
        notes = [f"{what} was read over, {n} times" for what, n in over]
        read = replace(self.call_off, lines=tuple(self.parts.lines), notes=tuple(notes))
        refuse_incomplete(read, self.message.header)
        return read

    def _bgm(self, segment: Segment) -> None:
        self.call_off = begun(self.call_off, segment)

    def _dtm(self, segment: Segment) -> None:
        kind, text, code = segment.get(1), segment.get(1, 1), segment.get(1, 2) or "102"
        slot, dates_quantities = self.quantities.slot, kind in (*DUE, *FROM, *TO)
        if kind == codes.ISSUED and self.line is None:
            begins, _, _ = values.moment(text, code)
            self.call_off = replace(self.call_off, issued_on=begins.date())
        elif slot and dates_quantities:
            put_date(slot, kind, text, code)
        elif self._is_before_part and (dates_quantities if self.sequence else kind in DUE):
            put_date(self.dates.before, kind, text, code)  # a span in the head is the horizon
        elif self.line is None:
            return
        elif kind == codes.COUNTED_FROM:
            self.line.put(cumulative_from=values.moment(text, code)[0].date())
        elif dates_quantities:
            self._date_of_part(kind, text, code)
        elif kind == codes.RECEIPT or (self.quantities.asks_receipt and kind == "171"):
            self.quantities.receipts.last_said.on = values.moment(text, code)[0].date()

    def _date_of_part(self, kind: str, text: str, code: str) -> None:
        beside = self.quantities.beside
        if beside and beside not in codes.BESIDE:
            raise Wrong(f"a quantity of the kind “{beside}” (6063) has a date", codes.KINDS)
        if self.is_call and kind in DUE:
            if beside or self.quantities.asks_receipt:
                raise Wrong("a date stands beside no quantity that is wanted (6063)", codes.KINDS)
            put_date(self.dates.of_part, kind, text, code)

    @property
    def _is_before_part(self) -> bool:
        if not self.is_call:
            return False
        return self.line is None or self.line.line.position < self.sequence

    def _seq(self, segment: Segment) -> None:
        """Opens a call of its own: the dates and the dock behind it are those of its parts."""
        if not self.is_call:
            return
        self._close_slot()
        self.places.begin_sequence(is_first=not self.sequence)
        self.dates.begin_sequence()
        self.sequence, self.quantities.beside = segment.position, ""
        if segment.get(1) in codes.TAKEN_BACK and not self.message.directory.startswith("D.9"):
            raise Wrong(
                f"a call is taken back (SEQ 1229 is {segment.get(1)})",
                "Nothing is deleted by itself: ask for the day's quantity, 0 where there is none.",
            )

    def _nad(self, segment: Segment) -> None:
        role, code = segment.get(1), segment.get(2)
        if role in codes.CUSTOMERS and code and self.line is None:
            self.call_off = replace(self.call_off, customer=code)
        elif role in codes.SUPPLIERS and code and self.line is None:
            self.call_off = replace(self.call_off, supplier=code)
        elif role in codes.PLACES and code:
            self._close_slot()
            self._goes_to(code, codes.PLACES.index(role), segment.position)

    def _goes_to(self, code: str, role: int, position: int) -> None:
        if self.line is not None and (self.line.says_something or self.quantities.is_wanted):
            again = replace(self.line.line, ship_to=code, position=position)
            self._close_line()
            self._open(replace(again, cumulative_received=None, dock=""))
            self.places.follow(code, role)
        else:
            self.places.put(code, role, self.line)

    def _loc(self, segment: Segment) -> None:
        is_before_part = self._is_before_part
        self.places.locate(segment.get(1), segment.get(2), self.line, is_before_part=is_before_part)

    def _ftx(self, segment: Segment) -> None:
        """Free text: up to five lines that people read as one."""
        parts = segment.elements[3] if len(segment.elements) > 3 else ()
        text = " ".join(part.strip() for part in parts if part.strip())
        if self.line is not None:
            self.line.note(text)
        else:
            self.notes = with_note(self.notes, text)

    def _lin(self, segment: Segment) -> None:
        self._close_line()
        # what is open is kept even when its number is missing, so that its parts are not given
        # to the line before
        self.opened = self.sequence
        where, dock = self.places.place, self.places.dock
        self._open(Line("", segment.position, ship_to=where, dock=dock, notes=self.notes))
        self.places.begin_part()
        self.numbers.begin_part()
        self.quantities.bucket = ""
        if not self.is_call:
            self.quantities.zone = None
        if segment.get(2) not in codes.PART_SAID:
            raise Wrong(
                f"what is done with the part (LIN 1229) is “{segment.get(2)}”",
                "Nothing is deleted by itself: ask for the schedule that holds, 0 where none does.",
            )
        self.numbers.put(segment.get(3), segment.get(3, 1) or "IN", self.line)

    def _open(self, line: Line) -> None:
        self.line = OpenLine(line, is_whole=self.call_off.is_whole)
        self.dates.begin_part()
        self.quantities.begin_part()

    def _pia(self, segment: Segment) -> None:
        for at in range(2, len(segment.elements) + 1):
            self.numbers.put(segment.get(at), segment.get(at, 1), self.line)

    def _rff(self, segment: Segment) -> None:
        kind, number = segment.get(1), segment.get(1, 1)
        if self.line is None:
            if kind in ("ON", "CT"):
                self.order_code = self.order_code or number
        elif kind in ("ON", "CT") and not self.line.line.order_code:
            self.line.put(order_code=number)
        elif kind in codes.NOTES and self.quantities.slot is None:
            self.quantities.receipts.last_said.number = number

    def _qty(self, segment: Segment) -> None:
        if self.line is None:
            raise Wrong("a quantity stands before the first part (LIN)")
        self._close_slot()
        self.places.follows_part = False
        self.quantities.read(segment, self.line)

    def _scc(self, segment: Segment) -> None:
        if self.quantities.slot and self.quantities.slot.due_at is not None:
            self._close_slot()
        self.quantities.level(segment)

    def _close_slot(self) -> None:
        self.quantities.close(self.line, self.call_off.issued_on)

    def _close_line(self) -> None:
        self._close_slot()
        line, self.line = self.line, None
        if line is None:
            return
        with self.faults.at("LIN", line.line.position):
            self._complete(line)
            if not line.line.item and not line.line.supplier_item:
                raise Wrong("the part has no number")
            if self.places.follows_part:
                return  # it was the place of the next parts, this one has been told
            told = self.quantities
            if not told.is_wanted and (told.ignored_here or line.line.cumulative_received is None):
                said = f", but {', '.join(told.ignored_here)}" if told.ignored_here else ""
                rule = f"no quantity of the part is wanted (6063 is 1 or 113){said}"
                raise Wrong(rule, codes.KINDS)
            self.parts.keep(line, self.opened)

    def _complete(self, line: OpenLine) -> None:
        """What is known of a part only once all of it was read."""
        receipt = self.quantities.receipts.newest()
        line.put(
            item=self.numbers.item(line),
            order_code=line.line.order_code or self.order_code,
            last_receipt=receipt.number,
            last_receipt_on=receipt.on,
            last_receipt_quantity=receipt.quantity,
        )
