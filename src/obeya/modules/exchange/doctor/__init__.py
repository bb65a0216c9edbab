"""What is wrong in a plant's data that nobody asked about. Nothing of it blocks anything."""

from collections.abc import Callable, Sequence
from datetime import datetime

from obeya.modules.exchange.doctor import making, trade
from obeya.modules.exchange.doctor.finding import Finding, Sick
from obeya.plant.resources.models import Site

__all__ = ["CHECKS", "Finding", "Sick", "examine"]

CHECKS: Sequence[Callable[[Site, datetime], Finding]] = (
    making.without_capacity,
    making.times_off_their_family,
    making.assumed_times,
    making.machines_without_calendar,
    making.pieces_in_parts,
    trade.dead_purchases,
    trade.due_in_the_past,
    trade.never_used,
    trade.parties_twice,
)


def examine(site: Site, now: datetime) -> list[Finding]:
    """Every check with the rows that it finds; those that find most stand first."""
    found = [check(site, now) for check in CHECKS]
    return sorted(found, key=lambda each: -len(each.rows))
