"""A schedule, and what just-in-time calls for docks have changed of it since.

The calls of a dock say nothing of another dock: what is wanted of a day that was called is the sum
over docks of the newest call of each.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.engines.calloffs.lines import in_order
from obeya.engines.calloffs.neutral import Slot


@dataclass(frozen=True)
class Called:
    """``schedule`` is what holds of it outside of the days called; a dock “” is none named."""

    schedule: tuple[Slot, ...] = ()
    docks: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What is wanted in all. A week that reaches beyond the calls keeps what they leave."""
        calls = [slot for each in self.docks.values() for slot in each]
        return in_order([*calls, *(_rest(slot, calls) for slot in self.schedule)])

    def over_since(self, on: date, *, but: Collection[str] = ()) -> "Called":
        """Without what was due before that day; the calls of the docks ``but`` stand."""
        gone = [slot for each in self.docks.values() for slot in each if slot.ends_on < on]
        docks = {
            dock: slots if dock in but else tuple(slot for slot in slots if slot.ends_on >= on)
            for dock, slots in self.docks.items()
        }
        schedule = tuple(_rest(slot, gone) for slot in self.schedule if slot.ends_on >= on)
        return Called(schedule, {dock: slots for dock, slots in docks.items() if slots})

    def without(self, docks: Collection[str]) -> "Called":
        """The calls of these docks are over; the days that they took back from it stay so."""
        left = {dock: slots for dock, slots in self.docks.items() if dock not in docks}
        return replace(self, docks=left)

    def called(self, calls: Mapping[str, Sequence[Slot]]) -> "Called":
        """With one message; the schedule, and earlier calls of these docks, hold outside of it."""
        docks = dict(self.docks)
        for dock, slots in calls.items():
            first, last = _span(slots)
            kept = [_rest(slot, slots) for slot in docks.get(dock, ()) if _holds(slot, first, last)]
            docks[dock] = in_order([*slots, *kept], with_zeros=True)
        first, last = _span([slot for slots in calls.values() for slot in slots])
        return Called(
            tuple(slot for slot in self.schedule if _holds(slot, first, last)),
            {dock: slots for dock, slots in docks.items() if slots},
        )

    def wanted_of(self, slots: Sequence[Slot], docks: Collection[str]) -> bool:
        """Whether these docks are called for on the days of the slots."""
        first, last = _span(slots)
        return any(
            slot.quantity and slot.ends_on >= first and slot.due_at.date() <= last
            for dock in docks
            for slot in self.docks.get(dock, ())
        )


def _span(slots: Sequence[Slot]) -> tuple[date, date]:
    first = min((slot.due_at.date() for slot in slots), default=date.max)
    return first, max((slot.ends_on for slot in slots), default=date.min)


def _holds(slot: Slot, first: date, last: date) -> bool:
    """Before or after the days called, or, of a week, beyond the last of them."""
    return not first <= slot.ends_on <= last


def _rest(slot: Slot, calls: Sequence[Slot]) -> Slot:
    """Of a week or a month: what calls for its first days leave of it."""
    begins, ends = slot.due_at.date(), slot.ends_on
    called = max((each.ends_on for each in calls if begins <= each.ends_on < ends), default=None)
    if called is None:
        return slot
    taken = sum(
        (each.quantity for each in calls if begins <= each.due_at.date() <= called), Decimal(0)
    )
    after = datetime.combine(called + timedelta(days=1), time())
    left = max(slot.quantity - taken, Decimal(0))
    return replace(slot, due_at=after, quantity=left, is_whole_day=True)
