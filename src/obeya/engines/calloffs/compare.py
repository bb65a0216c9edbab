"""What a new call-off changes against the one before, by the harm that it does.

Two schedules are compared by their cumulative requirement: what the customer has received, plus
what is wanted up to a day. A quantity that moves within a week, or that arrived meanwhile, is then
no change of the weeks after. Where one of the two has no cumulative quantity, or the customer
began to count anew between them, only what is wanted from the newer one's day on is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from obeya.engines.calloffs.neutral import Slot, Zone
from obeya.engines.calloffs.reconcile import Explained

ZERO = Decimal(0)


class Harm(IntEnum):
    """Worst first: this is the order of the list."""

    FIRM_BREACH = 1  # what the customer had fixed is not kept to
    MISMATCH = 2  # cumulative quantities differ, and nothing explains it
    MORE_WITHIN_LEAD_TIME = 3  # cannot be made or bought in the usual way any more
    NEW_PART = 4
    MORE = 5
    LESS = 6  # what was made or bought for it may be left
    MOVED = 7  # the same in all, some of it later
    EXPLAINED = 8  # cumulative quantities differ, and it is known why
    NONE = 9


NEEDS_A_PERSON = (Harm.FIRM_BREACH, Harm.MISMATCH, Harm.MORE_WITHIN_LEAD_TIME, Harm.NEW_PART)


@dataclass(frozen=True)
class State:
    """A schedule as it was told on a day."""

    issued_on: date
    slots: Sequence[Slot]
    received: Decimal | None = None
    counted_from: date | None = None


@dataclass(frozen=True)
class Difference:
    harm: Harm
    quantity: Decimal  # the change that hurts most, signed: more is positive
    on: date | None = None  # the first day on which it shows
    total: Decimal = ZERO  # of all that is wanted, new less old
    firm_until: date | None = None  # of the schedule before

    @property
    def order(self) -> tuple[int, date, Decimal]:
        """The key of the list: worst harm, then earliest, then largest."""
        return self.harm, self.on or date.max, -abs(self.quantity)

    @property
    def needs_a_person(self) -> bool:
        return self.harm in NEEDS_A_PERSON


def compare(
    before: State | None, after: State, *, reachable_on: date, explained: Explained | None = None
) -> Difference:
    """``reachable_on`` is the first day for which more can be made in the usual lead time."""
    mismatch = explained.difference if explained else ZERO
    unexplained = explained.unexplained if explained else ZERO
    if before is None:
        wanted = sum((slot.quantity for slot in after.slots), ZERO)
        first = after.slots[0].due_at.date() if after.slots else None
        return Difference(Harm.NEW_PART, wanted, first, wanted)
    changes = _changes(before, after)
    firm_until = _firm_until(before)
    total = changes[-1][1] if changes else ZERO
    firm = [each for each in changes if firm_until is not None and each[0] <= firm_until]
    harm, on, quantity = Harm.NONE, None, ZERO
    if any(change for _, change in firm):
        harm, (on, quantity) = Harm.FIRM_BREACH, _first_and_most(firm)
    elif unexplained:
        harm, quantity = Harm.MISMATCH, unexplained
    elif soon := [each for each in changes if each[0] < reachable_on and each[1] > 0]:
        harm, (on, quantity) = Harm.MORE_WITHIN_LEAD_TIME, _first_and_most(soon)
    elif more := [each for each in changes if each[1] > 0]:
        harm, (on, quantity) = Harm.MORE, _first_and_most(more)
    elif total < 0:
        harm, (on, quantity) = Harm.LESS, _first_and_most(changes)
    elif any(change for _, change in changes):
        harm, (on, quantity) = Harm.MOVED, _first_and_most(changes)
    elif mismatch:
        harm, quantity = Harm.EXPLAINED, mismatch
    return Difference(harm, quantity, on, total, firm_until)


def _first_and_most(changes: Sequence[tuple[date, Decimal]]) -> tuple[date, Decimal]:
    first = next(on for on, change in changes if change)
    return first, max((change for _, change in changes), key=abs)


def _changes(before: State, after: State) -> list[tuple[date, Decimal]]:
    """On each day on which something is due, from the newer one's on: cumulative new less old."""
    from_on = after.issued_on
    counts = (
        before.received is not None
        and after.received is not None
        and before.counted_from == after.counted_from
    )
    days = {slot.due_at.date() for slot in (*before.slots, *after.slots)} | {from_on}
    old_base = before.received if counts and before.received is not None else ZERO
    new_base = after.received if counts and after.received is not None else ZERO
    since = None if counts else from_on
    changes = []
    for on in sorted(day for day in days if day >= from_on):
        # what came early is no wish of the customer's
        old = max(old_base + _wanted(before.slots, since, on), new_base)
        changes.append((on, new_base + _wanted(after.slots, since, on) - old))
    return changes


def _wanted(slots: Sequence[Slot], from_on: date | None, to_on: date) -> Decimal:
    return sum(
        (
            slot.quantity
            for slot in slots
            if slot.due_at.date() <= to_on and (from_on is None or slot.due_at.date() >= from_on)
        ),
        ZERO,
    )


def _firm_until(state: State) -> date | None:
    firm = [slot.ends_on for slot in state.slots if slot.zone is Zone.FIRM]
    return max(firm, default=None)


def net_of_transit(slots: Sequence[Slot], on_the_way: Decimal) -> list[Slot]:
    """What is still to be made: goods on the way cover what is due first."""
    left = max(on_the_way, ZERO)
    open_slots = []
    for slot in slots:
        covered = min(left, slot.quantity)
        left -= covered
        if slot.quantity > covered:
            rest = slot.quantity - covered
            open_slots.append(Slot(slot.due_at, rest, slot.zone, slot.until, slot.is_whole_day))
    return open_slots
