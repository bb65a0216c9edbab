"""Setters and fitters: how many there are in each shift."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from obeya_demo_plant.state import Machine

SHIFTS = (6, 14, 22)  # hours at which they begin
SETTERS = {6: 4, 14: 3, 22: 1}  # eight, by the crew of 45, 35 and 20 percent

FITTERS = {6: 2, 14: 2, 22: 1}  # five, by the same crew


def fitters_on_shift(at: int, zone: tzinfo) -> int:
    return FITTERS[_shift(at, zone)]


def on_shift(at: int, zone: tzinfo) -> int:
    """Setters that are there at a moment."""
    return SETTERS[_shift(at, zone)]


def next_shift(at: int, zone: tzinfo) -> int:
    """When the next one begins, later than ``at``."""
    moment = datetime.fromtimestamp(at, UTC).astimezone(zone)
    hour = moment.replace(minute=0, second=0, microsecond=0)
    while True:
        hour = (hour.astimezone(UTC) + timedelta(hours=1)).astimezone(zone)
        if hour.hour in SHIFTS:
            return int(hour.timestamp())


def _shift(at: int, zone: tzinfo) -> int:
    hour = datetime.fromtimestamp(at, UTC).astimezone(zone).hour
    return max((each for each in SHIFTS if each <= hour), default=SHIFTS[-1])


def busy(machines: Iterable[Machine]) -> int:
    """Setters who stand at a machine now, also while it waits in the middle of its setup."""
    return sum(each.has_setter and each.is_on for each in machines)
