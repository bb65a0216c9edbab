"""A customer that calls off by EDI: it keeps its own books, and writes messages out of them.

On Mondays a DELFOR tells the whole schedule of each part, firm for two weeks; what has changed in
the firm weeks since is told on the other mornings by a DELJIT. What the customer has received it
counts itself, when the truck has come, and less what it sends back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from obeya_demo_plant import edifact, shapes
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.edifact import Head, Wish
from obeya_demo_plant.market import Line
from obeya_demo_plant.partners import (
    ANNOUNCED_SWING,
    CANCELLED,
    CHANGED,
    CHANGED_BY,
    DAY_S,
    FIRM_S,
    MONDAY,
    ORDER_SIGMA,
    RELEASE_S,
    RETURNED_PPM,
    RUSH,
    RUSH_WORKING_DAYS,
    SETTLED_S,
    TRANSIT_H,
    TRANSIT_SIGMA,
    rounded,
    working_day_after,
)
from obeya_demo_plant.state import Book, Caller, OnRoad, State, Wanted
from obeya_demo_plant.telling import Telling

PLACE = "P1"  # where its trucks are unloaded


class CallingOff:
    """The one customer of this code."""

    def __init__(
        self, customer: str, supplier: str, state: State, chance: Chance, telling: Telling
    ) -> None:
        self.customer, self.supplier = customer, supplier
        self.state, self.chance, self.telling = state, chance, telling

    def begin(self, lines: Sequence[Line], shipped: Mapping[str, float], book: Book) -> None:
        """Everything that it has open becomes its schedule; it has received what was shipped."""
        lines = sorted(lines, key=lambda each: (each.due, each.code))
        caller = Caller(book, [[line.material, line.quantity] for line in lines])
        for line in lines:
            received = shipped.get(line.material, 0.0)
            wanted = caller.parts.setdefault(line.material, Wanted(received))
            _add(wanted, line.due // DAY_S, line.quantity)
        self.state.callers[self.customer] = caller

    def call(self, at: int) -> list[tuple[str, float]]:
        """What this morning brings; parts and quantities that are ordered anew."""
        caller, day = self.state.callers[self.customer], at // DAY_S
        for part, wanted in sorted(caller.parts.items()):
            self._change_mind(part, wanted, caller.book, at)
        new = list(self._order(caller, at))
        is_monday = day % 7 == MONDAY
        if is_monday:
            self._swing(caller, at)
        if is_monday or not caller.sent:
            self._send(caller, at, list(caller.parts), kind="DELFOR")
        elif changed := [part for part, wanted in caller.parts.items() if wanted.changed]:
            self._send(caller, at, changed, kind="DELJIT")
        return new

    def leaves(self, part: str, quantity: float, note: str, at: int) -> None:
        """A truck is on its way; it is there the next morning, sometimes later."""
        hours = self.chance.lognormal(TRANSIT_H, TRANSIT_SIGMA, self.customer, note, "transit")
        comes = at + int(hours * 3600)
        self.state.callers[self.customer].road.append(OnRoad(part, quantity, note, comes))

    def receive(self, until: int) -> None:
        """Count what has come by ``until``, first come first; bad pieces go back at once."""
        caller = self.state.callers[self.customer]
        for each in sorted(caller.road, key=lambda load: (load.comes, load.part)):
            if each.comes <= until:
                caller.road.remove(each)
                self._count(caller, each)

    def _count(self, caller: Caller, load: OnRoad) -> None:
        name = (self.customer, load.part, load.note, "returned")
        back = min(load.quantity, self.chance.poisson(load.quantity * RETURNED_PPM / 1e6, *name))
        caller.unannounced += not load.is_announced
        wanted = caller.parts.setdefault(load.part, Wanted(0.0))
        wanted.received += load.quantity - back
        wanted.note, wanted.note_on, wanted.note_quantity = load.note, load.comes, load.quantity
        left = load.quantity - back
        for slot in wanted.slots:
            taken = min(left, slot[1])
            slot[1] -= taken
            left -= taken
        wanted.slots = [slot for slot in wanted.slots if slot[1] > 0]
        if back:
            caller.to_book.append([load.part, f"RC-{load.note}", back, load.comes, "rejected"])

    def _change_mind(self, part: str, wanted: Wanted, book: Book, at: int) -> None:
        """Some days are changed, some cancelled, as often as lines of the others are."""
        today = at // DAY_S
        for slot in wanted.slots:
            day, quantity = slot
            if day * DAY_S < at + SETTLED_S or quantity <= 0:  # or is cancelled already
                continue
            name = (self.customer, part, int(day), today)
            if self.chance.uniform(*name, "cancel") < CANCELLED / book.ahead_days:
                slot[1] = 0.0
            elif self.chance.uniform(*name, "change") < CHANGED / book.ahead_days:
                factor = self.chance.between(1 - CHANGED_BY, 1 + CHANGED_BY, *name, "by")
                slot[1] = rounded(quantity * factor)
            else:
                continue
            _mark(wanted, int(day), at)

    def _order(self, caller: Caller, at: int) -> Iterator[tuple[str, float]]:
        """Like the lines that it had when it began: their parts, about their quantities.

        Not like the days of its schedule: two lines of one day would be taken for one of twice the
        size, and grow from year to year.
        """
        today = at // DAY_S
        count = self.chance.poisson(caller.book.lines_a_day, self.customer, "called", today)
        for number in range(count):
            name = (self.customer, "called", today, number)
            part, usual = caller.usual[int(self.chance.uniform(*name, "like") * len(caller.usual))]
            size = shapes.lognormal(1.0, ORDER_SIGMA, self.chance.uniform(*name, "size"))
            ahead = caller.book.ahead_days
            if self.chance.uniform(*name, "rush") < RUSH:
                low, high = RUSH_WORKING_DAYS
                ahead = int(self.chance.between(low, high + 1, *name, "ahead"))
            quantity, day = rounded(usual * size), working_day_after(today, ahead)
            _add(caller.parts[part], day, quantity)
            _mark(caller.parts[part], day, at)
            yield part, quantity

    def _swing(self, caller: Caller, at: int) -> None:
        """What is not firm yet is more this week, or less."""
        for part, wanted in sorted(caller.parts.items()):
            for slot in wanted.slots:
                if slot[0] * DAY_S > at + FIRM_S and slot[1] > 0:
                    low, high = 1 - ANNOUNCED_SWING, 1 + ANNOUNCED_SWING
                    name = (self.customer, part, int(slot[0]), "swing", at // DAY_S)
                    slot[1] = rounded(slot[1] * self.chance.between(low, high, *name))

    def _send(self, caller: Caller, at: int, parts: Sequence[str], *, kind: str) -> None:
        caller.sent += 1
        document = f"{self.customer}-{caller.sent:05}"
        head = Head(self.customer, self.supplier, PLACE, document, caller.sent, at)
        wishes = [_wish(part, caller.parts[part], self._counted_from(), at) for part in parts]
        if kind == "DELFOR":
            data = edifact.delfor(head, wishes)
        else:
            today = at // DAY_S
            called = [_up_to(max(caller.parts[each.part].changed), each, today) for each in wishes]
            data = edifact.deljit(head, called)
        for part in parts:
            wanted = caller.parts[part]
            wanted.changed = []
            wanted.slots = [slot for slot in wanted.slots if slot[1] > 0]
        self.state.reviews[document] = 0
        self.telling.called_off(f"{document}.edi", data)

    def _counted_from(self) -> date:
        """New Year's Day of the year in which the plant began."""
        return date(datetime.fromtimestamp(self.state.began, UTC).year, 1, 1)


def _wish(part: str, wanted: Wanted, counted_from: date, at: int) -> Wish:
    return Wish(
        part,
        [
            (int(day), quantity, _level(int(day), at))
            for day, quantity in wanted.slots
            if quantity > 0 or day in wanted.changed
        ],
        wanted.received,
        counted_from,
        wanted.note,
        wanted.note_on,
        wanted.note_quantity,
    )


def _up_to(last: int, wish: Wish, today: int) -> Wish:
    """From today on, even if nothing is wanted of today: what had been has come meanwhile."""
    slots = [slot for slot in wish.slots if slot[0] <= last]
    if slots[0][0] > today:
        slots.insert(0, (today, 0.0, edifact.FIRM))
    return replace(wish, slots=slots)


def _level(day: int, at: int) -> str:
    if day * DAY_S <= at + FIRM_S:
        return edifact.FIRM
    return edifact.RELEASE if day * DAY_S <= at + RELEASE_S else edifact.FORECAST


def _add(wanted: Wanted, day: int, quantity: float) -> None:
    for slot in wanted.slots:
        if slot[0] == day:
            slot[1] += quantity
            return
    wanted.slots.append([day, quantity])
    wanted.slots.sort()


def _mark(wanted: Wanted, day: int, at: int) -> None:
    """To be told before Monday."""
    if day * DAY_S <= at + FIRM_S and day not in wanted.changed:
        wanted.changed.append(day)
