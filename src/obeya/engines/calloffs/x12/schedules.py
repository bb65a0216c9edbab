"""830 (planning schedule with release capability) and 862 (shipping schedule)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.engines.calloffs import values
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import MOST_NOTES, OpenLine
from obeya.engines.calloffs.neutral import CallOff, Line, Slot, Zone
from obeya.engines.calloffs.x12.segments import Interchange, Segment, TransactionSet

TYPES = ("830", "862")
#: 680, forecast qualifier
ZONES = {
    "A": Zone.FIRM,  # immediate
    "C": Zone.FIRM,
    "H": Zone.FIRM,  # first time reported firm
    "J": Zone.RELEASE,  # raw material may be bought
    "D": Zone.FORECAST,  # planning
}
#: 681, forecast timing: daily and discrete; a date without a timing is that day
DISCRETE = ("C", "D", "")
#: 681 → days of the bucket that begins on a day; months, quarters, half-years, years → months
DAYS, MONTHS = {"W": 7, "X": 7, "T": 28}, {"M": 1, "Q": 3, "S": 6, "A": 12}
#: 672, what a resource authorization (ATH) lets be made or bought: all, labour, both, material
AUTHORISES = ("FI", "LB", "LM", "MT")
CANCELLATION = "01"
#: 353, of a set that tells what holds: original, change, replace, duplicate
WHOLE_SAID = ("", "00", "04", "05", "07")
CUMULATIVE = "C"  # 676, schedule quantity qualifier
COUNTED = ("", "A", "R", CUMULATIVE)  # actual, replacing; not D, what is added to the one before
#: 235, the customer's number of the part: the first of these that is told
BUYER_ITEM, SELLER_ITEM, ORDER = ("BP", "IN", "PN", "UP", "EN"), ("VP", "VN"), "PO"
SHIP_TO, CUSTOMERS, SUPPLIERS = ("ST",), ("BY", "MI", "BT"), ("SU", "SE", "VN")
OPEN_ZONE = "Enter the schedule by hand, or ask the customer to use A, C, D, H or J."


def read_schedules(interchange: Interchange) -> list[CallOff]:
    return [_Reader(interchange, each).read() for each in interchange.sets]


class _Reader:
    """Goes through one transaction set; each segment has one method."""

    def __init__(self, interchange: Interchange, message: TransactionSet) -> None:
        if message.type not in TYPES:
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
        self.place = ""
        self.is_placed = False  # the line says itself where to
        self.lines: list[Line] = []
        self.order_code = self.dock = ""  # of the whole set, where no part has its own
        self.authorised_to: date | None = None
        self.day_at = 0  # position of the last FST
        self.times: list[Slot] = []  # of its day (JIT)
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
        header = self.message.header
        if not self.call_off.document or self.call_off.issued_on == date.min:
            head = "BFR" if self.message.type == "830" else "BSS"
            raise header.wrong(f"it has no {head}", "Ask for it; releases are kept by its number.")
        if not self.lines:
            raise header.wrong("it calls nothing off", "Ask the customer what was meant.")
        return replace(self.call_off, lines=tuple(self.lines))

    def _bfr(self, segment: Segment) -> None:
        self._head(segment.get(1), segment.get(3) or segment.get(2), segment.get(8), segment.get(5))
        self.order_code = segment.get(11)

    def _bss(self, segment: Segment) -> None:
        self._head(
            segment.get(1), segment.get(7) or segment.get(2), segment.get(3), segment.get(11)
        )
        self.order_code = segment.get(10)

    def _head(self, purpose: str, document: str, issued: str, counting: str) -> None:
        if purpose == CANCELLATION:
            raise Wrong(
                "it cancels another (purpose 01)",
                "Nothing is cancelled by itself: enter the schedule that holds now.",
            )
        if purpose not in WHOLE_SAID:
            raise Wrong(
                f"its purpose (353) is “{purpose}”",
                "Ask for the whole schedule (00 or 05); parts of one are not added up.",
            )
        if counting not in COUNTED:
            raise Wrong(
                f"its quantities are of the kind “{counting}” (676)",
                "Ask the customer for actual (A) or cumulative (C) quantities.",
            )
        if not document:
            raise Wrong("it has no release number", "Ask for it; releases are kept by it.")
        self.counts_up = counting == CUMULATIVE
        self.call_off = replace(self.call_off, document=document[:35], issued_on=values.day(issued))

    def _n1(self, segment: Segment) -> None:
        role, code = segment.get(1), segment.get(4) or segment.get(2)
        if not code:
            return
        if role in SHIP_TO:
            if self.line is None:
                self.place, self.dock = code, ""
            elif self.is_placed and self.line.line.ship_to != code:
                raise Wrong(
                    f"the part goes to {self.line.line.ship_to} and to {code}",
                    "Ask the customer for one LIN for each place (N1, ST).",
                )
            else:
                self.is_placed = True
                self.line.put(ship_to=code)
        elif self.line is None and role in CUSTOMERS:
            self.call_off = replace(self.call_off, customer=code)
        elif self.line is None and role in SUPPLIERS:
            self.call_off = replace(self.call_off, supplier=code)

    def _lin(self, segment: Segment) -> None:
        self._close()
        pairs = range(2, len(segment.elements), 2)
        said = {segment.get(at): segment.get(at + 1) for at in reversed(pairs)}
        line = Line(
            item=next((said[kind] for kind in BUYER_ITEM if said.get(kind)), ""),
            position=segment.position,
            supplier_item=next((said[kind] for kind in SELLER_ITEM if said.get(kind)), ""),
            ship_to=self.place,
            order_code=said.get(ORDER, ""),
            notes=self.notes,
        )
        self.line = OpenLine(line, is_whole=self.call_off.is_whole)
        self.shipped, self.is_placed, self.authorised_to = "", False, None

    def _uit(self, segment: Segment) -> None:
        if self.line is not None:
            self.line.put(unit=segment.get(1))

    def _fst(self, segment: Segment) -> None:
        if self.line is None:
            raise Wrong("a quantity stands before the first part (LIN)")
        self._settle_day()
        amount = values.quantity(segment.get(1), "quantity")
        zone = ZONES.get(segment.get(2))
        if zone is None:
            raise Wrong(f"forecast qualifier “{segment.get(2)}” (FST02) is no zone", OPEN_ZONE)
        begins = datetime.combine(values.day(segment.get(4)), time())
        until = self._until(begins, segment)
        at = segment.get(7)
        if at and until is None:
            begins = _at(begins, at)
        self.day_at = segment.position
        self.line.slots.append(Slot(begins, amount, zone, until, not at or until is not None))

    def _added(self, line: OpenLine) -> list[Slot]:
        """What each cumulative quantity adds to the one before, or to what was received.

        What was received (SHP) stands behind the dates (FST), so that this waits for both.
        """
        base = line.line.cumulative_received
        if base is None:
            raise Wrong(
                "the quantities are cumulative, but what was received (SHP*02) is not said",
                "Ask the customer to send SHP, or quantities that are not cumulative.",
            )
        added, total = [], Decimal(0)
        for slot in sorted(line.slots, key=lambda each: each.due_at):
            if slot.quantity < total:
                raise Wrong(f"the cumulative quantity falls from {total} to {slot.quantity}")
            total = slot.quantity
            added.append(replace(slot, quantity=max(total - base, Decimal(0))))
            base = max(base, total)
        return added

    def _until(self, begins: datetime, segment: Segment) -> date | None:
        timing = segment.get(3)
        if timing in DISCRETE:
            return None
        if timing in DAYS:
            return (begins + timedelta(days=DAYS[timing] - 1)).date()
        if timing in MONTHS:
            # of the calendar: a quarter ends with March, June, September or December
            last = begins.month + -begins.month % MONTHS[timing]
            return values.month(f"{begins.year}", f"{last:02}")[1]
        if timing == "F":
            until = values.day(segment.get(5))
            if until < begins.date():
                raise Wrong(f"its span ends on {until}, before it begins")
            return until
        raise Wrong(
            f"timing “{timing}” (FST03) is not known",
            "Known are A, C, D, F, M, Q, S, T, W and X; ask for one of them.",
        )

    def _jit(self, segment: Segment) -> None:
        """When of its day a part of the quantity is due."""
        if self.line is None or not self.line.slots:
            raise Wrong("a time of day stands before its quantity (FST)")
        day, at = self.line.slots[-1], segment.get(2)
        if at and not self.counts_up and day.until is None:
            amount = values.quantity(segment.get(1), "quantity")
            due_at = _at(datetime.combine(day.due_at.date(), time()), at)
            self.times.append(replace(day, due_at=due_at, quantity=amount, is_whole_day=False))

    def _settle_day(self) -> None:
        """The times of a day take the place of its quantity."""
        times, self.times = self.times, []
        if self.line is None or not times:
            return
        with self.faults.at("FST", self.day_at):
            total = sum((each.quantity for each in times), Decimal(0))
            if total != self.line.slots[-1].quantity:
                whole = self.line.slots[-1].quantity
                raise Wrong(f"the quantity of the day is {whole}, but its times (JIT) say {total}")
            self.line.slots[-1:] = times

    def _sdq(self, segment: Segment) -> None:
        """A quantity that is shared out: which place gets what is for its own part to say."""
        if self.line is None:
            return
        places = {segment.get(at) for at in range(3, len(segment.elements), 2)} - {""}
        if len(places) > 1 or (self.line.line.ship_to and places - {self.line.line.ship_to}):
            raise Wrong(
                f"the quantity is shared out between places (SDQ): {', '.join(sorted(places))}",
                "Ask the customer for one LIN for each place (N1, ST).",
            )
        for place in places:
            self.line.put(ship_to=place)
            self.is_placed = True

    def _ath(self, segment: Segment) -> None:
        if self.line is not None and segment.get(1) in AUTHORISES and segment.get(2):
            until = values.day(segment.get(2))
            self.authorised_to = max(self.authorised_to or until, until)

    def _authorised(self, slot: Slot) -> Slot:
        """What is only planned is released as far as the customer has taken the risk (ATH)."""
        until = self.authorised_to
        if slot.zone is Zone.FORECAST and until is not None and slot.due_at.date() <= until:
            return replace(slot, zone=Zone.RELEASE)
        return slot

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
            self._dock(number)
        elif self.line is None:
            return
        elif self.shipped == "01" and kind in ("SI", "PK", "DO"):
            self.line.put(last_receipt=number)
        elif kind == ORDER and not self.line.line.order_code:
            self.line.put(order_code=number)

    def _dock(self, number: str) -> None:
        if self.line is None:
            self.dock = number
        elif self.line.line.dock not in ("", number):
            raise Wrong(
                f"the part goes to the docks {self.line.line.dock} and {number}",
                "Ask the customer for one LIN for each dock (REF, DK).",
            )
        else:
            self.line.put(dock=number)

    def _nte(self, segment: Segment) -> None:
        if self.line is not None:
            self.line.note(segment.get(2))
            return
        text, room = segment.get(2), len(self.notes) <= MOST_NOTES
        if text and room and text not in self.notes:
            self.notes = (*self.notes, text)

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
                line.slots = self._added(line)
            line.slots = [self._authorised(slot) for slot in line.slots]
            at_place = line.line.ship_to == self.place
            line.put(
                order_code=line.line.order_code or self.order_code,
                dock=line.line.dock or (self.dock if at_place else ""),
            )
            self.lines.append(line.closed())


def _at(day: datetime, said: str) -> datetime:
    if not (len(said) in (4, 6) and said.isascii() and said.isdecimal()):
        raise Wrong(f"time “{said}” is not HHMM")
    return values.in_range(day.year, day.month, day.day, int(said[:2]), int(said[2:4]))
