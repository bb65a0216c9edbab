"""VDA 4905 (fourth issue, April 1996) into the neutral call-off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.engines.calloffs import values
from obeya.engines.calloffs.faults import Faults, Wrong
from obeya.engines.calloffs.lines import OpenLine
from obeya.engines.calloffs.neutral import CallOff, Line, Slot, Zone
from obeya.engines.calloffs.vda.records import LAYOUT, SEND_AGAIN, Record, read_transmissions

#: what stands in the place of a date
NOTHING, NONE_WANTED = "000000", "222222"
LONGEST_SPAN = timedelta(weeks=27)  # over the turn of a year
BACKLOG, AT_ONCE, SPANS_FOLLOW, REST = "333333", "444444", "555555", "999999"


def read_schedules(data: bytes) -> list[CallOff]:
    """One call-off of all the parts of a transmission."""
    return [_Transmission(part).read() for part in read_transmissions(data)]


class _Transmission:
    def __init__(self, records: Sequence[Record]) -> None:
        self.head, self.records, self.tail = records[0], records[1:-1], records[-1]
        self.line: OpenLine | None = None
        self.zone = Zone.FIRM
        self.spans = False
        self.has_start = False
        self.make_to: date | None = None
        self.buy_to: date | None = None
        self.lines: list[Line] = []
        self.faults = Faults()
        self.notes: dict[str, int] = {}

    def read(self) -> CallOff:
        self._count()
        sent_on, from_on = date.min, None
        with self.faults.at("511", self.head.position):
            sent_on = values.day(self.head.field("sent_on"))
            counted_from = self.head.field("counted_from")
            from_on = values.day(counted_from) if counted_from.strip("0") else None
        self.sent_on, self.from_on = sent_on, from_on
        documents = []
        for record in self.records:
            with self.faults.at(record.type, record.position):
                if record.type == "512":
                    documents.append(record.field("new_call_off"))
                self._record(record)
        self._close()
        self.faults.refuse()
        if not self.lines:
            raise self.head.wrong("the transmission calls nothing off")
        one = documents[0] if len(set(documents)) == 1 and documents[0] else ""
        return CallOff(
            "VDA 4905",
            document=one or self.head.field("new_number"),
            issued_on=sent_on,
            customer=self.head.field("customer"),
            supplier=self.head.field("supplier"),
            previous_document=self.head.field("old_number"),
            lines=tuple(self.lines),
            notes=tuple(f"{what} was read over, {n} times" for what, n in self.notes.items()),
        )

    def _count(self) -> None:
        for kind in LAYOUT:
            said = self.tail.field(f"count_{kind}")
            found = sum(each.type == kind for each in (self.head, *self.records, self.tail))
            if (said or found) and (not said.isdecimal() or int(said) != found):
                raise self.tail.wrong(
                    f"it says {said or 'nothing'} of record {kind}, but there are {found}"
                )

    def _record(self, record: Record) -> None:
        if record.type == "512":
            self._part(record)
        elif self.line is None:
            raise Wrong("it stands before the first part (512)", SEND_AGAIN)
        elif record.type == "513":
            self._receipt(record)
            self._wanted(record)
        elif record.type == "514":
            if not self.has_start:
                raise Wrong("more dates (514) before the first (513)", SEND_AGAIN)
            self._wanted(record)
        elif record.type == "515":
            self._authorised(record)
        elif record.type == "518":
            for name in ("text_1", "text_2", "text_3"):
                self.line.note(record.field(name))
        else:
            what = "packaging (517)"
            self.notes[what] = self.notes.get(what, 0) + 1

    def _part(self, record: Record) -> None:
        self._close()
        self.spans, self.has_start = False, False
        self.make_to = self.buy_to = None
        self.line = OpenLine(
            Line(
                item=record.field("item"),
                position=record.position,
                supplier_item=record.field("supplier_item"),
                ship_to=record.field("plant"),
                dock=record.field("dock"),
                order_code=record.field("order"),
                unit=record.field("unit"),
                cumulative_from=self.from_on,
            )
        )
        if not record.field("item"):
            raise Wrong("the part has no number")

    def _receipt(self, record: Record) -> None:
        if self.line is None or self.has_start:
            raise Wrong("a part has two starts (513)", SEND_AGAIN)
        self.has_start = True
        note_on, on = record.field("receipt_note_on"), record.field("receipt_on")
        said_on = next((each for each in (note_on, on) if each.strip("0")), "")
        amount = record.field("receipt_quantity")
        total = record.field("cumulative")
        self.line.put(
            last_receipt=record.field("receipt").lstrip("0"),
            last_receipt_on=values.day(said_on) if said_on else None,
            # three decimals, as the recommendation has it
            last_receipt_quantity=_whole(amount, "quantity received") / 1000 if amount else None,
            cumulative_received=_whole(total, "cumulative quantity") if total else None,
        )

    def _wanted(self, record: Record) -> None:
        for said, amount in record.pairs():
            if said in ("", NOTHING, NONE_WANTED):
                if amount.strip("0"):
                    what = f"the quantity {amount} has no date"
                    raise Wrong(f"{what}: “{said}” stands there" if said else what)
                continue
            if said == SPANS_FOLLOW:
                self.spans = True
                continue
            self._slot(said, _whole(amount, "quantity"))

    def _slot(self, said: str, amount: Decimal) -> None:
        if self.line is None:
            return
        slots = self.line.slots
        if said in (BACKLOG, AT_ONCE):
            slots.append(Slot(datetime.combine(self.sent_on, time()), amount, Zone.FIRM))
        elif said == REST:
            last = max((each.ends_on for each in slots), default=self.sent_on)
            after = datetime.combine(last + timedelta(days=1), time())
            slots.append(Slot(after, amount, Zone.FORECAST))
        else:
            slots.append(self._dated(said, amount))

    def _dated(self, said: str, amount: Decimal) -> Slot:
        year = f"20{said[:2]}"
        if said[4:] == "00":
            begins, until = values.month(year, said[2:4])
            return Slot(begins, amount, Zone.FORECAST, until)
        if said[2:4] == "00" or self.spans:
            first = said[4:] if said[2:4] == "00" else said[2:4]
            begins, last = values.week(year, first), values.week(year, said[4:])
            if last < begins:  # the year is that of the first week
                last = values.week(f"{int(year) + 1}", said[4:])
            if last - begins > LONGEST_SPAN and last.isocalendar().year > int(year):
                raise Wrong(f"weeks {first} to {said[4:]} run backwards")
            zone = Zone.FORECAST if self.spans else Zone.FIRM
            return Slot(begins, amount, zone, (last + timedelta(days=6)).date())
        return Slot(datetime.combine(values.day(said), time()), amount, Zone.FIRM)

    def _authorised(self, record: Record) -> None:
        for name in ("make_to", "buy_to"):
            if (said := record.field(name)).strip("0"):
                setattr(self, name, values.day(said))

    def _close(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        with self.faults.at("512", line.line.position):
            if not self.has_start:
                raise Wrong("the part has no start (513)", SEND_AGAIN)
            line.slots = [self._zoned(slot) for slot in line.slots]
            self.lines.append(line.closed())

    def _zoned(self, slot: Slot) -> Slot:
        """The authorisations (515) draw the zones; without them days are firm, spans are not."""
        day = slot.due_at.date()
        if day <= self.sent_on or not (self.make_to or self.buy_to):
            return slot
        if self.make_to and day <= self.make_to:
            return replace(slot, zone=Zone.FIRM)
        may_buy = bool(self.buy_to and day <= self.buy_to)
        return replace(slot, zone=Zone.RELEASE if may_buy else Zone.FORECAST)


def _whole(text: str, what: str) -> Decimal:
    if not (text.isascii() and text.isdecimal()):
        raise Wrong(f"{what} “{text}” is not digits alone")
    return Decimal(text)
