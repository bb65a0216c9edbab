"""The times of a day (JIT) stand behind its quantity (FST), and take its place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal

from obeya.engines.calloffs import values
from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.neutral import Slot
from obeya.engines.calloffs.x12.segments import Segment
from obeya.engines.calloffs.x12.spans import at_time


class Times:
    """Of the day that was told last."""

    def __init__(self) -> None:
        self.day_at = 0  # position of its FST
        self.slots: list[Slot] = []
        self.without_time: list[Slot] = []  # of the same day: it stays a whole one

    def begin(self, position: int) -> None:
        self.day_at, self.slots, self.without_time = position, [], []

    def put(self, segment: Segment, day: Slot) -> None:
        said, at = segment.get(1), segment.get(2)
        if not said and not at:
            return
        amount = values.quantity(said, "quantity")
        begins = datetime.combine(day.due_at.date(), time())
        if at:
            due_at = at_time(begins, at)
            self.slots.append(replace(day, due_at=due_at, quantity=amount, is_whole_day=False))
        else:
            whole = replace(day, due_at=begins, quantity=amount, is_whole_day=True)
            self.without_time.append(whole)

    def settle(self, told: list[Slot]) -> None:
        """In place of the last of those that were told; no time at all says nothing more."""
        slots, without, self.slots, self.without_time = self.slots, self.without_time, [], []
        if not slots:
            return
        whole, timed, rest = told[-1].quantity, _total(slots), _total(without)
        if timed == whole and rest in (0, whole):  # what has no time is the day told again
            told[-1:] = slots
        elif timed + rest == whole:
            told[-1:] = [*slots, *without]
        else:
            rule = f"the quantity of the day is {whole}, but its times (JIT) say {timed + rest}"
            raise Wrong(rule)


def _total(slots: Sequence[Slot]) -> Decimal:
    return sum((each.quantity for each in slots), Decimal(0))
