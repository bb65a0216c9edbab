"""What the quantities of a part come to, once all that stands behind them was read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.neutral import Slot, Zone


def added(slots: Sequence[Slot], received: Decimal | None) -> list[Slot]:
    """What each cumulative quantity adds to the one before, or to what was received (SHP)."""
    if received is None:
        raise Wrong(
            "the quantities are cumulative, but what was received (SHP*02) is not said",
            "Ask the customer to send SHP, or quantities that are not cumulative.",
        )
    base, total, found = received, Decimal(0), []
    for slot in sorted(slots, key=lambda each: each.due_at):
        if slot.quantity < total:
            raise Wrong(f"the cumulative quantity falls from {total} to {slot.quantity}")
        total = slot.quantity
        found.append(replace(slot, quantity=max(total - base, Decimal(0))))
        base = max(base, total)
    return found


def authorised(slot: Slot, until: date | None) -> Slot:
    """What is only planned is released as far as the customer has taken the risk (ATH)."""
    if slot.zone is Zone.FORECAST and until is not None and slot.due_at.date() <= until:
        return replace(slot, zone=Zone.RELEASE)
    return slot
