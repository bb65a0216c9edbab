"""830 (planning schedule with release capability) and 862 (shipping schedule)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from obeya.engines.calloffs import values
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import OpenLine, with_note
from obeya.engines.calloffs.neutral import CallOff, Line, Slot
from obeya.engines.calloffs.x12 import codes
from obeya.engines.calloffs.x12.amounts import added, authorised
from obeya.engines.calloffs.x12.head import begun, refuse_incomplete
from obeya.engines.calloffs.x12.places import Place, Places
from obeya.engines.calloffs.x12.segments import Interchange, Segment, TransactionSet
from obeya.engines.calloffs.x12.spans import at_time, last_day
from obeya.engines.calloffs.x12.times import Times


def read_schedules(interchange: Interchange) -> list[CallOff]:
    return [_Reader(interchange, each).read() for each in interchange.sets]


class _Reader:
    """Goes through one transaction set; each segment has one method."""

    def __init__(self, interchange: Interchange, message: TransactionSet) -> None:
        if message.type not in codes.TYPES:
            raise message.header.wrong(f"“{message.type}” is no call-off", "Send 830 or 862 here.")
        self.message = message
        self.call_off = CallOff(
            f"X12 {message.type} {message.version}",
            document="",
            issued_on=date.min,
            customer=interchange.sender,
            supplier=interchange.recipient,
            is_whole=message.type == "830",
        )
        self.counts_up = False  # the quantities are cumulative
        self.line: OpenLine | None = None
        self.lines: list[Line] = []
        self.places = Places()
        self.order_code = ""  # of the whole set, where no part has its own
        self.authorised_to: date | None = None
        self.times = Times()
        self.shipped = ""  # what SHP told last: its receipt's number follows in REF
        self.notes: tuple[str, ...] = ()  # of the whole set
        self.faults = Faults()

    def read(self) -> CallOff:
        readers: Mapping[str, Callable[[Segment], None]] = {
            "BFR": self._bfr,
            "BSS": self._bss,
            "N1": self._n1,
            "LIN": self._lin,
            "UIT": self._uit,
            "FST": self._fst,
            "JIT": self._jit,
            "SDQ": self._sdq,
            "ATH": self._ath,
            "SHP": self._shp,
            "REF": self._ref,
            "NTE": self._nte,
        }
        for segment in self.message.segments:
            with self.faults.at(segment.tag, segment.position):
                if reader := readers.get(segment.tag):
                    reader(segment)
        self._close()
        self.faults.refuse()
        read = replace(self.call_off, lines=tuple(self.lines))
        refuse_incomplete(read, self.message)
        return read

    def _bfr(self, segment: Segment) -> None:
        self._head(segment.get(1), segment.get(3) or segment.get(2), segment.get(8), segment.get(5))
        self.order_code = segment.get(11)

    def _bss(self, segment: Segment) -> None:
        self._head(
            segment.get(1), segment.get(7) or segment.get(2), segment.get(3), segment.get(11)
        )
        self.order_code = segment.get(10)

    def _head(self, purpose: str, document: str, issued: str, counting: str) -> None:
        self.call_off = begun(self.call_off, purpose, document, issued, counting)
        self.counts_up = counting == codes.CUMULATIVE

    def _n1(self, segment: Segment) -> None:
        role, code = segment.get(1), segment.get(4) or segment.get(2)
        if not code:
            return
        if role in codes.SHIP_TO:
            self.places.goes_to(Place(code, segment.get(3) if segment.get(4) else ""), self.line)
        elif self.line is None and role in codes.CUSTOMERS:
            self.call_off = replace(self.call_off, customer=code)
        elif self.line is None and role in codes.SUPPLIERS:
            self.call_off = replace(self.call_off, supplier=code)

    def _lin(self, segment: Segment) -> None:
        self._close()
        pairs = range(2, len(segment.elements), 2)
        said = {segment.get(at): segment.get(at + 1) for at in reversed(pairs)}
        line = Line(
            item=next((said[kind] for kind in codes.BUYER_ITEM if said.get(kind)), ""),
            position=segment.position,
            supplier_item=next((said[kind] for kind in codes.SELLER_ITEM if said.get(kind)), ""),
            ship_to=self.places.of_set.code,
            order_code=said.get(codes.ORDER, ""),
            notes=self.notes,
        )
        self.line = OpenLine(line, is_whole=self.call_off.is_whole)
        self.places.begin_part()
        self.shipped, self.authorised_to = "", None

    def _uit(self, segment: Segment) -> None:
        if self.line is not None:
            self.line.put(unit=segment.get(1))

    def _fst(self, segment: Segment) -> None:
        if self.line is None:
            raise Wrong("a quantity stands before the first part (LIN)")
        self._settle_day()
        amount = values.quantity(segment.get(1), "quantity")
        zone = codes.ZONES.get(segment.get(2))
        if zone is None:
            raise Wrong(
                f"forecast qualifier “{segment.get(2)}” (FST02) is no zone", codes.OPEN_ZONE
            )
        begins = datetime.combine(values.day(segment.get(4)), time())
        until = last_day(begins, segment.get(3), segment.get(5))
        at = segment.get(7)
        if at and until is None:
            begins = at_time(begins, at)
        self.times.begin(segment.position)
        self.line.slots.append(Slot(begins, amount, zone, until, not at or until is not None))

    def _jit(self, segment: Segment) -> None:
        """When of its day a part of the quantity is due."""
        if self.line is None or not self.line.slots:
            raise Wrong("a time of day stands before its quantity (FST)")
        day = self.line.slots[-1]
        if not self.counts_up and day.until is None:
            self.times.put(segment, day)

    def _settle_day(self) -> None:
        if self.line is not None:
            with self.faults.at("FST", self.times.day_at):
                self.times.settle(self.line.slots)

    def _sdq(self, segment: Segment) -> None:
        if self.line is not None:
            codes_said = {segment.get(at) for at in range(3, len(segment.elements), 2)} - {""}
            places = {Place(code, segment.get(2)) for code in codes_said}
            self.places.shared_out(places, self.line)

    def _ath(self, segment: Segment) -> None:
        if self.line is not None and segment.get(1) in codes.AUTHORISES and segment.get(2):
            until = values.day(segment.get(2))
            self.authorised_to = max(self.authorised_to or until, until)

    def _shp(self, segment: Segment) -> None:
        if self.line is None:
            return
        kind, said, on, until = (segment.get(at) for at in (1, 2, 4, 6))
        self.shipped = kind
        if kind == "02":
            total = values.quantity(said, "cumulative quantity")
            self.line.put(cumulative_received=total)
            if on and until:  # counted from … to
                self.line.put(cumulative_from=values.day(on))
        elif kind == "01":
            amount = values.quantity(said, "quantity received")
            day, known = values.day(on) if on else None, self.line.line.last_receipt_on
            if known is not None and (day is None or day < known):
                self.shipped = ""  # an older receipt, told behind the last one
            else:
                self.line.put(last_receipt="", last_receipt_quantity=amount, last_receipt_on=day)

    def _ref(self, segment: Segment) -> None:
        kind, number = segment.get(1), segment.get(2)
        if kind == "DK":
            self.places.unloaded_at(number, self.line)
        elif self.line is None:
            return
        elif self.shipped == "01" and kind in ("SI", "PK", "DO"):
            self.line.put(last_receipt=number)
        elif kind == codes.ORDER and not self.line.line.order_code:
            self.line.put(order_code=number)

    def _nte(self, segment: Segment) -> None:
        if self.line is not None:
            self.line.note(segment.get(2))
        else:
            self.notes = with_note(self.notes, segment.get(2))

    def _close(self) -> None:
        self._settle_day()
        line, self.line = self.line, None
        if line is None:
            return
        with self.faults.at("LIN", line.line.position):
            if not line.line.item and not line.line.supplier_item:
                raise Wrong("the part has no number (LIN, BP)")
            if not line.says_something:
                raise Wrong("no quantity of the part is said (FST)", "Ask for it, 0 if none is.")
            if self.counts_up and line.slots:
                line.slots = added(line.slots, line.line.cumulative_received)
            line.slots = [authorised(slot, self.authorised_to) for slot in line.slots]
            order_code = line.line.order_code or self.order_code
            line.put(order_code=order_code, dock=self.places.dock_of(line))
            self.lines.append(line.closed())
