"""The times of a day (JIT) stand behind its quantity (FST), and take its place."""

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

    def begin(self, position: int) -> None:
        self.day_at, self.slots = position, []

    def put(self, segment: Segment, day: Slot) -> None:
        if at := segment.get(2):
            amount = values.quantity(segment.get(1), "quantity")
            due_at = at_time(datetime.combine(day.due_at.date(), time()), at)
            self.slots.append(replace(day, due_at=due_at, quantity=amount, is_whole_day=False))

    def settle(self, told: list[Slot]) -> None:
        """In place of the last of those that were told."""
        slots, self.slots = self.slots, []
        if not slots:
            return
        whole, total = told[-1].quantity, sum((each.quantity for each in slots), Decimal(0))
        if total != whole:
            raise Wrong(f"the quantity of the day is {whole}, but its times (JIT) say {total}")
        told[-1:] = slots
